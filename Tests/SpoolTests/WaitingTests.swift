// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage
import Testing

@testable import Spool

@Suite("What waits in the spool") struct WaitingTests {
  let fixture: SpoolFixture
  let now = FileTime(seconds: 1_000_000)

  init() throws { fixture = try SpoolFixture() }

  private func waiting(quiet: Duration = .seconds(5), _ arrivals: Set<SpoolName> = []) throws -> [String] {
    var arrivals = Arrivals(arrivals)
    return try fixture.spool.waiting(now: now, quiet: quiet, arrivals: &arrivals).map(\.name.text)
  }

  @Test("the folders are made, for the owner to write and the group to read")
  func folders() throws {
    #expect(try fixture.names(in: "") == ["decisions", "done", "held", "incoming", "refused"])
  }

  @Test("a link to a folder is not taken for the spool's, nor for a case's")
  func linkedFolder() throws {
    let elsewhere = try SpoolFixture()
    try #require(unsafe rmdir(fixture.path + "/refused") == 0)
    try #require(unsafe symlink(elsewhere.path, fixture.path + "/refused") == 0)
    try #require(unsafe symlink(elsewhere.path, fixture.path + "/decisions/K-1") == 0)

    let spool = #expect(throws: SpoolFault.self) { try SpoolFolder(root: FilePath(fixture.path)) }
    let folder = #expect(throws: SpoolFault.self) {
      try fixture.spool.publish(case: "K-1", version: 1, files: [DecisionFile(suffix: "json", bytes: [])])
    }

    #expect(spool?.path == "refused" && folder?.path == "decisions/K-1")
    #expect(try elsewhere.names(in: "") == ["decisions", "done", "held", "incoming", "refused"])
  }

  @Test("objects come by time, then by the bytes of their names")
  func order() throws {
    for (name, time) in [("b", 20), ("a", 20), ("z", 10), ("B", 20)] {
      try fixture.put("", at: "incoming/\(name).yaml", modified: Int64(time))
    }

    #expect(try waiting() == ["z.yaml", "B.yaml", "a.yaml", "b.yaml"])
  }

  @Test(
    "unfinished and editors' files are left alone, even when they were named as whole",
    arguments: [".hidden.yaml", "case.yaml~", "case.part", "case.yaml.tmp"])
  func leftAlone(name: String) throws {
    try fixture.put("", at: "incoming/\(name)", modified: 10)

    #expect(try waiting([SpoolName(name)]) == [])
  }

  @Test("a file waits until it was left alone for a while, or inotify named it")
  func quiet() throws {
    try fixture.put("", at: "incoming/old.yaml", modified: 999_995)
    try fixture.put("", at: "incoming/young.yaml", modified: 999_996)
    try fixture.put("", at: "incoming/named.yaml", modified: 999_999)

    #expect(try waiting(["named.yaml"]) == ["old.yaml", "named.yaml"])
    #expect(try waiting(quiet: .zero) == ["old.yaml", "young.yaml", "named.yaml"])
  }

  @Test("a file dated in the future does not wait until then")
  func future() throws {
    try fixture.put("", at: "incoming/a.yaml", modified: 2_000_000_000)

    #expect(try waiting() == ["a.yaml"])
  }

  @Test("names that are gone are forgotten, those still waiting are kept until they are forgotten")
  func arrivals() throws {
    try fixture.put("", at: "incoming/here.yaml", modified: 1_000_000)
    var arrivals = Arrivals(["here.yaml", "gone.yaml"])

    _ = try fixture.spool.waiting(now: now, arrivals: &arrivals)
    let kept = arrivals.names
    arrivals.forget("here.yaml")
    let after = try fixture.spool.waiting(now: now, arrivals: &arrivals)

    #expect(kept == ["here.yaml"])
    #expect(after == [])
  }

  @Test("two names that differ only in how an accent is written are two objects")
  func accents() throws {
    try fixture.put("one", at: "incoming/caf\u{E9}.yaml", modified: 1)
    let other = SpoolName(bytes: bytes("cafe\u{301}.yaml"))
    try fixture.spool.incoming.write(bytes("two"), hidden: other)

    var arrivals = Arrivals()
    let names = try fixture.spool.waiting(now: now, quiet: .zero, arrivals: &arrivals).map(\.name)

    #expect(Set(names).count == 2)
    #expect(try fixture.take(other).bytes == bytes("two"))
  }
}
