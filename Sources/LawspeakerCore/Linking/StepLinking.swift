// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// The steps around a rule: readings, law in time, presumptions, duties, cautions, changes.
extension Linker {
  mutating func declareReadings() {
    for (number, pack) in generation.packs.enumerated() {
      for reading in pack.readings {
        let standing = reading.variants.firstIndex { $0.name == reading.standing.text }
        if standing == nil {
          report(
            .unknownName(reading.standing.text, "reading", known: reading.variants.map(\.name)),
            at: reading.standing.location)
        }
        guard let decides = decides(reading.decides, in: pack), let standing else { continue }
        let place = generation.readings.count
        if let other = readings[decides] {
          report(.decidedTwice(reading.name, other: generation.readings[other].id), at: reading.location)
        }
        readings[decides] = place
        let variable = generation.variables.count
        generation.variables.append(
          .init(
            role: .choice(place), domain: ValueSet(0, max(reading.variants.count - 1, 0)), base: variable))
        generation.readings.append(
          .init(
            id: pack.id + "." + reading.name, pack: number, declaration: reading, variable: variable,
            standing: standing, decides: decides, conditions: []))
      }
    }
  }

  private mutating func decides(
    _ what: Reading.Decides, in pack: RulePack
  ) -> Generation.LinkedReading.Decides? {
    switch what {
    case .member(let member, of: let name):
      guard let number = resolve(name, "fact", factNumbers, in: pack) else { return nil }
      let fact = generation.facts[number]
      guard case .set(let members) = fact.declaration.type else {
        report(.comparisonDoesNotFit(name.text, type: "set", known: ["has"]), at: name.location)
        return nil
      }
      if let place = members.firstIndex(of: member.text) {
        return .variable(fact.variables.lowerBound + place)
      }
      report(.unknownMember(member.text, of: name.text, known: members), at: member.location)
      return nil
    case .named(let name):
      let qualified = name.text.contains(".") ? name.text : pack.id + "." + name.text
      if ruleNumbers[qualified] != nil {
        return resolve(name, "rule", ruleNumbers, in: pack).map { .rule($0) }
      }
      guard let number = resolve(name, "fact", factNumbers, in: pack) else { return nil }
      let fact = generation.facts[number]
      if fact.declaration.type == .yesNo { return .variable(fact.variables.lowerBound) }
      report(.notYesNo(name.text), at: name.location)
      return nil
    }
  }

  /// What each variant gives, asked by itself.
  mutating func linkReadings() {
    for number in generation.readings.indices {
      let reading = generation.readings[number]
      guard case .variable = reading.decides else { continue }
      generation.readings[number].conditions = reading.declaration.variants.map { variant in
        variant.condition.map { condition in
          let name = Name(text: reading.id + "." + variant.name, location: variant.location)
          return beneath(.condition(condition, name: name, pack: reading.pack, clause: nil))
        }
      }
    }
  }

  mutating func linkPresumptions() {
    for (number, pack) in generation.packs.enumerated() {
      for presumption in pack.presumptions {
        let rules = presumption.rules.compactMap { resolve($0, "rule", ruleNumbers, in: pack) }
        for (rule, name) in zip(rules, presumption.rules) where declaration(ofRule: rule).isIncriminating {
          report(.presumesAgainst(name.text), at: name.location)
        }
        let clause = resolve(presumption.clause, "clause", clauseNumbers, in: pack)
        guard let fact = resolve(presumption.fact, "fact", factNumbers, in: pack), let clause else {
          continue
        }
        var reader = TreeReader(file: presumption.location.file)
        let reply = reader.reply(presumption.value, to: generation.facts[fact])
        problems += reader.problems
        guard let reply else { continue }
        let name = Name(text: pack.id + "." + presumption.fact.text, location: presumption.location)
        let condition = beneath(
          .condition(presumption.condition, name: name, pack: number, clause: clause))
        generation.presumptions.append(
          .init(
            pack: number, declaration: presumption, fact: fact, values: reply.values, condition: condition,
            clause: clause, rules: rules))
      }
    }
  }

  mutating func linkDuties() {
    for (number, pack) in generation.packs.enumerated() {
      for duty in pack.duties {
        let rule = resolve(duty.rule, "rule", ruleNumbers, in: pack)
        let clause = resolve(duty.clause, "clause", clauseNumbers, in: pack)
        let from = duty.within.map { day($0.from, in: pack) }
        guard let rule, let clause, from != .some(nil) else { continue }
        generation.duties.append(
          .init(
            id: pack.id + "." + duty.name, pack: number, declaration: duty, rule: rule, clause: clause,
            from: from ?? nil))
      }
    }
  }

  mutating func linkCautions() {
    for (number, pack) in generation.packs.enumerated() {
      for caution in pack.cautions {
        var clause: Generation.ClauseReference?
        if case .clause(let name) = caution.basis {
          clause = resolve(name, "clause", clauseNumbers, in: pack)
          if clause == nil { continue }
        }
        let name = Name(text: pack.id + "." + caution.name, location: caution.location)
        let condition = beneath(.condition(caution.condition, name: name, pack: number, clause: nil))
        generation.cautions.append(
          .init(
            id: name.text, pack: number, declaration: caution, condition: condition, clause: clause))
      }
    }
  }

  /// A date fact or the day of assessment, as a variable.
  mutating func day(_ name: Name, in pack: RulePack) -> Int? {
    name.text == "assessed_on" ? Generation.assessedOn : dateVariable(name, in: pack)
  }

  mutating func linkChanges() {
    for (number, pack) in generation.packs.enumerated() {
      for change in pack.changes {
        let clause = resolve(change.clause, "clause", clauseNumbers, in: pack)
        guard let rule = resolve(change.rule, "rule", ruleNumbers, in: pack), let clause else { continue }
        if generation.rules[rule].pack == number {
          report(.changesItself(change.rule.text), at: change.rule.location)
        }
        generation.changes.append(.init(pack: number, declaration: change, rule: rule, clause: clause))
      }
    }
  }
}

extension Diagnostic.Message {
  static func readingReachesItself(_ name: String) -> Self {
    .init(
      code: "reading-reaches-itself", text: "a condition of the reading `\(name)` rests on what it decides",
      hint: "let the condition rest on other facts")
  }

  static func decidedTwice(_ name: String, other: String) -> Self {
    .init(
      code: "decided-twice", text: "`\(name)` decides what `\(other)` decides already",
      hint: "make them variants of one reading")
  }

  static func presumesAgainst(_ rule: String) -> Self {
    .init(
      code: "presumes-against",
      text: "`\(rule)` incriminates, and nobody is incriminated on what is presumed",
      hint: "take it out of `for`")
  }

  static func changesItself(_ rule: String) -> Self {
    .init(
      code: "changes-itself", text: "`\(rule)` is a rule of this pack",
      hint: "change the rule where it stands")
  }

  static func governedTwice(_ rule: String) -> Self {
    .init(
      code: "governed-twice", text: "`law_in_time` names `\(rule)` twice", hint: "keep one of them")
  }
}
