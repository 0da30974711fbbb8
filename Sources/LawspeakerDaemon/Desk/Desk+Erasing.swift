// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import Spool
internal import SystemPackage

/// What came of erasing one case.
struct Erased {
  var entry: Int64
  /// The last version that was erased.
  var version: Int
  var files: Removal
}

extension Desk {
  /// The spool's folders.
  ///
  /// - Throws: ``Failure``.
  func spool() throws -> SpoolFolder {
    do throws(SpoolFault) { return try SpoolFolder(root: FilePath(configuration.spool)) } catch {
      throw Failure.later("\(configuration.spool): error: \(error) [spool]")
    }
  }

  /// Erases cases in one transaction and then takes their files away, with nothing in between; to be called in turn.
  ///
  /// Until its epoch is retired, older copies of what was erased can still be opened.
  func erase(_ acts: [Act], from spool: SpoolFolder) throws -> [Erased] {
    let standings = try acts.map { act in
      guard let standing = try act.reference.flatMap({ try ledger.reader.standing(of: $0) }) else {
        throw LedgerFault.erased
      }
      return standing
    }
    let entries = try ledger.write { tx in try acts.map { try tx.eraseCase($0) } }
    do throws(SpoolFault) {
      var erased: [Erased] = []
      for (entry, standing) in zip(entries, standings) {
        let files = try spool.erase(case: standing.name, upTo: .max)
        erased.append(Erased(entry: entry, version: standing.latestVersion, files: files))
      }
      try spool.sync()
      return erased
    } catch {
      throw Failure.later(
        "\(configuration.spool): error: the content is erased, and not all files are: \(error) [spool]\n"
          + "    hint: mend it and ask again; the daemon also tries again when it starts")
    }
  }

  /// Takes away what a broken-off erasure left of a case's files; to be called in turn.
  func finishErasure(_ erased: ErasedCase, from spool: SpoolFolder) throws -> Removal {
    let standing = try ledger.reader.standing(of: erased.name)
    let isAll = standing?.latestVersion == erased.version
    return try spool.erase(case: erased.name, upTo: isAll ? .max : erased.version)
  }
}
