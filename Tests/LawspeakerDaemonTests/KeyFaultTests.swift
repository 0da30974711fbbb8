// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import LawspeakerDaemon
import Testing

@testable import Ledger

extension WholeDaemon {
  @Suite(
    "Keys and heads on a failing disk", .enabled(if: Strace.works, "needs strace"), .timeLimit(.minutes(30)))
  struct KeyFaultTests {
    private static let calls = ["pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate"]

    @Test(
      "Killed wherever an epoch is being retired, the next start ends it: all is readable, one epoch is left")
    func retiring() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for number in 1...40 { try daemon.drop(DaemonHarness.caseFile("R-\(number)"), as: "\(number).yaml") }
      #expect(try await daemon.once() == 0)
      // an erasure that was broken off: content and key are gone, and a new epoch has begun
      let ledger = try daemon.openLedger()
      try ledger.write { tx in
        _ = try tx.eraseCase(
          Act(.erasure, at: "2026-11-24T08:00:00Z", reference: "R-1", sealed: ["because": "asked"]))
      }
      try ledger.keys.beginEpoch()
      try ledger.close()
      try daemon.keep()

      let recorded = try await record(daemon)
      var tried = 0
      for place in stride(from: 0, to: recorded.count, by: max(1, recorded.count / 7)) {
        let number = recorded[...place].count { $0 == recorded[place] }
        try daemon.restore()
        daemon.wrapper = Strace.injecting(.killed, at: number, of: recorded[place], log: "/dev/null")
        tried += try await daemon.once() == -1 ? 1 : 0
        daemon.wrapper = []
        #expect(try await daemon.once() == 0, "\(recorded[place]) \(number): \(daemon.log.suffix(500))")

        let ledger = try daemon.ledger()
        let report = try ledger.verify()
        #expect(
          report.problems == [] && report.isOpened && report.decisions == 39, "\(recorded[place]) \(number)")
        #expect(KeyRing.epochs(in: Array(try daemon.text("state/keyring").utf8)) == [2])
        #expect(try ledger.keyEpochs() == [2])
        #expect(daemon.names("state", hidden: true).filter { $0.hasPrefix("keyring") } == ["keyring"])
        #expect(try ledger.decision("R-40") != nil && ledger.decision("R-1") == nil)
      }
      #expect(tried > 4)
    }

    @Test(
      "Killed between commit, signing and copying, each head is copied out after all, and none is signed twice"
    )
    func heads() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.write(
        daemon.text("lawspeaker.yaml") + "checkpoints: {folder: heads}\n", to: "lawspeaker.yaml")
      #expect(try await daemon.once() == 0)
      try daemon.drop(DaemonHarness.caseFile("H"), as: "h.yaml")
      try daemon.shell("cp -a heads heads.kept")
      try daemon.keep()

      let recorded = try await record(daemon)
      let copies = recorded.indices.filter { recorded[$0] == "rename" }
      try #require(copies.count >= 4)
      for copy in [copies[copies.count - 4], copies[copies.count - 1]] {
        // the sync of the head's own commit, what is written before it, and the copies
        let sync = try #require(recorded[..<copy].lastIndex(of: "fdatasync"))
        let write = try #require(recorded[..<sync].lastIndex(of: "fdatasync").map { $0 + 1 })
        for place in [write, sync, copy] where recorded[place] != "fsync" {
          let number = recorded[...place].count { $0 == recorded[place] }
          try daemon.restore()
          try daemon.shell("rm -rf heads && cp -a heads.kept heads")
          daemon.wrapper = Strace.injecting(.killed, at: number, of: recorded[place], log: "/dev/null")
          #expect(try await daemon.once() == -1)
          daemon.wrapper = []
          #expect(try await daemon.once() == 0, "\(daemon.log.suffix(500))")

          let published = HeadKeeper.published(in: [daemon.path("heads"), daemon.path("state/checkpoints")])
          let ledger = try daemon.ledger()
          #expect(try ledger.verify(published: published).problems == [])
          let last = try #require(try ledger.lastHead())
          for folder in ["heads", "state/checkpoints"] {
            #expect(HeadKeeper.hasCopy(of: last, in: daemon.path(folder)))
            #expect(!daemon.names(folder).contains { $0.contains(".2") }, "\(daemon.names(folder))")
          }
          #expect(try ledger.counts().decisions == 1)
        }
      }
    }

    @Test(
      "Where heads cannot be copied the daemon goes on, says so in its log, and `status` is red until they can"
    )
    func copies() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.write(
        daemon.text("lawspeaker.yaml") + "checkpoints: {folder: disk/heads}\n", to: "lawspeaker.yaml")
      try daemon.write("where a disk should be", to: "disk")

      try await daemon.start()
      try await daemon.decide("GOES-ON")
      let red = try daemon.cli(["status"])
      #expect(red.code == 1 && red.out.contains("RED: the last signed head is not in"), "\(red.out)")
      #expect(try !Document(daemon.cli(["status", "--json"]).out)["head"]["missing_in"].texts.isEmpty)
      #expect(daemon.log.contains("the signed head could not be copied to"))
      try await daemon.stop()

      try daemon.shell("rm disk && mkdir disk")
      try await daemon.start()
      let green = try daemon.cli(["status"])
      #expect(green.code == 0 && green.out.contains(" entries, signed "), "\(green.out)")
      try await daemon.stop()
    }

    @Test(
      "On a state folder that is full or read-only it ends with 70 and does no harm, and goes on when it is mended",
      .enabled(if: getuid() == 0, "needs root, to mount"), arguments: ["full", "read-only"])
    func state(how: String) async throws {
      let daemon = try DaemonHarness()
      defer {
        try? daemon.shell("umount state || true")
        daemon.end()
      }
      try daemon.shell("mkdir state && mount -t tmpfs -o size=16m none state")
      #expect(try await daemon.once() == 0)
      let fill =
        how == "full"
        ? "dd if=/dev/zero of=state/filler bs=1k 2>/dev/null || true" : "mount -o remount,ro state"
      let mend = how == "full" ? "rm state/filler" : "mount -o remount,rw state"
      for number in 1...30 { try daemon.drop(DaemonHarness.caseFile("F-\(number)"), as: "\(number).yaml") }

      try daemon.shell(fill)
      #expect(try await daemon.once() == 70, "\(daemon.log.suffix(500))")
      #expect(daemon.names("spool/incoming").count == 30, "nothing is taken that is not recorded")
      let report = try daemon.cli(["status"])
      #expect(report.code != 0)
      try daemon.shell(mend)
      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(500))")

      let ledger = try daemon.ledger()
      #expect(try ledger.counts().decisions == 30 && ledger.verify().problems == [])
      #expect(KeyRing.epochs(in: Array(try daemon.text("state/keyring").utf8)) == [1])
    }

    /// The calls of an undisturbed run, in their order; state and spool are as they were when this returns.
    private func record(_ daemon: DaemonHarness) async throws -> [String] {
      daemon.wrapper = Strace.recording(Self.calls, to: daemon.path("trace"))
      defer { daemon.wrapper = [] }
      #expect(try await daemon.once() == 0)
      try daemon.restore()
      return Strace.calls(in: try daemon.text("trace"))
    }
  }
}
