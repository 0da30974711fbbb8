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
struct StoredBytes: DatabaseValueConvertible {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var databaseValue: DatabaseValue { Data(bytes).databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> StoredBytes? {
    Data.fromDatabaseValue(value).map { StoredBytes(Array($0)) }
  }
}

extension DatabaseValueConvertible {
  /// Fetches the first value of a query whose arguments stand in its text.
  static func fetchOne(_ db: Database, literal: SQL) throws -> Self? {
    try SQLRequest<Self>(literal: literal).fetchOne(db)
  }

  /// Fetches all values of a query whose arguments stand in its text.
  static func fetchAll(_ db: Database, literal: SQL) throws -> [Self] {
    try SQLRequest<Self>(literal: literal).fetchAll(db)
  }
}

extension Row {
  /// Fetches the first row of a query whose arguments stand in its text.
  static func fetchOne(_ db: Database, literal: SQL) throws -> Row? {
    try SQLRequest<Row>(literal: literal).fetchOne(db)
  }

  /// Fetches all rows of a query whose arguments stand in its text.
  static func fetchAll(_ db: Database, literal: SQL) throws -> [Row] {
    try SQLRequest<Row>(literal: literal).fetchAll(db)
  }

  /// The bytes of a column that is never null.
  func bytes(_ column: String) throws -> [UInt8] {
    try decode(StoredBytes.self, forColumn: column).bytes
  }
}
