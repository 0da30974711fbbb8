// SPDX-License-Identifier: Apache-2.0

/// What the ledger knows of a case beside its content, for telling the person concerned.
package struct HeldCase: Sendable, Hashable {
  /// Every version that is kept, oldest first.
  package var versions: [Version]
  /// How often the case was read through the program.
  package var reads: Int

  /// States what is known of a case.
  package init(versions: [Version], reads: Int) {
    self.versions = versions
    self.reads = reads
  }

  /// One version of a case.
  package struct Version: Sendable, Hashable {
    /// Its number, from 1.
    package var number: Int
    /// The day it was recorded.
    package var recordedOn: CivilDate
    /// The day it was withdrawn, if it was.
    package var withdrawnOn: CivilDate?
    /// Who went through it, oldest first.
    package var reviews: [Review]

    /// States what is known of a version.
    package init(
      number: Int, recordedOn: CivilDate, withdrawnOn: CivilDate? = nil, reviews: [Review] = []
    ) {
      self.number = number
      self.recordedOn = recordedOn
      self.withdrawnOn = withdrawnOn
      self.reviews = reviews
    }
  }

  /// That someone went through a version; what they did with it is in the case and not here.
  package struct Review: Sendable, Hashable {
    /// A role or initials.
    package var by: String
    /// The day.
    package var on: CivilDate

    /// States who went through a version.
    package init(by: String, on: CivilDate) {
      self.by = by
      self.on = on
    }
  }
}
