// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Glibc
import LawspeakerCore
import LawspeakerDaemon

struct ErrorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "error",
    abstract: "Explains the code that stands in brackets behind a message; without one, lists all.",
    discussion: """
      Example: lawspeaker error unknown-fact

      A page says what the code means, shows an example with its message, and says how to mend it.
      """)

  @Argument(help: "The code, such as unknown-fact.")
  var code: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let pages = try ErrorPages()
    if let code {
      let page = try pages.page(of: code.trimmingCharacters(in: ["[", "]"]))
      if json { Terminal.say(page.json) } else { Terminal.say(page.text) }
      return
    }
    let all = try pages.codes.map { try pages.page(of: $0) }
    if json {
      Terminal.say(.array(all.map { .object(["code": .string($0.code), "means": .string($0.means)]) }))
    } else {
      for page in all { Terminal.say("\(page.code): \(page.means)") }
    }
  }
}

extension Terminal {
  /// Says how a code is explained, to a person and not to a program.
  static func pointToErrorPages() {
    if isatty(2) == 1 { complain("lawspeaker error CODE explains a code") }
  }
}
