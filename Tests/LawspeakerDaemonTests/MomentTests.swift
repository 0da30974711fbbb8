// SPDX-License-Identifier: Apache-2.0
import LawspeakerCore
import LawspeakerDaemon
import Testing

@Suite("Days as moments") struct MomentTests {
  @Test(
    "a day begins and ends where the assessor works, when clocks change too",
    arguments: [
      ("2024-01-15", "2024-01-14T23:00:00Z", "2024-01-15T22:59:59Z"),
      ("2024-03-31", "2024-03-30T23:00:00Z", "2024-03-31T21:59:59Z"),
      ("2024-10-27", "2024-10-26T22:00:00Z", "2024-10-27T22:59:59Z"),
    ])
  func bounds(day: String, first: String, last: String) throws {
    let bounds = LocalDay.bounds(of: try #require(CivilDate(day)), in: "Europe/Oslo")

    #expect(bounds.first == first && bounds.last == last)
  }

  @Test("a moment is written as records have it, and nothing else is one")
  func moments() {
    #expect(LocalDay.isMoment("2026-03-03T12:00:59Z"))
    for text in [
      "2026-03-03", "2026-02-30T12:00:00Z", "2026-03-03T24:00:00Z", "2026-03-03 12:00:00Z",
      "2026-03-03T1x:00:00Z",
    ] {
      #expect(!LocalDay.isMoment(text), "\(text)")
    }
  }
}
