// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import YAMLTree

/// A case of the yaml-test-suite: a text and the events that reading it must give.
struct SuiteCase: CustomTestStringConvertible, Sendable {
  /// The suite's own name for it, such as `229Q`, or `VJP3/01` for one of several in a file.
  var id: String
  /// The text to read.
  var yaml: String
  /// The events of its tree, one a line; those before the fault if it must be refused.
  var events: String
  /// True if the text must be refused.
  var mustFail: Bool
  /// True if the suite itself leaves the case out of its releases.
  var isSkipped: Bool

  var testDescription: String { id }
}

extension SuiteCase {
  /// The suite lies beside the repository, as do all vectors that others published.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/vectors/yaml-test-suite/src").standardizedFileURL

  static let isAtHand = FileManager.default.fileExists(atPath: folder.path)

  /// Every case of every file, read with the reader under test; a file that it cannot read stops the test run.
  static let all: [SuiteCase] = {
    guard isAtHand else { return [] }
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      return try names.filter { $0.hasSuffix(".yaml") }.flatMap(cases(in:))
    } catch {
      preconditionFailure("the yaml-test-suite cannot be read: \(error)")
    }
  }()

  private static func cases(in name: String) throws -> [SuiteCase] {
    let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
    let items = try readYAML(bytes, file: name)[0].items
    let isSkipped = items.first?["skip"]?.text == "true"
    var events = ""
    return items.indices.map { index in
      let item = items[index]
      // Left out, the tree is that of the case before (the suite's bin/suite-to-data.pl); `fail` is never left out.
      events = item["tree"]?.text ?? events
      return SuiteCase(
        id: identifier(file: name, index: index, count: items.count),
        yaml: decoded(item["yaml"]?.text ?? ""), events: decoded(events),
        mustFail: item["fail"]?.text == "true", isSkipped: isSkipped)
    }
  }

  private static func identifier(file: String, index: Int, count: Int) -> String {
    let id = String(file.dropLast(".yaml".count))
    if count == 1 { return id }
    let digits = count > 10 ? 3 : 2
    return id + "/" + String(repeating: "0", count: digits - String(index).count) + String(index)
  }

  /// Puts the characters in place that the suite's files write visibly (its ReadMe, "Special Characters").
  private static func decoded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var dashes = 0
    for scalar in text.unicodeScalars {
      if scalar == "—" {
        dashes += 1
        continue
      }
      if scalar != "»" { result.append(contentsOf: repeatElement("—", count: dashes)) }
      dashes = 0
      switch scalar {
      case "␣": result.append(" ")
      case "»": result.append("\t")
      case "←": result.append("\r")
      case "⇔": result.append("\u{FEFF}")
      case "↵": break
      default: result.append(scalar)
      }
    }
    let decoded = String(result)
    return decoded.hasSuffix("∎\n") ? String(decoded.dropLast(2)) : decoded
  }
}
