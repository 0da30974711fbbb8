// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import Testing

@testable import Spool

@Suite("Putting decisions out") struct PublishingTests {
  let fixture: SpoolFixture

  init() throws { fixture = try SpoolFixture() }

  private func publish(_ version: Int, _ text: String) throws {
    try fixture.spool.publish(
      case: "K-1", version: version,
      files: [
        DecisionFile(suffix: "json", bytes: bytes("{\(text)}")),
        DecisionFile(suffix: "en.md", bytes: bytes(text)),
      ])
  }

  private func latest(_ suffix: String) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(
      atPath: fixture.path + "/decisions/K-1/latest.\(suffix)")
  }

  @Test("each version has its files, and the links lead to the newest")
  func versions() throws {
    for version in 1...11 { try publish(version, "v\(version)") }

    #expect(try fixture.text(at: "decisions/K-1/2.en.md") == "v2")
    #expect(try fixture.text(at: "decisions/K-1/latest.json") == "{v11}")
    #expect(try latest("en.md") == "11.en.md")
    #expect(try fixture.names(in: "decisions/K-1").count == 24)
  }

  @Test("putting an older version out again brings its files back and leaves the links")
  func older() throws {
    try publish(9, "nine")
    try publish(10, "ten")
    try publish(9, "nine")

    #expect(try latest("json") == "10.json")
    #expect(try fixture.text(at: "decisions/K-1/9.json") == "{nine}")
  }

  @Test("a file put where a link goes is replaced by the link, and nothing is written through a link")
  func occupied() throws {
    try publish(1, "one")
    try fixture.put("untouched", at: "outside")
    try FileManager.default.removeItem(atPath: fixture.path + "/decisions/K-1/latest.json")
    try fixture.put("mine", at: "decisions/K-1/latest.json")
    for name in ["2.json", ".2.json.new"] {
      try FileManager.default.createSymbolicLink(
        atPath: fixture.path + "/decisions/K-1/\(name)", withDestinationPath: "../../outside")
    }

    try publish(2, "two")

    #expect(try latest("json") == "2.json")
    #expect(try fixture.text(at: "decisions/K-1/2.json") == "{two}")
    #expect(try fixture.text(at: "outside") == "untouched")
  }

  @Test("what is out is brought to the disk with one call")
  func sync() throws {
    try publish(1, "one")

    try fixture.spool.sync()
  }

  @Test("only failing to sync ends the process")
  func fatal() {
    #expect(SpoolFault(.sync, "spool", .ioError).isFatal)
    #expect(!SpoolFault(.write, "spool", .noSpace).isFatal)
    #expect(
      SpoolFault(.write, "done/K-1", .noSpace).description.contains("cannot write `done/K-1`: No space"))
  }
}

@Suite("Handing in") struct HandInTests {
  let fixture: SpoolFixture

  init() throws { fixture = try SpoolFixture() }

  @Test("a file that is handed in stands whole under its name, with nothing beside it")
  func handingIn() throws {
    try HandIn(root: .init(fixture.path)).submit(bytes("case\n"), as: "a.yaml")

    #expect(try fixture.take("a.yaml").bytes == bytes("case\n"))
    #expect(try fixture.names(in: "incoming") == ["a.yaml"])
  }

  @Test("a name that waits already is refused, and the waiting file stays as it was")
  func taken() throws {
    let handIn = try HandIn(root: .init(fixture.path))
    try handIn.submit(bytes("one"), as: "a.yaml")

    let refused = #expect(throws: HandInRefused.self) { try handIn.submit(bytes("two"), as: "a.yaml") }

    #expect(refused == .nameTaken("a.yaml"))
    #expect(try fixture.text(at: "incoming/a.yaml") == "one")
    #expect(try fixture.names(in: "incoming") == ["a.yaml"])
  }

  @Test(
    "a name that the spool would leave alone or refuse is refused at once",
    arguments: [".a", "a~", "a.part", "a.tmp", "a/b", "../a", "", "a\nb"])
  func unfit(name: String) throws {
    let handIn = try HandIn(root: .init(fixture.path))

    let refused = #expect(throws: HandInRefused.self) { try handIn.submit([], as: SpoolName(name)) }

    #expect(refused == .nameUnfit(SpoolName(name)))
  }

  @Test("handing in where there is no spool makes none")
  func noSpool() throws {
    #expect(throws: SpoolFault.self) { try HandIn(root: .init(fixture.path + "/nowhere")) }

    #expect(try !fixture.names(in: "").contains("nowhere"))
  }
}
