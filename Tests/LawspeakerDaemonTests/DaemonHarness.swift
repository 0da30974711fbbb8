// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import LawspeakerDaemon
import Testing

/// Tests of the real programs, one after the other: they share two cores with each other's daemons.
@Suite("The daemon", .serialized) enum WholeDaemon {}

/// A daemon of a test's own, in a folder of its own, with the repository's baseline pack or others.
final class DaemonHarness {
  let folder: String
  private var process: Process?
  private let socket: NotifySocket
  /// Words before the daemon's own on the command line: a program that runs it, such as `strace`.
  var wrapper: [String] = []

  /// Every pack that comes with the program.
  static let shipped = ["palermo", "norway", "child-welfare"]

  init(packs: [String] = ["palermo"]) throws {
    folder = NSTemporaryDirectory() + "lawspeakerd-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    socket = try NotifySocket(path: folder + "/notify")
    try write(
      """
      lawspeaker: 1
      state: state
      packs: rulepacks
      keys: keys
      spool: {folder: spool, quiet: 0 seconds}

      """, to: "lawspeaker.yaml")
    try Self.makeKeys(folder + "/keys")
    if !packs.isEmpty { try install(packs) }
  }

  /// Keys of a test's own, as `lawspeaker keys new` makes them.
  static func makeKeys(_ folder: String) throws {
    _ = try KeyFolder(folder, credentials: nil).make(origin: "lawspeaker.example/tests")
  }

