// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import YAMLTree

private let isRecording = ProcessInfo.processInfo.environment["LAWSPEAKER_RECORD"] == "1"

@Suite("The pages of errors") struct ErrorPageTests {
  /// Codes that come only beside others, which say what led to them.
  static let beside = ["dead-clause": "unreachable-ground", "pack-twice": "pack-not-folder"]

  /// Codes that come only from a fault of ours, a broken disk, an altered ledger, a second user of the machine, or two
  /// releases at once: no few lines on a page bring them about, so their pages tell of it.
  static let told: Set<String> = [
    "bad-answer", "bad-request", "cannot-open", "case-of-another-sender",
    "changed", "changing", "daemon-failed", "erasing", "file", "held", "keys-in-use",
    "layout-not-kept", "may-not-submit", "no-access", "no-day", "no-entries", "no-pack", "no-pages",
    "packs", "reference", "replay-differs", "request-too-large", "stopping",
    "unknown-command", "unreadable", "unreadable-decision",
  ]

  /// The codes that the example of a page gives.
  static func codes(onPageOf code: String) -> Set<String> {
    Set([code, beside[code]].compactMap { $0 })
  }

  @Test("every code of the sources has a page, and every page is of a code of the sources")
  func complete() throws {
    let codes = try SourceCodes.all()
    let pages = try Set(ErrorPage.names())
    #expect(codes.count > 200)
    #expect(Set(codes.keys).subtracting(pages).sorted() == [])
    #expect(pages.subtracting(codes.keys).sorted() == [])
    for family in SourceCodes.families.keys {
      #expect(codes[family] == nil, "a code that is filled in is written out in `families`")
    }
    #expect(codes.keys.filter { $0.contains("\\") } == [], "a family that `families` does not write out")
  }

  @Test("every page has the one form: what it means, an example with its message, the cause, the mend")
  func form() throws {
    let pages = ErrorPage.all
    try #require(!pages.isEmpty)
    for page in pages {
      let name = URL(fileURLWithPath: page.path).lastPathComponent.dropLast(3)
      #expect(page.code == name)
      #expect(page.text.hasPrefix("# \(name)\n\n"))
      let form = page.isDescribed ? ErrorPage.described : ErrorPage.runnable
      #expect(page.sections.map(\.heading) == form, "\(name)")
      #expect(!page.means.isEmpty && !page.means.contains("\n\n"), "\(name)")
      #expect(page.message.contains("[\(name)]"), "\(name)")
      #expect(page.isDescribed || !page.example.isEmpty, "\(name)")
      #expect(page.sections.allSatisfy { !$0.isEmpty }, "\(name)")
      let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect((12...62).contains(lines.count), "\(name) has \(lines.count) lines")
      let said = Self.codes(onPageOf: page.code).map { "[\($0)]" }
      for line in lines where !line.hasPrefix("    hint") && !said.contains(where: line.hasSuffix) {
        #expect(line.count <= 110, "\(name): \(line)")
      }
    }
  }

  @Test(
    "the example of a page gives its code, no other, and the words that stand there",
    arguments: ErrorPage.all.filter { !$0.isDescribed && $0.example.first?.info != "sh" }.map(\.code))
  func example(code: String) throws {
    let page = try ErrorPage(named: code)
    let found = try ErrorExample.diagnostics(of: page)
    #expect(Set(found.map(\.message.code)) == Self.codes(onPageOf: code), "\(found)")
    let message = found.map { "\($0)\n" }.joined()
    if isRecording { try page.record(message) } else { #expect(page.message == message) }
  }

  @Test("pages that only tell of their example are few, and quote the sentence of the sources")
  func told() throws {
    let described = ErrorPage.all.filter(\.isDescribed)
    #expect(Set(described.map(\.code)) == Self.told)
    #expect(Self.told.count * 10 < ErrorPage.all.count)
    let codes = try SourceCodes.all()
    for page in described {
      guard let sentences = codes[page.code]?.filter({ !$0.isEmpty }), !sentences.isEmpty else { continue }
      let isQuoted = sentences.contains { page.message.contains(SourceCodes.fixedWords(of: $0)) }
      #expect(isQuoted, "\(page.code): \(sentences)")
    }
  }
}
