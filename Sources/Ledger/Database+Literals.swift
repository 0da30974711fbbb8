// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Database {
  /// Executes one statement whose arguments stand in its text, compiled once for the connection.
  ///
  /// Compiling is most of the time that recording a decision takes.
  func run(_ literal: SQL) throws {
    let (sql, arguments) = try literal.build(self)
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}

extension DatabaseValueConvertible {
  /// Fetches the first value of a query whose arguments stand in its text.
  static func fetchOne(_ db: Database, literal: SQL) throws -> Self? {
    try SQLRequest<Self>(literal: literal, cached: true).fetchOne(db)
  }

  /// Fetches all values of a query whose arguments stand in its text.
  static func fetchAll(_ db: Database, literal: SQL) throws -> [Self] {
    try SQLRequest<Self>(literal: literal, cached: true).fetchAll(db)
  }
}

extension Row {
  /// Fetches the first row of a query whose arguments stand in its text.
  static func fetchOne(_ db: Database, literal: SQL) throws -> Row? {
    try SQLRequest<Row>(literal: literal, cached: true).fetchOne(db)
  }

  /// Fetches all rows of a query whose arguments stand in its text.
  static func fetchAll(_ db: Database, literal: SQL) throws -> [Row] {
    try SQLRequest<Row>(literal: literal, cached: true).fetchAll(db)
  }

  /// The bytes of a column that is never null.
  func bytes(_ column: String) throws -> [UInt8] {
    try decode(StoredBytes.self, forColumn: column).bytes
  }
}
