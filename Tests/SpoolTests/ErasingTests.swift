// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage
import Testing

@testable import Spool

@Suite("Erasing from the spool") struct ErasingTests {
  let fixture: SpoolFixture
  var spool: SpoolFolder { fixture.spool }
  private static let future = FileTime(seconds: 1 << 40)

  init() throws {
    fixture = try SpoolFixture()
    for version in 1...2 { try publish("K-1", version) }
    try publish("K-2", 1)
  }

  private func publish(_ reference: String, _ version: Int) throws {
    let files = ["json", "en.md"].map { DecisionFile(suffix: $0, bytes: bytes("\(reference) \(version)")) }
    try spool.publish(case: reference, version: version, files: files)
    try fixture.put("\(reference) \(version)", at: "incoming/a.yaml")
    let identity = try fixture.take("a.yaml").identity
    _ = try spool.finish("a.yaml", ifUnchanged: identity, case: reference, version: version, keep: true)
  }

  @Test("all files of a case go with its folders, and another case's stay")
  func whole() throws {
    try fixture.put("K-1, a caseworker's copy", at: "decisions/K-1/copy of 2.en.md")
    try fixture.put("K-1", at: "done/K-1/.hidden")

    let removal = try spool.erase(case: "K-1", upTo: .max)

    #expect(removal == Removal(removed: 4 + 2 + 1 + 2 + 1))
    #expect(try fixture.names(in: "decisions") == ["K-2"])
    #expect(try fixture.names(in: "done") == ["K-2"])
    #expect(try fixture.text(at: "decisions/K-2/latest.json") == "K-2 1")
    #expect(try spool.erase(case: "K-1", upTo: .max) == Removal())
  }

  @Test("versions after an erased one stay, with the links to them")
  func newer() throws {
    try publish("K-1", 3)
    try fixture.put("K-1", at: "decisions/K-1/notes")

    #expect(try spool.erase(case: "K-1", upTo: 2).left == [])

    #expect(
      try fixture.names(in: "decisions/K-1") == ["3.en.md", "3.json", "latest.en.md", "latest.json"])
    #expect(try fixture.text(at: "decisions/K-1/latest.json") == "K-1 3")
    #expect(try fixture.names(in: "done/K-1") == ["3.yaml"])
  }

  @Test("no link is followed, and a folder that is not empty stays and is named")
  func hostile() throws {
    try fixture.put("theirs", at: "outside.txt")
    for kind in HostileKind.allCases {
      try kind.make(at: "\(fixture.path)/decisions/K-1/\(kind.rawValue)")
    }
    for (name, target) in [
      ("file", "../../outside.txt"), ("up", ".."), ("root", "/"), ("latest.x", "../K-2"),
    ] {
      #expect(unsafe symlink(target, "\(fixture.path)/done/K-1/\(name)") == 0)
    }
    try HostileKind.folder.make(at: "\(fixture.path)/done/K-1/full")
    try fixture.put("within", at: "done/K-1/full/1.yaml")

    let removal = try spool.erase(case: "K-1", upTo: .max)

    #expect(removal.left == ["done/K-1/full"])
    #expect(removal.removed == 6 + HostileKind.allCases.count + 2 + 4)
    #expect(try fixture.names(in: "decisions") == ["K-2"])
    #expect(try fixture.names(in: "done/K-1") == ["full"])
    #expect(try fixture.text(at: "done/K-1/full/1.yaml") == "within")
    #expect(try fixture.text(at: "outside.txt") == "theirs")
    #expect(try fixture.names(in: "decisions/K-2").count == 4)
  }

  @Test("a link in the place of a case's folder goes, and what it leads to stays")
  func link() throws {
    #expect(unsafe symlink("K-2", "\(fixture.path)/decisions/K-3") == 0)

    #expect(try spool.erase(case: "K-3", upTo: .max) == Removal(removed: 1))

    #expect(try fixture.names(in: "decisions") == ["K-1", "K-2"])
    #expect(try fixture.names(in: "decisions/K-2").count == 4)
  }

  @Test("a name that is no reference leads nowhere", arguments: ["..", ".", "", "a/b", ".leaving-x"])
  func names(reference: String) throws {
    #expect(throws: SpoolFault.self) { try spool.erase(case: reference, upTo: .max) }
    #expect(try spool.removeFiles(before: Self.future, of: [reference], in: .done) == Removal())
  }

  @Test("files go by how long they lie there, whatever time their sender gave them")
  func age() throws {
    try fixture.put("K-1", at: "done/K-1/0.yaml", modified: 10)
    let cases = try spool.cases(in: .done)

    #expect(try spool.removeFiles(before: FileTime(seconds: 1_000_000), of: cases, in: .done) == Removal())
    #expect(
      try spool.removeFiles(before: Self.future, of: cases, in: .decisions, onlyCounts: true)
        == Removal(removed: 6))
    #expect(try fixture.names(in: "decisions/K-1").count == 6)

    #expect(try spool.removeFiles(before: Self.future, of: cases, in: .decisions) == Removal(removed: 6))
    #expect(try spool.removeFiles(before: Self.future, of: cases, in: .done) == Removal(removed: 4))
    #expect(try fixture.names(in: "decisions") + fixture.names(in: "done") == [])
  }

  @Test("what was refused or held goes with what was said of it; a full folder stays and is named")
  func setAside() throws {
    try fixture.put("x", at: "incoming/a.yaml")
    try fixture.put("y", at: "incoming/b.yaml")
    _ = try spool.refuse("a.yaml", ifUnchanged: nil, diagnostics: bytes("why"))
    _ = try spool.hold("b.yaml", ifUnchanged: nil, fault: bytes("why"))
    try HostileKind.folder.make(at: "\(fixture.path)/refused/full")
    try fixture.put("within", at: "refused/full/x")

    #expect(try spool.removeSetAside(before: FileTime(seconds: 1_000_000)) == Removal())
    #expect(try spool.removeSetAside(before: Self.future, onlyCounts: true).removed == 5)
    #expect(try fixture.names(in: "refused").count == 3)
    let removal = try spool.removeSetAside(before: Self.future)

    #expect(removal.removed == 4 && removal.left == ["refused/full"])
    #expect(try fixture.names(in: "refused") == ["full"])
    #expect(try fixture.names(in: "held") == [])
  }
}

extension Removal {
  fileprivate init(removed: Int) {
    self.init()
    self.removed = removed
  }
}
