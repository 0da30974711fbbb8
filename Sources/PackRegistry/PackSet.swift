// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LawspeakerCore
import PackChecker
package import YAMLTree

/// Packs that have been read, linked and tested together: what a generation is made of.
package struct PackSet: Sendable {
  /// The packs with every name resolved.
  package let generation: Generation
  /// Their files, in the order of the generation's packs.
  package let sources: [PackSource]
  /// What is worth saying although the packs can be used.
  package let warnings: [Diagnostic]

  /// Name, version and digest of each pack.
  package var references: [Decision.PackReference] {
    generation.packs.map { .init(id: $0.id, version: $0.version, sha256: $0.sha256) }
  }

  /// What is done about the packs' own tests, and about what they say of every case.
  package enum OwnTests {
    case run
    case readOnly
    /// Not even read, such as when the packs come from the archive and passed before.
    case leaveOut
  }

  /// What is looked for in packs that can be read and linked.
  package enum Checks {
    /// What looks odd too: who keeps a pack wants to know, who runs it need not wait for it.
    case all
    /// What forbids to use the packs.
    case refusals
  }

  /// Reads, links, checks, tests and proves the packs of some folders.
  ///
  /// - Parameters:
  ///   - sources: The packs' files.
  ///   - tests: What is done about the packs' own tests; packs whose tests are left out were checked before.
  ///   - checks: What is looked for.
  /// - Throws: ``PackRejected`` with every problem of every pack; problems of linking are looked for even where reading
  ///   found some, as far as the packs could be read.
  package init(
    _ sources: [PackSource], tests: OwnTests = .run, checks: Checks = .refusals
  ) throws(PackRejected) {
    let readings = sources.map { readPack($0, withTests: tests != .leaveOut) }
    var diagnostics = readings.flatMap(\.diagnostics)
    var linked: Generation?
    if readings.allSatisfy(\.isWhole) {
      do throws(PackRejected) { linked = try Generation.link(readings.compactMap(\.pack)) } catch {
        diagnostics += error.diagnostics
      }
    }
    let isSound = diagnostics.allSatisfy(\.message.isWarning)
    guard let linked, isSound else { throw PackRejected(diagnostics: diagnostics.sorted()) }
    diagnostics += linked.packs.compactMap(\.warningOfNoLock)
    if checks == .all { diagnostics += check(linked) }
    if tests == .run {
      diagnostics += runTests(in: linked).flatMap(\.failures)
      diagnostics += whatIsNotProved(in: linked)
    }
    let warnings = diagnostics.filter(\.message.isWarning)
    guard warnings.count == diagnostics.count else { throw PackRejected(diagnostics: diagnostics.sorted()) }
    generation = linked
    let byDigest = Dictionary(sources.map { ($0.sha256, $0) }) { first, _ in first }
    self.sources = linked.packs.compactMap { byDigest[$0.sha256] }
    self.warnings = warnings.sorted()
  }

  /// Reads, links, checks and tests every pack below a folder.
  ///
  /// - Throws: ``PackRejected``, also if there is no pack.
  package init(below folder: String, checks: Checks = .refusals) throws(PackRejected) {
    try self.init(readSources(below: folder), checks: checks)
  }
}

/// Reads the files of every pack below a folder, or of the folder itself if it is a pack.
///
/// - Throws: ``PackRejected`` if there is none, or one holds what no pack may hold.
package func readSources(below folder: String) throws(PackRejected) -> [PackSource] {
  let isPack = FileManager.default.fileExists(atPath: folder + "/pack.yaml")
  let folders = isPack ? [folder] : packFolders(in: folder)
  var sources: [PackSource] = []
  var problems: [Diagnostic] = []
  for folder in folders {
    do throws(PackRejected) { sources.append(try readPackFolder(folder)) } catch {
      problems += error.diagnostics
    }
  }
  if folders.isEmpty { problems.append(Diagnostic(at: SourceLocation(file: folder), .noPacks)) }
  guard problems.isEmpty else { throw PackRejected(diagnostics: problems.sorted()) }
  return sources
}
