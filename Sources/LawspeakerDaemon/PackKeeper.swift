// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Ledger
internal import LawspeakerCore
internal import Logging
internal import PackRegistry
internal import Spool
internal import SystemPackage
internal import YAMLTree

/// Keeps the generation that is active, and looks at the folder of packs for the next.
///
/// Activation is all or nothing: it happens between groups, and a bad pack leaves the old generation serving.
final class PackKeeper {
  /// The packs that decide; nil before the first activation.
  private(set) var current: PackSet?
  /// The number of the generation; 0 before the first.
  private(set) var number = 0
  /// Reports changes in the folder; nil while there is no such folder.
  private(set) var changes: ChangeWatch?
  private let configuration: Configuration
  private let ledger: Ledger
  private let archive: PackArchive
  private let log: Logger
  private let now: () -> Date
  /// When to look, two seconds after the last change.
  private var lookAt: Date?
  /// The digests of the last candidate, taken or refused: the same is not looked at twice.
  private var lastSeen: [String] = []
  /// What was last said against the folder, while that stands.
  private var lastRefusal: String?
  /// The earlier generation that was returned to: until somebody says `packs activate`, the folder is not looked at.
  private(set) var rolledBackTo: Int?
  private var earlier: [[String]: PackSet] = [:]

  init(_ configuration: Configuration, ledger: Ledger, log: Logger, now: @escaping () -> Date) {
    self.configuration = configuration
    self.ledger = ledger
    self.log = log
    self.now = now
    archive = PackArchive(folder: configuration.archivePath)
  }

  /// Serves the last generation from the archive, whatever lies in the folder.
  func serveLastGeneration() throws {
    changes = try? ChangeWatch(root: FilePath(configuration.packs))
    guard let activation = try ledger.lastActivation() else { return }
    do { current = try archived(activation.packs) } catch let rejected as PackRejected {
      throw DaemonFault.archive(rejected.diagnostics)
    }
    number = activation.generation
    rolledBackTo = activation.rolledBackTo
    if let refusal = try ledger.reader.lastPackRefusal(), refusal.entry > activation.entry {
      lastRefusal = refusal.diagnostics
    }
  }

  /// The packs of an earlier decision, from the archive.
  func archived(_ packs: [PackReference]) throws -> PackSet {
    let digests = packs.map(\.sha256.hex)
    if let current, current.sources.map(\.sha256) == digests { return current }
    if let known = earlier[digests] { return known }
    let set = try archive.packSet(digests)
    if earlier.count > 8 { earlier = [:] }
    earlier[digests] = set
    return set
  }

  /// Takes note of changes and puts the next look two seconds off.
  func noteChanges() throws {
    guard let changes else {
      changes = try? ChangeWatch(root: FilePath(configuration.packs))
      if changes != nil { lookAt = now() }
      return
    }
    guard try !waitForAny([changes.descriptor], timeoutMilliseconds: 0).isEmpty else { return }
    do throws(SpoolFault) { try changes.rearm() } catch { self.changes = nil }
    lookAt = now().addingTimeInterval(2)
  }

  /// How long the daemon may sleep before the next look is due.
  var millisecondsUntilLook: Int? {
    lookAt.map { max(0, Int(($0.timeIntervalSince(now()) * 1000).rounded(.up))) }
  }

  /// Looks at the folder if two seconds have gone by without a change.
  func lookIfDue() throws {
    try noteChanges()
    guard let due = lookAt, due <= now() else { return }
    try look()
  }

  /// Looks at the folder at once: reads it twice, checks it, and switches to it if it is sound.
  ///
  /// - Parameter isAsked: Whether somebody said `packs activate`. That ends a return to an earlier generation, and takes
  ///   packs out of service whose folder was removed.
  /// - Returns: What came of it.
  /// - Throws: ``LedgerFault``, ``ArchiveFault`` or ``SpoolFault``; what is wrong with packs is a result.
  @discardableResult func look(isAsked: Bool = false) throws -> PackOutcome {
    lookAt = nil
    if let rolledBackTo, !isAsked { return .rolledBack(generation: number, to: rolledBackTo) }
    let before = lastSeen
    do {
      let sources = try candidate(withRemoved: !isAsked)
      let digests = sources.map(\.sha256).sorted()
      guard try candidate(withRemoved: !isAsked).map(\.sha256).sorted() == digests else {
        lookAt = now().addingTimeInterval(2)
        return .changing
      }
      if digests == lastSeen, !isAsked { return .unchanged(generation: number) }
      lastSeen = digests
      if current?.sources.map(\.sha256).sorted() == digests {
        try confirm()
        return .unchanged(generation: number)
      }
      let set = try PackSet(sources)
      try refuseTakenVersions(set)
      try activate(set)
      return .activated(generation: number, packs: set.references.map(\.recorded))
    } catch let rejected as PackRejected {
      if lastSeen == before { lastSeen = [] }  // not even read: what was seen before is to be looked at again
      try refuse(rejected.diagnostics)
      return .refused(rejected.diagnostics.map(\.description).joined(separator: "\n"))
    }
  }

  /// Does what somebody asked for with `packs activate` or `packs rollback`.
  func answer(_ request: PackRequest) throws -> PackOutcome {
    switch request {
    case .activate: try look(isAsked: true)
    case .rollBack(let generation): try rollBack(to: generation)
    }
  }

