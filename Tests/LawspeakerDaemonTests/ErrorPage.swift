// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A page of `docs/errors`, read by its fixed form.
struct ErrorPage {
  /// A fenced block: what it is, such as `yaml pack.yaml`, and its text.
  struct Block: Equatable {
    var info: String
    var text: String
  }

  let path: String
  let text: String
  /// The first heading.
  var code = ""
  /// What stands between the code and the first section.
  var means = ""
  /// The headings of the sections, in their order, and whether nothing stands under them.
  var sections: [(heading: String, isEmpty: Bool)] = []
  /// What is shown in the first section, but for the message.
  var example: [Block] = []
  /// The line that it gives.
  var message = ""

  /// The headings of a page whose example is run, and of one whose example is told.
  static let runnable = ["Example", "Cause", "Mend"]
  static let described = ["When it comes", "Cause", "Mend"]

  var isDescribed: Bool { sections.first?.heading == Self.described[0] }

  static let folder = DaemonHarness.repository + "/docs/errors"

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }
      .map { String($0.dropLast(3)) }.sorted()
  }

  static let all: [ErrorPage] = (try? names().map { try ErrorPage(named: $0) }) ?? []

  init(named name: String) throws {
    path = "\(Self.folder)/\(name).md"
    text = try String(contentsOfFile: path, encoding: .utf8)
    var block: Block?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if var open = block {
        if line == "```" {
          close(open)
          block = nil
        } else {
          open.text += line + "\n"
          block = open
        }
      } else if line.hasPrefix("```") {
        block = Block(info: String(line.dropFirst(3)), text: "")
      } else if line.hasPrefix("# ") {
        code = line.dropFirst(2).trimmingCharacters(in: ["`"])
      } else if line.hasPrefix("## ") {
        sections.append((String(line.dropFirst(3)), true))
      } else if sections.isEmpty {
        means += line + "\n"
      } else if !line.isEmpty {
        sections[sections.count - 1].isEmpty = false
      }
    }
    means = means.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private mutating func close(_ block: Block) {
    if !sections.isEmpty { sections[sections.count - 1].isEmpty = false }
    guard sections.count == 1 else { return }
    if block.info == "text" { message = block.text } else { example.append(block) }
  }

  /// Writes the page with another message.
  func record(_ message: String) throws {
    let (start, end) = ("```text\n", "```\n")
    guard let from = text.range(of: start),
      let to = text.range(of: end, range: from.upperBound..<text.endIndex)
    else { throw POSIXError(.EINVAL) }
    let new = text[..<from.upperBound] + message + text[to.lowerBound...]
    try Data(new.utf8).write(to: URL(fileURLWithPath: path))
  }
}

/// Every code that the sources can say.
enum SourceCodes {
  /// What a code with a part that is filled in stands for.
  static let families = [
    "unknown-\\(kind)": [
      "unknown-fact", "unknown-rule", "unknown-clause", "unknown-name", "unknown-duty", "unknown-caution",
    ],
    "\\(what)-cycle": ["rule-cycle", "import-cycle"],
  ]

  /// Every code, with what the sources say where it stands: sentences, with `\(…)` for what is filled in.
  static func all() throws -> [String: [String]] {
    let folder = DaemonHarness.repository + "/Sources"
    let files = (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix(".swift") }
    try #require(files.count > 200)
    var found: [String: [String]] = [:]
    for file in files {
      let lines = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.hasPrefix("//") }
      let text = lines.joined(separator: "\n")
      for (code, sentence) in try messages(in: text) + failures(in: text) + hostile(in: text, file) {
        for code in families[code] ?? [code] { found[code, default: []].append(sentence) }
      }
    }
    return found
  }

  /// `code: "…", text: "…"`, and `code: isSo ? "…" : "…"`.
  private static func messages(in text: String) throws -> [(String, String)] {
    try matches(#"\bcode: *([^,\n]*"),\s*(?:text:\s*"((?:[^"\\]|\\.)*)")?"#, in: text).flatMap { match in
      match[0].components(separatedBy: "\"").enumerated().filter { !$0.offset.isMultiple(of: 2) }.map {
        ($0.element, match[1])
      }
    } + matches(#"\bcode: "([^"\n]*)"\)"#, in: text).map { ($0[0], "") }
  }

  /// `"… [code]"`, and the codes of decisions that are not the same again.
  private static func failures(in text: String) throws -> [(String, String)] {
    try matches(#""([^"\n]*)\[([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\](?:"|\\n)"#, in: text).map { ($0[1], $0[0]) }
      + matches(#"differs\("([^"]*)", "([a-z-]+)"\)"#, in: text).map { ($0[1], $0[0]) }
  }

  /// What may lie in `incoming/` and is no case file.
  private static func hostile(in text: String, _ file: String) throws -> [(String, String)] {
    guard file == "Spool/HostileObject.swift" else { return [] }
    return try matches(#"^case \w+ = "([a-z-]+)"$"#, in: text).map { ($0[0], "") }
  }

  private static func matches(_ pattern: String, in text: String) throws -> [[String]] {
    let expression = try NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).map { match in
      (1..<match.numberOfRanges).map { group in
        Range(match.range(at: group), in: text).map { String(text[$0]) } ?? ""
      }
    }
  }

  /// The longest stretch of a sentence in which nothing is filled in.
  static func fixedWords(of sentence: String) -> String {
    let plain = sentence.replacing("\\n", with: "\u{0}").replacing(
      /\\\((?:[^()]|\([^()]*\))*\)/, with: "\u{0}")
    return plain.components(separatedBy: "\u{0}").max { $0.count < $1.count } ?? ""
  }
}
