// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import Testing

@Suite("Whole numbers") struct WholeNumberTests {
  @Test(
    "plain decimal digits are read",
    arguments: [("0", 0), ("18", 18), ("-5", -5), ("1000000000", 1_000_000_000)])
  func plain(text: String, number: Int) { #expect(wholeNumber(text) == number) }

  @Test(
    "nothing else is, and no number is too large to be refused",
    arguments: [
      "", "+1", "01", "-0", "1.0", "1e3", "1_000", "1 000", " 1", "0x10", "١", "1000000001", "-1000000001",
      "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-9223372036854775809",
    ])
  func others(text: String) { #expect(wholeNumber(text) == nil) }

  @Test("a quantity is a whole number and its unit")
  func quantities() {
    #expect(quantityNumber("18 years", unit: "years") == 18)
    for text in ["18", "years", "18 year", "18years", "18 years old", "eighteen years", "18.5 years", ""] {
      #expect(quantityNumber(text, unit: "years") == nil, "\(text)")
    }
  }
}
