// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Testing

@testable import Spool

@Suite("Leaving the spool") struct LeavingTests {
  let fixture: SpoolFixture
  var spool: SpoolFolder { fixture.spool }

  init() throws { fixture = try SpoolFixture() }

  @Test("a decided file goes to its case's folder, by version")
  func done() throws {
    try fixture.put("one", at: "incoming/a.yaml")
    let file = try fixture.take("a.yaml")

    let departure = try spool.finish(
      "a.yaml", ifUnchanged: file.identity, case: "K-1", version: 3, keep: true)

    #expect(departure == .left(to: "done/K-1/3.yaml"))
    #expect(try fixture.text(at: "done/K-1/3.yaml") == "one")
    #expect(try fixture.names(in: "incoming") == [])
  }

  @Test("a decided file that is not kept leaves nothing behind")
  func deleted() throws {
    try fixture.put("one", at: "incoming/a.yaml")
    let file = try fixture.take("a.yaml")

    let departure = try spool.finish(
      "a.yaml", ifUnchanged: file.identity, case: "K-1", version: 1, keep: false)

    #expect(departure == .left(to: nil))
    #expect(try fixture.names(in: "incoming") == [])
    #expect(try fixture.names(in: "done") == [])
  }

  @Test("a file that was replaced since it was read stays, whichever way it was to go", arguments: 0..<5)
  func replaced(way: Int) throws {
    try fixture.put("one", at: "incoming/a.yaml", modified: 10)
    let identity = try fixture.take("a.yaml").identity
    try fixture.put("two", at: "incoming/a.yaml", modified: 10)

    let departure =
      switch way {
      case 0: try spool.finish("a.yaml", ifUnchanged: identity, case: "K-1", version: 1, keep: true)
      case 1: try spool.finish("a.yaml", ifUnchanged: identity, case: "K-1", version: 1, keep: false)
      case 2: try spool.remove("a.yaml", ifUnchanged: identity)
      case 3: try spool.refuse("a.yaml", ifUnchanged: identity, diagnostics: [])
      default: try spool.hold("a.yaml", ifUnchanged: identity, fault: [])
      }

    #expect(departure == .replaced)
    #expect(try fixture.text(at: "incoming/a.yaml") == "two")
    #expect(try fixture.names(in: "refused") + fixture.names(in: "held") == [])
  }

  @Test("a file that is replaced between looking and renaming comes back, beside a third of its name")
  func replacedBetween() throws {
    try fixture.put("one", at: "incoming/a.yaml", modified: 10)
    let identity = try fixture.take("a.yaml").identity
    try fixture.put("two", at: "incoming/a.yaml", modified: 20)

    // what `finish` does once it has looked
    let departure = try spool.move("a.yaml", ifUnchanged: identity, to: spool.done, as: "1.yaml")

    #expect(departure == .replaced)
    #expect(try fixture.text(at: "incoming/a.yaml") == "two")
    #expect(try fixture.names(in: "done") == [])
  }

  @Test("a file that is gone is told so, whichever way it was to go")
  func gone() throws {
    try fixture.put("one", at: "incoming/a.yaml")
    let identity = try fixture.take("a.yaml").identity

    for name in ["b.yaml", "c.yaml"] as [SpoolName] {
      #expect(try spool.finish(name, ifUnchanged: identity, case: "K-1", version: 1, keep: true) == .gone)
      #expect(try spool.remove(name, ifUnchanged: identity) == .gone)
      #expect(try spool.refuse(name, ifUnchanged: nil, diagnostics: []) == .gone)
    }
    #expect(try fixture.names(in: "refused") == [])
  }

  @Test("what a killed process was removing is put back, under its name or one beside it")
  func recovering() throws {
    try fixture.put("one", at: "done/.leaving-a.yaml")
    try fixture.put("two", at: "done/.leaving-b.yaml")
    try fixture.put("newer", at: "incoming/b.yaml")

    let count = try spool.recover()

    #expect(count == 2)
    #expect(try fixture.names(in: "incoming") == ["a.yaml", "b.yaml", "b.yaml.2"])
    #expect(try fixture.text(at: "incoming/b.yaml") == "newer")
    #expect(try fixture.names(in: "done") == [])
  }

  @Test("nothing in done/ is overwritten")
  func doneKept() throws {
    for text in ["one", "two"] {
      try fixture.put(text, at: "incoming/a.yaml")
      let file = try fixture.take("a.yaml")
      _ = try spool.finish("a.yaml", ifUnchanged: file.identity, case: "K-1", version: 1, keep: true)
    }

    #expect(try fixture.names(in: "done/K-1") == ["1.2.yaml", "1.yaml"])
    #expect(try fixture.text(at: "done/K-1/1.yaml") == "one")
  }

