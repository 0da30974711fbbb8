// SPDX-License-Identifier: Apache-2.0
import GRDB
import Glibc

extension LedgerReader {
  /// Copies the ledger as it is now into a new file (0600), while it is written to (sqlite.org/backup.html).
  ///
  /// All of it is read in one transaction: otherwise each commit that comes between would begin the copy anew. The file
  /// of keys is not copied.
  /// - Parameters:
  ///   - path: A file that is not there yet, in a folder of the caller's.
  ///   - progress: Told the parts of a hundred that are done.
  /// - Throws: ``LedgerFault``, or what `progress` throws; what was written of the copy is removed.
  package func copy(to path: String, progress: (Int) throws -> Void = { _ in }) throws {
    try SecretFile.create(path, with: [])
    do {
      try reportingFaults {
        let copy = try DatabaseQueue(path: path)
        defer { try? copy.close() }  // what it holds is read again by whoever takes it
        try withoutActuallyEscaping(progress) { progress in
          try readOnce { source in
            try copy.writeWithoutTransaction { copy in
              try source.backup(to: copy, pagesPerStep: 4_096) { step in
                let all = step.totalPageCount
                try progress(all > 0 ? 100 * step.completedPageCount / all : 100)
              }
            }
          }
        }
      }
    } catch {
      for companion in ["", "-journal", "-wal", "-shm"] { unsafe unlink(path + companion) }
      throw error
    }
  }

  /// The epochs of the keys that the ledger holds: without the keys of these epochs its content cannot be read.
  package func keyEpochs() throws -> Set<Int> {
    try fetch { db in Set(try Int.fetchAll(db, sql: "SELECT DISTINCT epoch FROM keys")) }
  }
}
