// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// What a case says, worked out without the reader: for each variable, who says what and how surely it was found.
public struct Testimony: Sendable {
  /// By variable; a value without voices is one account.
  public var accounts: [Int: [Account]] = [:]
  /// The dates on each day of which conduct went on.
  public var throughout: Set<Int> = []

  /// What one voice says of one variable.
  public struct Account: Sendable, Equatable {
    /// A role; empty where the file names none.
    public var by: String
    /// The values that are left.
    public var ranges: [ClosedRange<Int>]
    /// How surely that was found.
    public var foundTo: Standard

    /// Says something of a variable.
    public init(by: String = "", ranges: [ClosedRange<Int>], foundTo: Standard = .indications) {
      self.by = by
      self.ranges = ranges
      self.foundTo = foundTo
    }
  }

  /// What is said of some variables, all found equally surely.
  public init(_ said: ReferenceEvaluator.Said = [:], foundTo: Standard = .indications) {
    accounts = said.mapValues { [Account(ranges: $0, foundTo: foundTo)] }
  }

  /// What a case says, as the reader read it.
  public init(of file: Case) {
    for given in file.given {
      if given.throughout != nil { throughout.formUnion(given.values.map(\.variable)) }
      let told =
        given.accounts.isEmpty ? [("", given.values)] : given.accounts.map { ($0.by, $0.values) }
      for (by, values) in told {
        for statement in values {
          let ranges = statement.values.spans.map { $0.low...$0.high }
          accounts[statement.variable, default: []].append(
            .init(by: by, ranges: ranges, foundTo: statement.foundTo))
        }
      }
    }
  }

  /// True if two who speak of a variable do not say the same.
  func isContested(_ variable: Int) -> Bool {
    let told = accounts[variable, default: []].map(\.ranges)
    return told.contains { $0 != told[0] }
  }
}
