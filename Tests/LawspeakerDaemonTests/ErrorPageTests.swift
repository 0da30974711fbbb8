// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import YAMLTree

private let isRecording = ProcessInfo.processInfo.environment["LAWSPEAKER_RECORD"] == "1"

@Suite("The pages of errors") struct ErrorPageTests {
  /// Pages whose code comes with the workbench; whoever puts the parts together takes them out.
  static let ahead: Set<String> = []

  @Test("every code of the sources has a page, and every page is of a code of the sources")
  func complete() throws {
    let codes = try SourceCodes.all()
    let pages = try Set(ErrorPage.names())
    #expect(codes.count > 200)
    #expect(Set(codes.keys).subtracting(pages).sorted() == [])
    #expect(pages.subtracting(codes.keys).subtracting(Self.ahead).sorted() == [])
    #expect(Self.ahead.intersection(codes.keys).sorted() == [], "these are in the sources now")
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
      for line in lines where !line.hasPrefix("    hint") && !line.contains("[\(name)]") {
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
    #expect(Set(found.map(\.message.code)) == [code], "\(found)")
    let message = found.map { "\($0)\n" }.joined()
    if isRecording { try page.record(message) } else { #expect(page.message == message) }
  }
}
