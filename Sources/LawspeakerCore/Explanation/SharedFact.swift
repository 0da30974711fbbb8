// SPDX-License-Identifier: Apache-2.0

/// Something the file says that may reach the person concerned.
struct SharedFact {
  /// The fact, by its number in the generation.
  let fact: Int
  let values: [Case.Statement]
  let manner: Case.Manner
  let throughout: ValueSet?
  /// A role.
  let by: String?
  let on: CivilDate?
  /// Where it is written down; free text can name anyone, and is there only if its value itself is marked as safe.
  let source: String?
  /// The same.
  let note: String?
}

extension Case {
  /// What of a file that is safe to share as a whole may reach the person concerned.
  ///
  /// A value's own mark decides. Without one, what the person said may, and what is recorded without any voice or source
  /// and is not sensitive; what another voice says may not.
  func shared(under generation: Generation) -> [SharedFact] {
    given.flatMap { given -> [SharedFact] in
      let isSensitive = generation.facts[given.fact].declaration.isSensitive
      func share(_ account: Account, by role: String?, throughout: ValueSet?) -> SharedFact? {
        let isBare = role == nil && account.source == nil && !isSensitive
        guard account.isSafeToShare ?? (role == "person" || isBare) else { return nil }
        let isMarked = account.isSafeToShare == true
        return SharedFact(
          fact: given.fact, values: account.values, manner: account.manner, throughout: throughout, by: role,
          on: account.on, source: isMarked ? account.source : nil, note: isMarked ? account.note : nil)
      }
      if !given.accounts.isEmpty {
        return given.accounts.compactMap { share($0, by: $0.by, throughout: nil) }
      }
      let alone = Account(
        by: given.by ?? "", values: given.values, manner: given.manner, source: given.source, on: given.on,
        note: given.note, isSafeToShare: given.isSafeToShare)
      return share(alone, by: given.by, throughout: given.throughout).map { [$0] } ?? []
    }
  }
}
