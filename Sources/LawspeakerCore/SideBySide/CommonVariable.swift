// SPDX-License-Identifier: Apache-2.0

/// What a variable stands for, by names: one thing in every generation that has it, whatever its number there.
struct CommonVariable: Hashable, Sendable {
  let role: Role
  /// Nil where standards of proof are left aside.
  let standard: Standard?
  /// The generation that alone has it; nil if all have it.
  let side: Int?

  enum Role: Hashable, Sendable {
    case assessedOn
    case fact(String, member: String?)
    case choice(String)
    case isStated(String, member: String?)
  }

  /// True if a case that is told in the words of every generation can say nothing of it.
  var isOfOneSide: Bool {
    if case .choice = role { return false }
    return side != nil
  }
}

/// What several generations have in common: the words in which a case can be told under each of them.
///
/// A fact is the same where its name is, its type, and the days that tie it; of sets the members that each of them
/// has. A reading is the same where it has the same variants, the same of them usual.
struct CommonWords: Sendable {
  private let facts: [[String: Generation.LinkedFact]]
  private let ties: [[String: [String]]]
  private let readings: [[String: Generation.LinkedReading]]

  init(_ generations: [Generation]) {
    facts = generations.map { Dictionary($0.facts.map { ($0.id, $0) }) { first, _ in first } }
    ties = generations.map { generation in
      let ties = generation.relations.filter { generation.variables[$0.age].standard == nil }.map { tie in
        (generation.factID(of: tie.age), [tie.asOf, tie.since].map { generation.factID(of: $0) })
      }
      return Dictionary(ties) { first, _ in first }
    }
    readings = generations.map { Dictionary($0.readings.map { ($0.id, $0) }) { first, _ in first } }
  }

  /// True if every generation has the fact.
  func isShared(fact id: String) -> Bool {
    guard let first = facts[0][id] else { return false }
    let tied = ties[0][id] ?? []
    let isAlike = facts.indices.allSatisfy { side in
      guard let other = facts[side][id] else { return false }
      return first.declaration.type.isLike(other.declaration.type) && ties[side][id] ?? [] == tied
    }
    return isAlike && tied.allSatisfy { $0 == "assessed_on" || isShared(fact: $0) }
  }

  /// True if every generation has the fact and, for a set, the member.
  func isShared(fact id: String, member: String?) -> Bool {
    guard let member else { return isShared(fact: id) }
    return isShared(fact: id)
      && facts.allSatisfy { $0[id]?.declaration.type.members.contains(member) == true }
  }

  /// True if every generation has the reading, with the same variants and the same of them usual.
  func isShared(reading id: String) -> Bool {
    guard let first = readings[0][id] else { return false }
    return readings.allSatisfy { $0[id]?.variants == first.variants && $0[id]?.standing == first.standing }
  }

  /// The reading as a generation has it.
  func reading(_ id: String, side: Int) -> Generation.LinkedReading? { readings[side][id] }

  /// Facts, and members of sets, that one generation has and another has not, or has as something else.
  var notShared: [[String]] {
    facts.map { known in
      known.values.flatMap { fact -> [String] in
        guard isShared(fact: fact.id) else { return [fact.id] }
        guard case .set(let members) = fact.declaration.type else { return [] }
        return members.filter { !isShared(fact: fact.id, member: $0) }.map { "\(fact.id): \($0)" }
      }.sorted()
    }
  }
}

extension FactType {
  /// True if an answer to one says the same as an answer to the other; sets are compared member by member.
  fileprivate func isLike(_ other: FactType) -> Bool {
    switch (self, other) {
    case (.set, .set): true
    default: self == other
    }
  }
}

extension Generation.LinkedReading {
  var variants: [String] { declaration.variants.map(\.name) }
}

extension Generation {
  /// The fact that a variable belongs to, by its id, or the day of assessment.
  fileprivate func factID(of variable: Int) -> String { meaning(of: variable)?.fact.id ?? "assessed_on" }

  /// What a variable stands for, by names.
  func common(_ number: Int, side: Int, _ words: CommonWords, collapsing: Bool) -> CommonVariable {
    let standard = collapsing ? nil : variables[number].standard
    switch variables[number].role {
    case .assessedOn: return .init(role: .assessedOn, standard: nil, side: nil)
    case .choice(let reading):
      let id = readings[reading].id
      let isShared = words.isShared(reading: id)
      return .init(role: .choice(id), standard: nil, side: isShared ? nil : side)
    case .fact:
      let (id, member) = factAndMember(of: number)
      let isShared = words.isShared(fact: id, member: member)
      return .init(role: .fact(id, member: member), standard: standard, side: isShared ? nil : side)
    case .isStated(let stated):
      let (id, member) = factAndMember(of: stated)
      let isShared = words.isShared(fact: id, member: member)
      return .init(role: .isStated(id, member: member), standard: standard, side: isShared ? nil : side)
    }
  }

  private func factAndMember(of variable: Int) -> (String, String?) {
    let meaning = meaning(of: variable)
    return (meaning?.fact.id ?? "", meaning?.member)
  }
}
