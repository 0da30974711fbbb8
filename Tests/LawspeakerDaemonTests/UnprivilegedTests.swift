// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  /// Root may read and move everything, so what a service user may not do shows only under another user.
  @Suite(
    "A daemon without privileges", .enabled(if: getuid() == 0, "needs root, to become somebody else"),
    .timeLimit(.minutes(30)))
  struct UnprivilegedTests {
    private static let nobody: UInt32 = 65534

    /// A daemon that runs as nobody, in a folder that is nobody's, with a spool as `systemd/` sets it up.
    private func unprivileged() throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.makeIncoming()
      try daemon.shell("chown -R \(Self.nobody):\(Self.nobody) . && chmod 3770 spool spool/incoming")
      daemon.wrapper = Self.become
      return daemon
    }

    private static let become = [
      "/usr/bin/setpriv", "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups",
    ]

    @Test("A file that it may not read is refused with the way out, and kept")
    func unreadable() async throws {
      let daemon = try unprivileged()
      defer { daemon.end() }
      try await daemon.start()

      try daemon.write(DaemonHarness.caseFile("SECRET"), to: "secret.yaml")
      try daemon.shell("chmod 600 secret.yaml && mv secret.yaml spool/incoming/")
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")
      try await daemon.waitUntilTaken()

      #expect(daemon.names("spool/refused") == ["secret.yaml", "secret.yaml.diagnostics"])
      let said = try daemon.text("spool/refused/secret.yaml.diagnostics")
      #expect(said.hasPrefix("secret.yaml: error: ") && said.contains("[unreadable]\n    hint: "), "\(said)")
      #expect(try daemon.text("spool/refused/secret.yaml") == DaemonHarness.caseFile("SECRET"))
      #expect(daemon.names("spool/decisions") == ["GOOD"])
      try await daemon.stop()
    }

    @Test("Somebody else's folder stays where it is, and a file that takes its name later is decided")
    func folder() async throws {
      let daemon = try unprivileged()
      defer { daemon.end() }
      try await daemon.start()

      try daemon.shell("mkdir -m 755 spool/incoming/case.yaml")
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")
      try await daemon.waitUntil("the good file is decided") { daemon.exists("spool/done/GOOD/1.yaml") }
      try await daemon.waitUntil("the folder is refused") {
        try daemon.ledger().counts().refusals == 1 && daemon.log.contains("it stays")
      }
      #expect(daemon.names("spool/incoming") == ["case.yaml"])
      #expect(daemon.names("spool/refused") == [])

      try daemon.shell("rmdir spool/incoming/case.yaml")
      try daemon.drop(DaemonHarness.caseFile("LATER"), as: "case.yaml")
      try await daemon.waitUntil("the later file is decided") { daemon.exists("spool/done/LATER/1.yaml") }
      #expect(try daemon.ledger().counts().refusals == 1)
      try await daemon.stop()
    }

    @Test(
      "Somebody else's folder does not keep it from starting again after a fault",
      .enabled(if: Strace.works, "needs strace"))
    func folderAndFault() async throws {
      let daemon = try unprivileged()
      defer { daemon.end() }
      try daemon.shell("mkdir -m 755 spool/incoming/folder")
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")
      daemon.wrapper =
        Self.become + Strace.injecting(.broken, at: 1, of: "syncfs", log: daemon.path("state/trace"))
      try daemon.shell("mkdir -m 700 state && chown \(Self.nobody) state")

      #expect(try await daemon.once() == 70)
      daemon.wrapper = Self.become
      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(1000))")

      #expect(daemon.exists("spool/done/GOOD/1.yaml"))
      #expect(daemon.names("spool/incoming") == ["folder"])
      #expect(try daemon.ledger().counts().unfinished == 0)
    }

    @Test("A full disk is no reason to leave an object lying", .enabled(if: Strace.works, "needs strace"))
    func fullDisk() async throws {
      let daemon = try unprivileged()
      defer { daemon.end() }
      try daemon.shell("mkdir -m 700 state && chown \(Self.nobody) state")
      #expect(try await daemon.once() == 0)
      try daemon.drop("", as: "empty.yaml")
      // the first rename makes the diagnostics visible
      daemon.wrapper =
        Self.become + Strace.injecting(.full, at: 1, of: "renameat", log: daemon.path("state/trace"))

      #expect(try await daemon.once() == 70)
      daemon.wrapper = Self.become
      #expect(try await daemon.once() == 0)

      #expect(daemon.names("spool/refused") == ["empty.yaml", "empty.yaml.diagnostics"])
      #expect(daemon.names("spool/incoming") == [])
      #expect(try daemon.ledger().counts().refusals == 1)
    }

    @Test("A state folder that it may not write ends it with 70 and a sentence")
    func stateFolder() async throws {
      let daemon = try unprivileged()
      defer { daemon.end() }
      try daemon.shell("mkdir -m 755 state")

      #expect(try await daemon.once() == 70)

      #expect(daemon.log.contains("state"))
      #expect(!daemon.log.contains("Fatal error"))
    }

    @Test("What it puts out is closed to others")
    func modes() async throws {
      let daemon = try unprivileged()
      defer { daemon.end() }
      try daemon.drop(DaemonHarness.caseFile("CLOSED"), as: "closed.yaml")
      try daemon.drop("", as: "empty.yaml")

      #expect(try await daemon.once() == 0)

      func open(_ folder: String, _ kind: String) throws -> [String] {
        let found = try DaemonHarness.run(
          "/usr/bin/find", [daemon.path(folder), "-type", kind, "-perm", "/007", "-printf", "%P %m\n"])
        return found.out.split(separator: "\n").map(String.init)
      }
      #expect(try open("state", "f") == [] && open("state", "d") == [])
      #expect(try open("spool/decisions", "f") == [])
      #expect(try open("spool/refused", "f").filter { $0.contains(".diagnostics") } == [])
      // a case file keeps the mode that its sender gave it, in a folder that is closed
      for folder in ["decisions", "refused", "done", "held"] {
        #expect(try open("spool/" + folder, "d") == [])
      }
    }
  }
}
