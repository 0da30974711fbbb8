// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

@testable import LocalSocket

@Suite("Accounts and groups") struct AccountTests {
  @Test("root has a name, and a number that nobody has is no account")
  func names() throws {
    #expect(try Account(uid: 0)?.name == "root")
    #expect(try Account(uid: 3_999_999_999) == nil)
  }

  @Test("everybody of /etc/passwd is in their primary group")
  func primary() throws {
    let lines = try String(contentsOfFile: "/etc/passwd", encoding: .utf8).split(separator: "\n")
    let groups = try Self.groups()
    var seen = 0
    for line in lines {
      let words = line.split(separator: ":", omittingEmptySubsequences: false)
      guard words.count == 7, let uid = UInt32(words[2]), let gid = UInt32(words[3]) else { continue }
      // a number that stands twice is the first line's
      guard try Account(uid: uid)?.gid == gid else { continue }
      guard let group = groups.first(where: { $0.gid == gid }) else { continue }
      #expect(try Groups.isMember(uid, of: group.name), "\(uid) of \(group.name)")
      seen += 1
    }
    #expect(seen > 5)
  }

  @Test("a member who is listed is one, and root is not in a group that does not list it")
  func listed() throws {
    #expect(try Groups.isMember(0, of: "root"))
    #expect(try !Groups.isMember(0, of: "nogroup"))
    for group in try Self.groups() {
      for member in group.members {
        guard let uid = try Self.number(of: member) else { continue }
        #expect(try Groups.isMember(uid, of: group.name))
      }
    }
  }

  @Test("who has no account is in no group")
  func unknownUser() throws {
    #expect(try !Groups.isMember(3_999_999_999, of: "root"))
  }

  @Test("a group that does not exist is an error, not a no", arguments: ["no-such-group", "", "\u{F8}"])
  func unknownGroup(name: String) throws {
    let fault = #expect(throws: AccountFault.self) { try Groups.isMember(0, of: name) }
    #expect(fault?.reason == nil && fault?.subject == .group(name))
    #expect(fault?.description == "the group `\(name)` does not exist on this machine")
  }

  private static func groups() throws -> [(name: String, gid: UInt32, members: [String])] {
    let text = try String(contentsOfFile: "/etc/group", encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 4, let gid = UInt32(words[2]) else { return nil }
      return (words[0], gid, words[3].split(separator: ",").map(String.init))
    }
  }

  private static func number(of user: String) throws -> UInt32? {
    let text = try String(contentsOfFile: "/etc/passwd", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix(user + ":") }
    return line.flatMap { line in
      UInt32(line.split(separator: ":", omittingEmptySubsequences: false).dropFirst(2).first ?? "")
    }
  }
}
