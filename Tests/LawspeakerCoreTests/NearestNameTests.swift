// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
import Testing

@Suite("The nearest known name") struct NearestNameTests {
  @Test(
    "one slip of the pen is forgiven, and in longer names more",
    arguments: [
      ("purpos", "purpose"), ("purpsoe", "purpose"), ("purrpose", "purpose"), ("porpose", "purpose"),
      ("purpose", "purpose"),
      ("act_dat", "act_date"), ("recrutment", "recruitment"), ("recuitmnt", "recruitment"), ("ag", "age"),
    ])
  func near(text: String, expected: String) {
    let known = ["act", "act_date", "age", "purpose", "recruitment"]
    #expect(nearest(to: text, among: known) == expected)
  }

  @Test(
    "what is not near is not guessed", arguments: ["", "xyz", "reward", "perhaps", "recruitmentagency", "no"])
  func far(text: String) {
    #expect(nearest(to: text, among: ["act", "act_date", "age", "purpose", "recruitment"]) == nil)
  }

  @Test("of two equally near names the first by alphabet is offered, in whatever order they are known")
  func ties() {
    #expect(nearest(to: "bat", among: ["cat", "bag", "rat"]) == "bag")
    #expect(nearest(to: "bat", among: ["rat", "bag", "cat"]) == "bag")
    #expect(nearest(to: "anything", among: []) == nil)
  }
}
