// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Ledger

@Suite("A decision as a line of an export") struct ExportTests {
  @Test(
    "says all of it again, also of a case file that is no UTF-8",
    arguments: [[0x61, 0xC3, 0xA6, 0x0A], [0xFF, 0x00, 0x0A]])
  func line(caseBytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger, root: root)
    var record = decision("K-1")
    record.caseBytes = caseBytes
    record.caseSHA256 = ContentDigest(of: caseBytes)
    try ledger.write { tx in _ = try tx.record(record) }
    let stored = try #require(try ledger.reader.decision("K-1"))

    let line = try #require(EntryBody(text: stored.exported.text))
    var again = try #require(StoredDecision(exported: line))
    again.owner = stored.owner

    #expect(again == stored)
    #expect(try ledger.reader.entry(1)?.body.contains(again.commitment.hex) == true)
  }
}
