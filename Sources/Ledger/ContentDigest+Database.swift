// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import GRDB

extension ContentDigest: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { Data(bytes).databaseValue }

  package static func fromDatabaseValue(_ value: DatabaseValue) -> ContentDigest? {
    Data.fromDatabaseValue(value).flatMap { ContentDigest(Array($0)) }
  }
}

/// Bytes as a column holds them; GRDB itself knows only `Data`.
struct StoredBytes: DatabaseValueConvertible, StatementColumnConvertible {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Straight from a statement's row, without a ``DatabaseValue`` in between.
  @unsafe init?(sqliteStatement: SQLiteStatement, index: CInt) {
    bytes = unsafe Array(Data(sqliteStatement: sqliteStatement, index: index))
  }

  var databaseValue: DatabaseValue { Data(bytes).databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> StoredBytes? {
    Data.fromDatabaseValue(value).map { StoredBytes(Array($0)) }
  }
}
