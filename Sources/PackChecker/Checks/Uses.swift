// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// What in a generation something stands on, or somebody asks for: facts, rules and clauses by id.
struct Uses {
  /// Facts and rules, `palermo.act`; the two share their names.
  private(set) var names: Set<String> = []
  private(set) var clauses: Set<String> = []
  /// For each pack, by its number, the packs whose names it writes.
  private(set) var packs: [Set<String>]

  init(_ generation: Generation) {
    packs = Array(repeating: [], count: generation.packs.count)
    for (number, pack) in generation.packs.enumerated() {
      var user = User(pack: pack)
      user.noteRules()
      user.noteSteps()
      user.noteWhatIsSaidOfRules()
      user.noteTests()
      names.formUnion(user.names)
      clauses.formUnion(user.clauses)
      packs[number] = user.packs
    }
    for day in generation.governingDays {
      guard let fact = generation.variables[day].fact else { continue }
      names.insert(generation.facts[fact].id)
    }
    noteTies(generation)
  }

  /// An age, its birth and its day say something of each other: if one of them is read, all are of use.
  private mutating func noteTies(_ generation: Generation) {
    var grew = true
    while grew {
      let before = names.count
      for relation in generation.relations {
        let tied = [relation.age, relation.asOf, relation.since].compactMap { generation.variables[$0].fact }
        let ids = tied.map { generation.facts[$0].id }
        if ids.contains(where: names.contains) { names.formUnion(ids) }
      }
      grew = names.count > before
    }
  }
}

/// What one pack uses, by its own words.
private struct User {
  let pack: RulePack
  var names: Set<String> = []
  var clauses: Set<String> = []
  var packs: Set<String> = []

  init(pack: RulePack) { self.pack = pack }

  private mutating func id(_ name: Name) -> String {
    if let dot = name.text.firstIndex(of: ".") { packs.insert(String(name.text[..<dot])) }
    return pack.qualified(name.text)
  }

  private mutating func note(_ name: Name) { names.insert(id(name)) }

  private mutating func note(clause name: Name) { clauses.insert(id(name)) }

  mutating func noteRules() {
    for rule in pack.rules {
      for ground in rule.grounds {
        note(clause: ground.clause)
        note(ground.condition)
        for exception in ground.exceptions { note(exception) }
      }
      for stronger in rule.yieldsTo { note(stronger) }
    }
  }

  private mutating func note(_ exception: Exception) {
    note(clause: exception.clause)
    note(exception.condition)
    for inner in exception.exceptions { note(inner) }
  }

  mutating func noteSteps() {
    for reading in pack.readings {
      // what it decides is of no use by that alone
      switch reading.decides {
      case .named(let name): _ = id(name)
      case .member(_, of: let name): _ = id(name)
      }
      for variant in reading.variants { variant.condition.map { note($0) } }
    }
    for presumption in pack.presumptions {
      note(clause: presumption.clause)
      note(presumption.condition)
      for rule in presumption.rules { note(rule) }
      _ = id(presumption.fact)
    }
    for duty in pack.duties {
      note(clause: duty.clause)
      note(duty.rule)
      if let within = duty.within { note(within.from) }
    }
    for caution in pack.cautions {
      if case .clause(let name) = caution.basis { note(clause: name) }
      note(caution.condition)
    }
  }

  mutating func noteWhatIsSaidOfRules() {
    for law in pack.lawInTime {
      note(clause: law.clause)
      note(law.day)
      for rule in law.rules { _ = id(rule) }
    }
    for entry in pack.irrelevances {
      note(clause: entry.clause)
      note(entry.fact)
      _ = id(entry.rule)
      entry.whenever.map { note($0) }
    }
    for comparison in pack.comparisons {
      note(clause: comparison.clause)
      for rule in comparison.rules { note(rule) }
    }
    for entry in pack.notModelled {
      note(clause: entry.clause)
      for rule in entry.touches { _ = id(rule) }
    }
    for property in pack.properties {
      note(property.rule)
      switch property.claim {
      case .always(let condition), .never(let condition), .sameAs(let condition): note(condition)
      case .risesWith(let fact), .fallsWith(let fact): _ = id(fact)
      }
    }
    for change in pack.changes {
      note(clause: change.clause)
      note(change.rule)
    }
  }

  /// What a test asks for is there to be read, though no rule stands on it.
  mutating func noteTests() {
    for test in pack.tests {
      for expectation in test.expected { note(expectation.rule) }
    }
  }

  private mutating func note(_ condition: Condition) {
    switch condition.kind {
    case .named(let name): note(name)
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      for part in parts { note(part) }
    case .not(let part): note(part)
    case .ifThen(let premise, let conclusion):
      note(premise)
      note(conclusion)
    case .compare(let name, _): note(name)
    }
  }
}
