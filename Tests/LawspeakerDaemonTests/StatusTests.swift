// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  @Suite("Asking how it is", .timeLimit(.minutes(30))) struct StatusTests {
    @Test(
      "Status names the last head, how much came since, and what is free on the disks; without daemon or keys too"
    )
    func direct() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      try await daemon.decide("S")
      try await daemon.waitUntil("it is noted as finished") { try daemon.ledger().counts().unfinished == 0 }

      let running = try Document(daemon.cli(["status", "--json"]).out)
      let head = running["head"]
      #expect(try head["size"].number.map(Int64.init) == daemon.ledger().lastHead()?.size)
      #expect(head["entries_since"].number == 2 && head["missing_in"].texts == [], "a decision and its end")
      #expect(running["epochs"].number == 1 && running["red"].texts == [])
      #expect((0...100).contains(running["disk_percent_free"]["state"].number ?? -1))
      try await daemon.stop()

      try daemon.shell("rm -r keys")
      let stopped = try daemon.cli(["status"])
      #expect(stopped.code == 1 && stopped.out.contains("RED: no daemon is running"))
      #expect(stopped.out.contains("head:       over ") && stopped.out.contains("% free under state"))
    }

    @Test("An erasure that is under way shows")
    func epochs() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      #expect(try await daemon.once() == 0)
      let line = try #require(try daemon.text("state/keyring").split(separator: "\n").last)
      try daemon.write(
        daemon.text("state/keyring") + line.replacing("epoch 1", with: "epoch 2") + "\n", to: "state/keyring")

      #expect(try daemon.cli(["status"]).out.contains("2 epochs: an erasure is under way"))
    }

    @Test(
      "Who may not read the state folder asks the daemon, and needs the right to",
      .enabled(if: getuid() == 0, "needs root, to become somebody else"))
    func asked() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let settings = try daemon.text("lawspeaker.yaml")
      try await daemon.start()
      // group 65534 may pass to the socket, as the group of the service may
      try daemon.shell("chmod 711 . && chgrp 65534 state state/lawspeaker.sock")
      #expect(try daemon.asNobody(["status"]).err.contains("[no-access]"))
      try await daemon.stop()
      #expect(try daemon.asNobody(["status"]).err.contains("[no-access]"), "nobody else can say")

      try daemon.write(settings + "access: {read: nogroup}\n", to: "lawspeaker.yaml")
      try await daemon.start()
      try daemon.shell("chgrp 65534 state/lawspeaker.sock")
      let allowed = try daemon.asNobody(["status"])
      #expect(allowed.code == 0 && allowed.out.contains("daemon:     running"), "\(allowed)")
      #expect(try Document(daemon.asNobody(["status", "--json"]).out)["running"].value as? Bool == true)
      try await daemon.stop()
    }
  }
}

extension DaemonHarness {
  /// Runs `lawspeaker` as a user who owns nothing here.
  func asNobody(_ arguments: [String]) throws -> Output {
    let command = [Self.programs + "/lawspeaker"] + arguments + ["--config", folder + "/lawspeaker.yaml"]
    return try Self.run(
      "/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups"] + command)
  }
}
