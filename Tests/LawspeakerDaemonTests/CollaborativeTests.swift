// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import Testing

/// A record of the Counter-Trafficking Data Collaborative's synthetic data, as a case file by its README's mapping.
struct CollaborativeRecord {
  var reference: String
  var hasAct: Bool
  var means: Set<String> = []
  var purposes: Set<String> = []
  /// The band of age at registration, in years; nil if it is not recorded.
  var age: ClosedRange<Int>?
  var year: Int?

  init(_ number: Int, _ row: [String: Substring]) {
    reference = "CTDC-\(number)"
    func isRecorded(_ column: String) -> Bool { row[column] == "1.0" }
    hasAct = row.keys.contains { $0.hasPrefix("recruiterRelation") && isRecorded($0) }
    let meansByColumn = [
      "meansThreats": "threat", "meansAbusePsyPhySex": "other_coercion",
      "meansDenyBasicNeeds": "other_coercion",
      "meansWithholdDocs": "other_coercion", "meansFalsePromises": "deception",
      "meansDrugsAlcohol": "abuse_of_vulnerability", "meansDebtBondageEarnings": "abuse_of_vulnerability",
    ]
    let purposeByColumn = [
      "isForcedLabour": "forced_labour", "isSexualExploit": "other_sexual_exploitation",
      "isOtherExploit": "other_exploitation",
    ]
    means = Set(meansByColumn.filter { isRecorded($0.key) }.values)
    purposes = Set(purposeByColumn.filter { isRecorded($0.key) }.values)
    age = Self.bands.first { isRecorded("ageBroad_" + $0.column) }?.years
    year = row["yearOfRegistration"].flatMap { Double($0) }.map { Int($0) }
  }

  private static let bands: [(column: String, years: ClosedRange<Int>)] = [
    ("0--8", 0...8), ("9--17", 9...17), ("18--20", 18...20), ("21--23", 21...23), ("24--26", 24...26),
    ("27--29", 27...29), ("30--38", 30...38), ("39--47", 39...47), ("48+", 48...130),
  ]

  var isChild: Bool { age.map { $0.upperBound < 18 } ?? false }

  /// Whether the record shows an act, a purpose and (a means or a child).
  var showsEnough: Bool { hasAct && !purposes.isEmpty && (!means.isEmpty || isChild) }

  /// Whether the act came before the Protocol did, on 25 December 2003: then its definition was not yet law.
  ///
  /// The data's README leaves this out; it is so for the eighteen records of 2002.
  var isTooEarly: Bool { year.map { $0 < 2003 } ?? false }

  /// What is to be answered.
  var status: String { isTooEarly ? "not_in_force" : showsEnough ? "holds" : "undetermined" }

  /// The elements that the record leaves open, by the names of the facts that would settle them.
  var missing: Set<String> {
    var missing: Set<String> = []
    if !hasAct { missing.insert("palermo.act") }
    if purposes.isEmpty { missing.insert("palermo.purpose") }
    if means.isEmpty, !isChild { missing.insert("palermo.means") }
    return missing
  }

  /// A case file; what is blank is not written, since it never means no.
  var text: String {
    var lines: [String] = []
    if let year { lines.append("  act_date: {before: \(year + 1)-01-01}") }
    if let age { lines.append("  age: {between: [\(age.lowerBound) years, \(age.upperBound) years]}") }
    if hasAct { lines.append("  act: {has: [recruitment]}") }
    if !means.isEmpty { lines.append("  means: {has: [\(means.sorted().joined(separator: ", "))]}") }
    if !purposes.isEmpty { lines.append("  purpose: {has: [\(purposes.sorted().joined(separator: ", "))]}") }
    let head = ["lawspeaker: 1", "case: \(reference)", "jurisdiction: NOR", "assessed_on: 2024-06-01"]
    return (head + [lines.isEmpty ? "facts: {}" : "facts:"] + lines).joined(separator: "\n") + "\n"
  }
}

extension CollaborativeRecord {
  static let folder = DaemonHarness.repository + "/../shared/data/ctdc"
  static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/README.md") }

  static func all() throws -> [CollaborativeRecord] {
    let name = try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".csv") }
    let csv = try String(contentsOfFile: folder + "/" + (name ?? ""), encoding: .utf8)
    let lines = csv.split(whereSeparator: \.isNewline)
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().enumerated().map { index, line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return CollaborativeRecord(index + 1, Dictionary(uniqueKeysWithValues: zip(columns, cells)))
    }
  }
}

extension WholeDaemon {
  @Suite("The Collaborative's records", .timeLimit(.minutes(30))) struct CollaborativeTests {
    @Test(
      "None fails, those that show enough hold, and those that are open say what is missing",
      .enabled(if: CollaborativeRecord.isThere, "../shared/data/ctdc is not here"))
    func records() async throws {
      let records = try CollaborativeRecord.all()
      #expect(records.count == 2_385)
      #expect(records.count(where: \.isTooEarly) == 18)
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for record in records { try daemon.drop(record.text, as: record.reference + ".yaml") }

      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(1000))")

      let refused = daemon.names("spool/refused").filter { $0.hasSuffix(".diagnostics") }
      let said = try refused.prefix(3).map { try daemon.text("spool/refused/\($0)") }
      try #require(refused.isEmpty && daemon.names("spool/held").isEmpty, "\(refused.count) refused: \(said)")
      #expect(try daemon.ledger().counts().decisions == records.count)
      var holding = 0
      for record in records {
        let decision = try daemon.document("spool/decisions/\(record.reference)/1.json")["decision"]
        let status = decision.conclusion("palermo.trafficking")["status"].text
        #expect(status == record.status, "\(record.text)")
        if status == "holds" { holding += 1 }
        if status == "undetermined" { expectAdvice(decision, record) }
      }
      print(
        "the Collaborative's records: \(holding) of \(records.count) hold, \(records.count(where: \.isTooEarly)) are too early"
      )
      let found = try daemon.cli([
        "decisions", "--conclusion", "palermo.trafficking", "--status", "holds", "--limit", "10000", "--json",
      ])
      #expect(try Document(found.out).items.count == holding)
    }

    /// The decision names what the record leaves open, and nothing that it shows.
    private func expectAdvice(_ decision: Document, _ record: CollaborativeRecord) {
      let open = decision["advice"]["open"].items.first { $0["conclusion"].text == "palermo.trafficking" }
      let facts = Set(open?["facts"].items.compactMap { $0["fact"].text } ?? [])
      #expect(!facts.isEmpty, "\(record.text)")
      #expect(facts.isSuperset(of: record.missing), "\(facts) for \(record.text)")
      let known = Set(["palermo.act", "palermo.purpose"]).subtracting(record.missing)
      #expect(facts.isDisjoint(with: known), "\(facts) for \(record.text)")
    }
  }
}