  /// Returns to an earlier generation from the archive, under a new number.
  ///
  /// `wanted` is its number; nil for the newest before the one that serves whose packs are others.
  private func rollBack(to wanted: Int?) throws -> PackOutcome {
    let activations = try ledger.reader.activations()
    let serving = activations.first?.packs ?? []
    let last = rolledBackTo ?? number
    let earlier = activations.first { activation in
      if let wanted { return activation.generation == wanted && wanted != number }
      return activation.rolledBackTo == nil && activation.generation < last && activation.packs != serving
    }
    guard let earlier else { return .noSuchGeneration(wanted) }
    let set: PackSet
    do { set = try archived(earlier.packs) } catch let rejected as PackRejected {
      return .refused(rejected.diagnostics.map(\.description).joined(separator: "\n"))
    }
    try record(set, generation: number + 1, rollback: (of: number, to: earlier.generation))
    (current, lastSeen) = (set, [])
    number += 1
    log.notice(
      "returned to an earlier generation",
      metadata: ["generation": "\(number)", "to": "\(earlier.generation)"])
    return .rolledBack(generation: number, to: earlier.generation)
  }

  /// The packs of the folder, and active ones whose folder was removed: that alone changes nothing.
  private func candidate(withRemoved: Bool) throws(PackRejected) -> [PackSource] {
    var sources = try readSources(below: configuration.packs)
    guard let current, withRemoved else { return sources }
    let names = Set(sources.map { $0.folder.split(separator: "/").last.map(String.init) ?? "" })
    for (pack, source) in zip(current.generation.packs, current.sources) where !names.contains(pack.id) {
      sources.append(source)
    }
    return sources
  }

  /// Refuses other bytes under a version that is archived.
  private func refuseTakenVersions(_ set: PackSet) throws {
    let conflicts = try conflicts(set.references)
    let taken = set.generation.packs.filter { conflicts.contains($0.id) }
    guard taken.isEmpty else {
      throw PackRejected(
        diagnostics: taken.map { Diagnostic(at: $0.location, .versionTaken($0.id, $0.version)) })
    }
  }

  /// The packs whose version is known with other bytes; nothing is recorded by asking.
  private func conflicts(_ packs: [Decision.PackReference]) throws -> Set<String> {
    struct OnlyAsking: Error { var conflicts: Set<String> }
    let at = LocalDay.timestamp(now())
    do {
      return try ledger.write { tx -> Set<String> in
        var conflicts: Set<String> = []
        for pack in packs {
          if case .conflict = try tx.archivePack(pack.recorded, at: at) { conflicts.insert(pack.id) }
        }
        throw OnlyAsking(conflicts: conflicts)
      }
    } catch let asked as OnlyAsking {
      return asked.conflicts
    }
  }

  /// Archives the packs, then records the new generation; from then on it decides.
  private func activate(_ set: PackSet) throws {
    for (pack, source) in zip(set.generation.packs, set.sources) { try archive.store(source, id: pack.id) }
    try record(set, generation: number + 1)
    current = set
    number += 1
    let names = set.references.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    log.notice("activated", metadata: ["generation": "\(number)", "packs": "\(names)"])
  }

  /// The folder holds the active packs again, after others were refused or a return to them: the ledger says so, and
  /// `status` is green.
  private func confirm() throws {
    if let current, lastRefusal != nil || rolledBackTo != nil { try record(current, generation: number) }
    clearDiagnostics()
  }

  private func record(_ set: PackSet, generation: Int, rollback: (of: Int, to: Int)? = nil) throws {
    let at = LocalDay.timestamp(now())
    _ = try ledger.write { tx in
      for pack in set.references { _ = try tx.archivePack(pack.recorded, at: at) }
      return try tx.activate(
        generation: generation, packs: set.references.map(\.recorded), at: at, rollback: rollback)
    }
    (lastRefusal, rolledBackTo) = (nil, rollback?.to)
    clearDiagnostics()
  }

  /// Says what is wrong in the log, in the ledger and beside the pack; the old generation goes on.
  private func refuse(_ diagnostics: [Diagnostic]) throws {
    let text = diagnostics.map(\.description).joined(separator: "\n")
    guard text != lastRefusal else { return }
    lastRefusal = text
    let serving = number == 0 ? "none serves yet" : "generation \(number) goes on"
    log.error("packs refused, \(serving):\n\(text)")
    let at = LocalDay.timestamp(now())
    try ledger.write { tx in
      _ = try tx.packRefused(folder: configuration.packs, diagnostics: text, at: at)
    }
    clearDiagnostics()
    let byPack = Dictionary(grouping: diagnostics) { packFolder(of: $0.location.file) }
    for (folder, diagnostics) in byPack {
      let text = diagnostics.map(\.description).joined(separator: "\n") + "\n"
      // the folder may not be ours to write: the log and `status` say the same
      try? text.write(toFile: folder + ".diagnostics", atomically: true, encoding: .utf8)
    }
  }

  private func packFolder(of file: String) -> String {
    guard file.hasPrefix(configuration.packs + "/") else { return configuration.packs + "/packs" }
    let rest = file.dropFirst(configuration.packs.count + 1)
    return configuration.packs + "/" + rest.prefix { $0 != "/" }
  }

  private func clearDiagnostics() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: configuration.packs)) ?? []
    for name in names where name.hasSuffix(".diagnostics") {
      try? FileManager.default.removeItem(atPath: configuration.packs + "/" + name)
    }
  }
}

extension Decision.PackReference {
  /// As the ledger writes it.
  var recorded: PackReference {
    guard let digest = ContentDigest(hex: sha256) else {
      preconditionFailure("a pack's digest is SHA-256 in hexadecimal")
    }
    return PackReference(id: id, version: version, sha256: digest)
  }
}
