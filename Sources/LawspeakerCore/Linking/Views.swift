// SPDX-License-Identifier: Apache-2.0

/// What has been linked a second time, to be looked at under a standard of proof.
struct Views {
  /// Variables by the one that the file speaks of and the standard.
  fileprivate(set) var variables: [Key: Int] = [:]
  /// Whether the file states a variable, by the same.
  fileprivate(set) var flags: [Key: Int] = [:]
  /// Rules by their own number and the standard.
  fileprivate(set) var rules: [Key: Int] = [:]
  /// The rules beneath that are still to be linked, in the order of their numbers.
  var waiting: [Beneath] = []

  struct Key: Hashable {
    let number: Int
    let standard: Standard?
  }

  /// A rule that stands beneath others and is no conclusion of its own.
  enum Beneath {
    /// A rule of a pack under another rule's standard.
    case rule(Int, Standard)
    /// A condition of a pack by itself, with the clause that must be in force on the day of assessment.
    case condition(Condition, name: Name, pack: Int, clause: Generation.ClauseReference?)
  }
}

extension Linker {
  /// A variable as a rule of some standard sees it.
  ///
  /// A standard governs everything beneath it, so each fact is there once for each standard that looks at it. Days that
  /// govern which law applies say which conduct the file is about; they count at every standard (decision 013).
  mutating func view(of variable: Int, under standard: Standard?) -> Int {
    guard let standard, generation.variables[variable].fact != nil else { return variable }
    if generation.governingDays.contains(variable) { return variable }
    let key = Views.Key(number: variable, standard: standard)
    if let known = views.variables[key] { return known }
    let number = generation.variables.count
    views.variables[key] = number
    let base = generation.variables[variable]
    generation.variables.append(
      .init(role: base.role, domain: base.domain, base: variable, standard: standard))
    generation.views[variable, default: []].append(number)
    tieAgain(variable, under: standard)
    return number
  }

  /// Ties what is seen under a standard as the facts themselves are tied.
  private mutating func tieAgain(_ variable: Int, under standard: Standard) {
    let ties = generation.relations.filter { tie in
      tie.age == variable && generation.variables[tie.age].standard == nil || tie.since == variable
    }
    for tie in ties {
      let again = Generation.AgeRelation(
        age: view(of: tie.age, under: standard), asOf: view(of: tie.asOf, under: standard),
        since: view(of: tie.since, under: standard))
      if !generation.relations.contains(again) { generation.relations.append(again) }
    }
  }

  /// The variable that says whether the file states another one.
  private mutating func flag(of variable: Int, under standard: Standard?) -> Int {
    let key = Views.Key(number: variable, standard: standard)
    if let known = views.flags[key] { return known }
    let number = generation.variables.count
    views.flags[key] = number
    generation.variables.append(
      .init(role: .isStated(variable), domain: .either, base: number, standard: standard))
    generation.flags.append((view(of: variable, under: standard), number))
    return number
  }

  /// True if the variable lies in these values, by the file or, where a reading decides it, by the reading.
  mutating func atom(_ variable: Int, _ values: ValueSet, under standard: Standard?) -> Formula {
    let asStated = Formula.atom(.init(variable: view(of: variable, under: standard), values: values))
    guard let number = readings[.variable(variable)] else { return asStated }
    let yes = decided(variable, by: number, under: standard)
    return values == .yes ? yes : values == .no ? .not(yes) : asStated
  }

  /// What stands in the file stands; else the reading that is followed says when it is so.
  private mutating func decided(_ variable: Int, by number: Int, under standard: Standard?) -> Formula {
    let reading = generation.readings[number]
    let fact = Formula.atom(.init(variable: view(of: variable, under: standard), values: .yes))
    guard !readingsUnderWay.contains(number) else {
      report(.readingReachesItself(reading.declaration.name), at: reading.declaration.location)
      return fact
    }
    readingsUnderWay.append(number)
    defer { readingsUnderWay.removeLast() }
    let pack = generation.packs[reading.pack]
    let drawn = reading.declaration.variants.enumerated().map { place, variant in
      let condition = variant.condition.flatMap { link($0, in: pack, under: standard) } ?? fact
      return Formula.all([choice(number, place), condition])
    }
    let isStated = Formula.atom(.init(variable: flag(of: variable, under: standard), values: .yes))
    return .any([.all([isStated, fact]), .all([.not(isStated), .any(drawn)])])
  }

  /// True if this variant of the reading is followed.
  private func choice(_ reading: Int, _ variant: Int) -> Formula {
    .atom(.init(variable: generation.readings[reading].variable, values: ValueSet(variant)))
  }

  /// A rule as another rule of some standard sees it; one that names its own standard keeps it.
  mutating func rule(_ number: Int, under standard: Standard?) -> Int {
    guard let standard, ownStandard(of: number) == nil else { return number }
    let key = Views.Key(number: number, standard: standard)
    if let known = views.rules[key] { return known }
    views.rules[key] = beneath(.rule(number, standard))
    return views.rules[key] ?? number
  }

  /// Gives a rule beneath the next number; it is linked when all rules of packs are.
  mutating func beneath(_ rule: Views.Beneath) -> Int {
    views.waiting.append(rule)
    return generation.ownRules + views.waiting.count - 1
  }

  /// The condition of a ground, or of each of its parts, by the reading that is followed.
  mutating func read(_ formula: Formula, ofRule number: Int, under standard: Standard?) -> Formula {
    guard let place = readings[.rule(number)] else { return formula }
    let reading = generation.readings[place]
    guard !readingsUnderWay.contains(place) else {
      report(.readingReachesItself(reading.declaration.name), at: reading.declaration.location)
      return formula
    }
    readingsUnderWay.append(place)
    defer { readingsUnderWay.removeLast() }
    let pack = generation.packs[reading.pack]
    let others = reading.declaration.variants.enumerated().map { variant, declared in
      declared.condition.flatMap { link($0, in: pack, under: standard) }.map {
        Formula.all([choice(place, variant), $0])
      }
    }
    let asWritten = others.indices.filter { others[$0] == nil }
    func followed(_ part: Formula) -> Formula {
      let variants = ValueSet(union: asWritten.map { ValueSet($0) })
      let written = Formula.atom(.init(variable: reading.variable, values: variants))
      return .any([.all([written, part])] + others.compactMap { $0 })
    }
    guard !asWritten.isEmpty else { return .any(others.compactMap { $0 }) }
    if case .all(let parts) = formula { return .all(parts.map(followed)) }
    return followed(formula)
  }
}
