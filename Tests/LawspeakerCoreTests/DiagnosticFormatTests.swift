// SPDX-License-Identifier: Apache-2.0

import Testing
import YAMLTree

@Suite("How a diagnostic is written") struct DiagnosticFormatTests {
  private let place = SourceLocation(file: "rulepacks/norway/rules.yaml", line: 14, column: 9)

  @Test("place, severity, sentence and code stand on one line, the way out on the next")
  func text() {
    let message = Diagnostic.Message(
      code: "unknown-fact", text: "unknown fact `purpos`", hint: "did you mean `purpose`?")
    #expect(
      Diagnostic(at: place, message).description == """
        rulepacks/norway/rules.yaml:14:9: error: unknown fact `purpos` [unknown-fact]
            hint: did you mean `purpose`?
        """)
  }

  @Test("without a way out there is one line, and a warning says that it is one")
  func warning() {
    let message = Diagnostic.Message(code: "deep", text: "it is deep", isWarning: true)
    #expect(
      Diagnostic(at: place, message).description
        == "rulepacks/norway/rules.yaml:14:9: warning: it is deep [deep]")
  }

  @Test("diagnostics are sorted by file as bytes, line, column, code and text")
  func order() {
    func diagnostic(_ file: String, _ line: Int, _ column: Int, _ code: String, _ text: String = "")
      -> Diagnostic
    {
      Diagnostic(at: SourceLocation(file: file, line: line, column: column), .init(code: code, text: text))
    }
    let sorted = [
      diagnostic("B.yaml", 9, 9, "z"), diagnostic("a.yaml", 2, 1, "b"), diagnostic("a.yaml", 2, 10, "a", "x"),
      diagnostic("a.yaml", 2, 10, "a", "y"), diagnostic("a.yaml", 2, 10, "b"),
      diagnostic("a.yaml", 10, 1, "a"),
      diagnostic("é.yaml", 1, 1, "a"),
    ]
    #expect(Array(sorted.reversed()).sorted() == sorted)
  }
}