  @Test("a reference that would lead elsewhere is refused", arguments: ["..", "a/b", "", ".a", "a b", "å"])
  func references(reference: String) throws {
    try fixture.put("one", at: "incoming/a.yaml")
    let file = try fixture.take("a.yaml")

    let fault = #expect(throws: SpoolFault.self) {
      try spool.finish("a.yaml", ifUnchanged: file.identity, case: reference, version: 1, keep: true)
    }
    #expect(throws: SpoolFault.self) {
      try spool.publish(case: reference, version: 1, files: [DecisionFile(suffix: "json", bytes: [])])
    }

    #expect(fault?.reason == .invalidArgument)
    #expect(try fixture.names(in: "incoming") == ["a.yaml"])
  }

  @Test(
    "an ending is kept if it is short and plain",
    arguments: [
      ("a.yaml", "yaml"), ("a.b.json", "json"), ("a", "case"), ("a.", "case"), ("a.YAML", "case"),
      ("a.verylongone", "case"), ("a.y ml", "case"),
    ])
  func endings(name: String, ending: String) {
    #expect(SpoolName(name).ending == ending)
  }
}

@Suite("Setting objects aside") struct SettingAsideTests {
  let fixture: SpoolFixture
  var spool: SpoolFolder { fixture.spool }

  init() throws { fixture = try SpoolFixture() }

  @Test("what is refused has its diagnostics beside it, what is held its fault")
  func beside() throws {
    try fixture.put("one", at: "incoming/a.yaml")
    try fixture.put("two", at: "incoming/b.yaml")

    let refused = try spool.refuse("a.yaml", ifUnchanged: nil, diagnostics: bytes("why"))
    let held = try spool.hold("b.yaml", ifUnchanged: nil, fault: bytes("what"))

    #expect(refused == .left(to: "refused/a.yaml") && held == .left(to: "held/b.yaml"))
    #expect(try fixture.text(at: "refused/a.yaml") == "one")
    #expect(try fixture.text(at: "refused/a.yaml.diagnostics") == "why")
    #expect(try fixture.text(at: "held/b.yaml.fault") == "what")
    #expect(try fixture.names(in: "incoming") == [])
  }

  @Test("nothing is overwritten, however often a name comes, and also not by a file named like diagnostics")
  func numbered() throws {
    for number in 1...20 {
      try fixture.put("\(number)", at: "incoming/a")
      _ = try spool.refuse("a", ifUnchanged: nil, diagnostics: bytes("why \(number)"))
    }
    try fixture.put("mine", at: "incoming/a.diagnostics")
    _ = try spool.refuse("a.diagnostics", ifUnchanged: nil, diagnostics: bytes("its own"))

    let names = try fixture.names(in: "refused").filter { !$0.hasSuffix(".diagnostics") }
    let kept = try names.map { try fixture.text(at: "refused/\($0)") }.compactMap { Int($0) }.sorted()
    #expect(kept == Array(1...20))
    #expect(try fixture.text(at: "refused/a.diagnostics") == "why 1")
    #expect(try fixture.text(at: "refused/a.diagnostics.2") == "mine")
    #expect(try fixture.text(at: "refused/a.diagnostics.2.diagnostics") == "its own")
  }

  @Test("an explanation that lies there without its object is not written over")
  func orphan() throws {
    try fixture.put("older", at: "refused/a.diagnostics")
    try fixture.put("one", at: "incoming/a")

    let departure = try spool.refuse("a", ifUnchanged: nil, diagnostics: bytes("why"))

    #expect(departure == .left(to: "refused/a.2"))
    #expect(try fixture.text(at: "refused/a.diagnostics") == "older")
  }

  @Test("objects that are no files are moved as they are", arguments: HostileKind.allCases)
  func unopened(kind: HostileKind) throws {
    try kind.make(at: fixture.path + "/incoming/a.yaml")
    let object = try fixture.hostile("a.yaml")

    let departure = try spool.refuse("a.yaml", ifUnchanged: object.identity, diagnostics: bytes("why"))

    #expect(departure == .left(to: "refused/a.yaml"))
    #expect(try spool.refused.status(of: "a.yaml")?.identity.inode == object.identity?.inode)
  }

  @Test("names that are long or not plain become numbers")
  func objects() throws {
    let names = [bytes(String(repeating: "n", count: 255)), bytes("a\nb"), [0x61, 0xFF]]
    for name in names.map({ SpoolName(bytes: $0) }) {
      try spool.incoming.write(name.bytes, hidden: name)
      _ = try spool.refuse(name, ifUnchanged: nil, diagnostics: bytes("why"))
    }

    #expect(
      try fixture.names(in: "refused") == [
        "object-1", "object-1.diagnostics", "object-2", "object-2.diagnostics", "object-3",
        "object-3.diagnostics",
      ])
    #expect(try fixture.text(at: "refused/object-2") == "a\nb")
    #expect(try fixture.names(in: "incoming") == [])
  }

  @Test("a name of the greatest length leaves room for its number and its diagnostics")
  func longest() throws {
    let name = String(repeating: "n", count: 200)
    for _ in 1...2 {
      try fixture.put("", at: "incoming/\(name)")
      _ = try spool.refuse(SpoolName(name), ifUnchanged: nil, diagnostics: [])
    }

    #expect(try fixture.names(in: "refused").contains("\(name).2.diagnostics"))
  }
}
