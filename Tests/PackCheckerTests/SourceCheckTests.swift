// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import Testing
import YAMLTree

@Suite("Looking at the law that packs were written from") struct SourceCheckTests {
  private let digest = String(repeating: "a1", count: 32)
  private let other = String(repeating: "b2", count: 32)

  /// Two rules and a duty on three clauses, of which the first is pinned, the second ended, the third pending.
  private func generation() throws -> Generation {
    let pack = """
      lawspeaker: 1
      pack: {id: act, version: 1.0.0, jurisdiction: UN}
      source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
      facts:
        harm: {type: yes_no}
        excuse: {type: yes_no}
      clauses:
        s1: {path: [s1], cite: {en: s 1, nb: § 1}, in_force: {from: 2000-01-01}, text_sha256: \(digest)}
        s2: {path: [s2], cite: {en: s 2, nb: § 2}, in_force: {from: 2000-01-01, until: 2020-07-01}}
        s3: {path: [s3], cite: {en: s 3, nb: § 3}, pending: yes}
      rules:
        wrong: {grounds: [{clause: s1, holds_if: harm, unless: [{clause: s2, holds_if: excuse}]}]}
        liable: {grounds: [{clause: s1, holds_if: wrong}, {clause: s3, holds_if: harm}]}
      duties:
        report: {on: liable, from: holds, clause: s2, by_whom: police, force: must, kind: protection}

      """
    let words = """
      facts: {harm: {question: x}, excuse: {question: x}}
      rules: {wrong: x, liable: x}
      clauses: {s1: x, s2: x, s3: x}
      duties: {report: x}
      bodies: {police: x}

      """
    let texts = ["en", "nb"].map { PackSource.File(path: "text/\($0).yaml", bytes: Array(words.utf8)) }
    let files = [PackSource.File(path: "pack.yaml", bytes: Array(pack.utf8))] + texts
    return try PackCheckerTests.generation(of: [PackSource(folder: "act", files: files, sha256: "0act")])
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private func found(
    _ texts: [SourceText]? = nil, on today: String = "2026-11-30", since: String? = nil
  ) throws -> [SourceFinding] {
    try checkSources(of: generation(), texts: texts, on: day(today), since: since.map(day))
  }

  @Test("a clause that ended and one that is pending are found, with the rules and duties that stand on them")
  func calendar() throws {
    let found = try found()
    #expect(found.map(\.kind) == [.expired, .pending])
    #expect(found.map(\.clause) == ["act.s2", "act.s3"])
    #expect(found.map(\.standing) == [["act.wrong", "act.report"], ["act.liable"]])
    #expect(found.map(\.diagnostic.message.code) == ["clause-expired", "clause-pending"])
    #expect(found.map(\.diagnostic.location.line) == [9, 10])
    #expect(found.allSatisfy { $0.diagnostic.message.isWarning })
  }

  @Test(
    "a clause has expired from the first day on which it is no longer in force",
    arguments: [("2020-06-30", false), ("2020-07-01", true)])
  func lastDay(today: String, hasExpired: Bool) throws {
    #expect(try found(on: today).contains { $0.kind == .expired } == hasExpired)
  }

  @Test(
    "with a day to look back to, only clauses that ended since then are told",
    arguments: [("2020-07-01", true), ("2020-07-02", false)])
  func lookingBack(since: String, isTold: Bool) throws {
    #expect(try found(since: since).contains { $0.kind == .expired } == isTold)
  }

  @Test(
    "a pack that nobody compared since a day, or for a year, is told with all its rules",
    arguments: [
      ("2026-11-30", "2026-01-01", false), ("2026-11-30", "2026-01-02", true), ("2027-01-01", nil, false),
      ("2027-01-02", nil, true),
    ])
  func unchecked(today: String, since: String?, isTold: Bool) throws {
    let found = try found(on: today, since: since).filter { $0.kind == .unchecked }
    #expect(found.map(\.standing) == (isTold ? [["act.wrong", "act.liable"]] : []))
  }

  @Test("texts are held to their digests: moved, absent, not pinned, of no clause, and as they were")
  func texts() throws {
    func kinds(_ texts: (String, String)...) throws -> [String] {
      let texts = texts.map { SourceText(clause: $0, file: "texts/\($0).txt", sha256: $1) }
      return try found(texts).filter { ![.expired, .pending].contains($0.kind) }.map {
        "\($0.kind.rawValue) \($0.clause ?? $0.diagnostic.location.file)"
      }
    }

    #expect(try kinds(("act.s1", digest)) == [])
    #expect(try kinds(("act.s1", other)) == ["moved act.s1"])
    #expect(try kinds() == ["absent act.s1"])
    #expect(try kinds(("act.s1", digest), ("act.s2", other)) == ["unpinned act.s2"])
    #expect(try kinds(("act.s1", digest), ("act.s9", other)) == ["stray texts/act.s9.txt"])
    #expect(try found(nil).allSatisfy { [.expired, .pending].contains($0.kind) }, "nobody asked about texts")
  }

  @Test("a text that moved is an error, with the digest to write and what stands on it")
  func moved() throws {
    let text = SourceText(clause: "act.s1", file: "texts/act/s1.txt", sha256: other)
    let found = try #require(try found([text]).first { $0.kind == .moved })
    #expect(found.standing == ["act.wrong", "act.liable"])
    #expect(
      found.diagnostic.description == """
        act/pack.yaml:8:3: error: the text of `s1` is not the one that the pack was written from [text-moved]
            hint: compare texts/act/s1.txt with what stands on it, then write `text_sha256: \(other)`
        """)
  }

  @Test("what is found does not hang on the order of the texts")
  func order() throws {
    let texts = ["s1", "s2", "s8", "s9"].map {
      SourceText(clause: "act.\($0)", file: "texts/\($0).txt", sha256: other)
    }
    #expect(try found(texts) == found(texts.reversed()))
  }

  @Test("the shipped packs can be looked at, and pin nothing that would have moved")
  func shipped() throws {
    let found = try checkSources(of: shippedGeneration(), texts: [], on: day("2026-11-30"))
    #expect(!found.contains { $0.kind == .moved })
    #expect(found.count { $0.kind == .pending } == 2)
    #expect(found.allSatisfy { $0.clause == nil || !$0.diagnostic.location.file.isEmpty })
  }
}
