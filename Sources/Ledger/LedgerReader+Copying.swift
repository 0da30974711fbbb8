// SPDX-License-Identifier: Apache-2.0
import GRDB
import Glibc

extension LedgerReader {
  /// Copies the ledger as it is now into a new file (0600), while it is written to (sqlite.org/backup.html).
  ///
  /// The file of keys is not copied.
  /// - Parameters:
  ///   - path: A file that is not there yet, in a folder of the caller's.
  ///   - progress: Told the parts of a hundred that are done.
  /// - Throws: ``LedgerFault``; what was written of the copy is removed.
  package func copy(to path: String, progress: (Int) throws -> Void = { _ in }) throws {
    try SecretFile.create(path, with: [])
    do {
      try reportingFaults {
        let copy = try DatabaseQueue(path: path)
        try backUp(to: copy) { done, all in try progress(all > 0 ? 100 * done / all : 100) }
        try copy.close()
      }
    } catch {
      try? SecretFile.erase(path)  // the first error is the one to report
      throw error
    }
  }
}
