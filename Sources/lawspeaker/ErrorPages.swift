// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import LawspeakerDaemon

/// The pages that explain codes, as they are installed or lie in the source tree.
struct ErrorPages {
  let folder: String
  /// Every code, sorted.
  let codes: [String]

  /// Finds the pages: installed beside the program, or in a folder above it.
  ///
  /// - Throws: ``Failure`` if there are none.
  init() throws {
    let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let above = Self.folders(above: program ?? "")
    let places =
      above.prefix(1).map { $0 + "/../share/lawspeaker/errors" } + above.map { $0 + "/docs/errors" }
    for place in places {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
      let codes = names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
      guard !codes.isEmpty else { continue }
      folder = place
      self.codes = codes.sorted()
      return
    }
    throw Failure.ours(
      "error: the pages of errors are not installed [no-pages]\n"
        + "    hint: they lie in share/lawspeaker/errors beside the program's bin, and in docs/errors of the sources"
    )
  }

  private static func folders(above path: String) -> [String] {
    var folders: [String] = []
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      if !rest.isEmpty { folders.append(String(rest)) }
    }
    return folders
  }

  /// The page of a code.
  ///
  /// - Throws: ``Failure`` if there is none, with the codes that may have been meant.
  func page(of code: String) throws -> ErrorPage {
    guard codes.contains(code) else {
      let near = [nearest(to: code, among: codes)].compactMap { $0 } + codes.filter { $0.contains(code) }
      let meant = Set(near).sorted().prefix(6).map { "`\($0)`" }.joined(separator: ", ")
      throw Failure.input(
        "\(code): error: no message has this code [unknown-code]\n    hint: "
          + (meant.isEmpty ? "`lawspeaker error` lists them" : "did you mean \(meant)?"))
    }
    let bytes = try Terminal.bytes(of: "\(folder)/\(code).md")
    return ErrorPage(code: code, markdown: String(decoding: bytes, as: UTF8.self))
  }
}

/// A page, which has one form: what the code means, an example with its message, the cause, the mend.
struct ErrorPage {
  /// A part of a page: prose, or a fenced block with what it is.
  enum Part {
    case heading(String)
    case prose(String)
    case block(String, lines: [String])
  }

  let code: String
  private(set) var parts: [Part] = []

  init(code: String, markdown: String) {
    self.code = code
    var block: (info: String, lines: [String])?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        if let open = block { parts.append(.block(open.info, lines: open.lines)) }
        block = block == nil ? (String(line.dropFirst(3)), []) : nil
      } else if block != nil {
        block?.lines.append(line)
      } else if line.hasPrefix("## ") {
        parts.append(.heading(String(line.dropFirst(3))))
      } else if !line.isEmpty, !line.hasPrefix("# ") {
        if case .prose(let before)? = parts.last {
          parts[parts.count - 1] = .prose(before + "\n" + line)
        } else {
          parts.append(.prose(line))
        }
      }
    }
  }

  /// What the code means, in a line.
  var means: String {
    guard case .prose(let text)? = parts.first else { return "" }
    return text.replacing("\n", with: " ")
  }

  /// For a terminal: headings alone on their lines, examples indented.
  var text: String {
    let sections = parts.map { part in
      switch part {
      case .heading(let heading): heading
      case .prose(let text): text
      case .block(let info, let lines):
        (info.split(separator: " ").dropFirst().map { "  \($0):" } + lines.map { "    " + $0 })
          .joined(separator: "\n")
      }
    }
    return "\(code)\n\n" + sections.joined(separator: "\n\n")
  }

  var json: JSON {
    var sections: [String: [JSON]] = [:]
    var heading = "means"
    for part in parts {
      switch part {
      case .heading(let text): heading = text.lowercased().replacing(" ", with: "_")
      case .prose(let text): sections[heading, default: []].append(.string(text.replacing("\n", with: " ")))
      case .block(let info, let lines):
        sections[heading, default: []].append(
          .object(["is": .string(info), "text": .string(lines.map { $0 + "\n" }.joined())]))
      }
    }
    return .object(sections.mapValues { .array($0) }.merging(["code": .string(code)]) { $1 })
  }
}
