// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

/// What `config/lawspeaker.yaml` says: every key has a default, unknown keys are refused.
package struct Configuration: Hashable, Sendable {
  /// The folder of the ledger, the lock and the archive of packs.
  package var state = "/var/lib/lawspeaker"
  /// The folder of packs that is watched.
  package var packs = "/etc/lawspeaker/rulepacks"
  /// The folder that holds `incoming`, `decisions` and the rest.
  package var spool = "/var/spool/lawspeaker"
  /// The folder that holds `root.key` and `signing.key`; keys that systemd hands over come first.
  package var keyFolder = "/etc/lawspeaker/keys"
  /// How long a file that was copied in must be unchanged before it is taken, in seconds.
  package var quietSeconds = 5
  /// False if decided case files are deleted instead of kept under `done/`.
  package var keepsDone = true
  /// True if a reference may be used by files of several owners.
  package var sharesReferences = false
  /// Where the assessor works, for files that do not say.
  package var jurisdiction = "NOR"
  /// The time zone in which a day begins.
  package var timeZone = "Europe/Oslo"
  /// The languages in which decisions are written for people.
  package var languages: [Language] = [.en, .nb]
  /// How much is logged: `debug`, `info`, `warning` or `error`.
  package var log = "info"
  /// When heads of the ledger are signed, and where else they are copied.
  package var checkpoints = Checkpoints()
  /// What the program shows of whom, and what it asks of those who read.
  package var privacy = Privacy()
  /// The groups that have each right, beside root and the daemon's own user; a right that is absent has none.
  package var access: [AccessRight: [String]] = [:]
  /// When content goes by itself, the first rule that fits; empty if nothing does.
  package var retention: [RetentionRule] = []

  /// The defaults.
  package init() {}

  /// Reads a configuration file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its path; paths inside that are not absolute are relative to its folder.
  /// - Throws: ``ConfigurationRefused`` with every problem.
  package init(_ bytes: [UInt8], file: String) throws(ConfigurationRefused) {
    let roots: [YAMLNode]
    do throws(YAMLRefused) { roots = try readYAML(bytes, file: file) } catch {
      throw ConfigurationRefused(diagnostics: error.diagnostics)
    }
    var reader = TreeReader(file: file)
    read(roots[0], &reader)
    guard reader.problems.isEmpty else { throw ConfigurationRefused(diagnostics: reader.problems.sorted()) }
    settlePaths(below: file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ".")
  }

  private mutating func settlePaths(below folder: String) {
    func settled(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
    for path in [\Configuration.state, \.packs, \.spool, \.keyFolder] {
      self[keyPath: path] = settled(self[keyPath: path])
    }
    checkpoints.folder = checkpoints.folder.map(settled)
  }
}

/// A configuration cannot be used; every problem, sorted by place.
package struct ConfigurationRefused: Error, Hashable, Sendable {
  /// At least one.
  package let diagnostics: [Diagnostic]
}

extension Configuration {
  /// The ledger's file.
  package var ledgerPath: String { state + "/ledger.db" }
  /// The folder of archived packs.
  package var archivePath: String { state + "/packs" }
  /// The socket on which the daemon answers the command line.
  package var socketPath: String { state + "/lawspeaker.sock" }
}