  /// Puts packs of the repository into the folder of packs.
  func install(_ packs: [String]) throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/rulepacks", withIntermediateDirectories: true)
    for pack in packs {
      try FileManager.default.copyItem(
        atPath: Self.repository + "/rulepacks/" + pack, toPath: folder + "/rulepacks/" + pack)
    }
  }

  deinit { end() }

  /// Ends the process, whatever it does, and removes the folder.
  func end() {
    kill()
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: The process

  var isRunning: Bool { process?.isRunning ?? false }
  var pid: Int32 { process?.processIdentifier ?? 0 }
  /// What the daemon told the service manager since it was launched.
  var notifications: [String] { socket.received() }
  /// What this and earlier processes wrote to standard error.
  var log: String { (try? text("stderr")) ?? "" }

  /// Launches the daemon and returns at once.
  func launch(_ arguments: [String] = [], environment: [String: String] = [:]) throws {
    socket.forget()
    let process = Process()
    let own = [Self.programs + "/lawspeakerd", "--config", folder + "/lawspeaker.yaml"]
    let words = wrapper + own + arguments
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = Self.environment(
      adding: environment.merging(["NOTIFY_SOCKET": folder + "/notify"]) { $1 })
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try appending("stdout")
    process.standardError = try appending("stderr")
    try process.run()
    self.process = process
  }

  /// Launches the daemon and waits until it says that it is ready.
  func start(environment: [String: String] = [:]) async throws {
    try launch(environment: environment)
    try await waitUntil("the daemon is ready", seconds: 60) {
      notifications.contains("READY=1") || !isRunning
    }
    guard isRunning else { throw Ended(log: log) }
  }

  /// Waits for the daemon's end and returns its exit code.
  func exitCode(seconds: Double = 120) async throws -> Int32 {
    try await waitUntil("the daemon has ended", seconds: seconds) { !isRunning }
    guard let process, process.terminationReason == .exit else { return -1 }
    return process.terminationStatus
  }

  /// Asks the daemon to end; it must exit with 0.
  func stop() async throws {
    signal(SIGTERM)
    #expect(try await exitCode() == 0, "\(log.suffix(2000))")
  }

  /// Decides what lies there and ends; the exit code.
  func once(environment: [String: String] = [:]) async throws -> Int32 {
    try launch(["--once"], environment: environment)
    return try await exitCode(seconds: 600)
  }

  func signal(_ number: CInt) {
    if isRunning { _ = Glibc.kill(pid, number) }
  }

  /// Ends the daemon as a power failure would.
  func kill() {
    signal(SIGKILL)
    while isRunning { usleep(1000) }
  }

  // MARK: Files

  func path(_ place: String) -> String { folder + "/" + place }

  func write(_ text: String, to place: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(place)))
  }

  func text(_ place: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(place))), as: UTF8.self)
  }

  /// What a JSON document of the daemon's says.
  func document(_ place: String) throws -> Document {
    Document(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path(place)))))
  }

  func exists(_ place: String) -> Bool { FileManager.default.fileExists(atPath: path(place)) }

  /// The names in a folder, sorted; none if there is no such folder.
  func names(_ place: String, hidden: Bool = false) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path(place))) ?? []
    return names.filter { hidden || !$0.hasPrefix(".") }.sorted()
  }

  /// Makes the spool's `incoming/`, for what is dropped before the first start.
  func makeIncoming() throws {
    try FileManager.default.createDirectory(atPath: path("spool/incoming"), withIntermediateDirectories: true)
  }

  /// Puts a file into `incoming/` as senders should: written under a hidden name, then renamed.
  func drop(_ text: String, as name: String) throws { try Self.drop(Array(text.utf8), as: name, in: folder) }

  static func drop(_ bytes: [UInt8], as name: String, in folder: String) throws {
    let hidden = folder + "/spool/incoming/.drop-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: hidden))
    guard unsafe rename(hidden, folder + "/spool/incoming/" + name) == 0 else { throw POSIXError(.EIO) }
  }

  /// Hands in one of the repository's examples.
  func dropExample(_ name: String) throws { try drop(Self.example(name), as: name) }

  static func example(_ name: String) throws -> String {
    try String(contentsOfFile: repository + "/examples/" + name, encoding: .utf8)
  }

  // MARK: What came of it

  func waitUntil(_ what: String, seconds: Double = 60, _ condition: () throws -> Bool) async throws {
    let deadline = Date().addingTimeInterval(seconds)
    while try !condition() {
      guard Date() < deadline else { throw TooLate(what: what, log: String(log.suffix(2000))) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Waits until nothing is left in `incoming/` that the daemon would take.
  func waitUntilTaken(seconds: Double = 60) async throws {
    try await waitUntil("incoming/ is empty", seconds: seconds) { names("spool/incoming").isEmpty }
  }

  /// Runs `lawspeaker` on this daemon's configuration.
  func cli(_ arguments: [String], environment: [String: String] = [:]) throws -> Output {
    try Self.run(
      "lawspeaker", arguments + ["--config", folder + "/lawspeaker.yaml"], environment: environment)
  }

  /// The ledger with its keys, as nobody has it but who can read the folder of keys.
  func ledger() throws -> LedgerReader {
    let path = folder + "/state/ledger.db"
    let root = try KeyFolder(folder + "/keys", credentials: nil).root()
    let ring = try KeyRing(path: Ledger.keyRingPath(path), root: root, makesNew: false)
    return try LedgerReader(path: path, keys: ring)
  }

  /// The ledger as its writer has it, while no daemon runs.
  func openLedger(_ state: String = "state") throws -> Ledger {
    try Ledger(
      path: "\(folder)/\(state)/ledger.db", root: KeyFolder(folder + "/keys", credentials: nil).root())
  }

  private func appending(_ place: String) throws -> FileHandle {
    if !exists(place) { try write("", to: place) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path(place)))
    try handle.seekToEnd()
    return handle
  }
}

extension DaemonHarness {
  /// What a program said and how it ended.
  struct Output {
    var code: Int32
    var out: String
    var err: String
  }

  struct TooLate: Error, CustomStringConvertible {
    var what: String
    var log: String
    var description: String { "in vain it was waited until \(what)\n\(log)" }
  }

  struct Ended: Error {
    var log: String
  }

  /// The root of the package.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Where the programs were built: beside the tests.
  static let programs: String = {
    let exe = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(fileURLWithPath: exe).deletingLastPathComponent().path
    return FileManager.default.fileExists(atPath: beside + "/lawspeakerd")
      ? beside : repository + "/.build/debug"
  }()

  static func environment(adding more: [String: String]) -> [String: String] {
    ["PATH": "/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8"].merging(more) { $1 }
  }

  /// Runs a program to its end, a minute at most.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Output {
    let place = NSTemporaryDirectory() + "lawspeaker-run-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let files = try ["out", "err"].map { name in
      _ = FileManager.default.createFile(atPath: place + "/" + name, contents: nil)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: place + "/" + name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program.hasPrefix("/") ? program : programs + "/" + program)
    process.arguments = arguments
    process.environment = Self.environment(adding: environment)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
    defer { if process.isRunning { _ = Glibc.kill(process.processIdentifier, SIGKILL) } }
    let deadline = Date().addingTimeInterval(60)
    while process.isRunning, Date() < deadline { usleep(2000) }
    let texts = ["out", "err"].map { name in
      String(decoding: FileManager.default.contents(atPath: place + "/" + name) ?? Data(), as: UTF8.self)
    }
    return Output(code: process.isRunning ? -1 : process.terminationStatus, out: texts[0], err: texts[1])
  }

  /// A case that can be read and decided: trafficking of an adult.
  static func caseFile(_ reference: String, age: String = "29 years") -> String {
    """
    lawspeaker: 1
    case: \(reference)
    jurisdiction: NOR
    assessed_on: 2024-03-18
    facts:
      act_date: 2023-11-05
      age: \(age)
      act: [recruitment]
      means: [deception]
      purpose: [forced_labour]

    """
  }
}

/// A JSON document, read by another reader than the project's own.
struct Document {
  let value: Any?

  init(_ value: Any?) { self.value = value }

  init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  subscript(key: String) -> Document { Document((value as? [String: Any])?[key]) }
  var text: String? { value as? String }
  var number: Int? { value as? Int }
  var items: [Document] { (value as? [Any])?.map { Document($0) } ?? [] }
  var texts: [String] { items.compactMap(\.text) }
  var isNull: Bool { value is NSNull }
}
