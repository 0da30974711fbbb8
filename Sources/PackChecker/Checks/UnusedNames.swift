// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What is declared and nobody uses: each is a warning, since a pack may be written before those that will build on it.
func unusedNames(in generation: Generation) -> [Diagnostic] {
  let uses = Uses(generation)
  return unusedFacts(in: generation, uses) + unusedRules(in: generation, uses)
    + unusedClauses(in: generation, uses) + unusedImports(in: generation, uses)
    + idlePresumptions(in: generation)
}

private func unusedFacts(in generation: Generation, _ uses: Uses) -> [Diagnostic] {
  generation.facts.filter { !uses.names.contains($0.id) }.map {
    Diagnostic(at: $0.declaration.location, .unusedFact($0.declaration.name))
  }
}

/// A rule with `about` is there to be read, and so is every rule of a pack that marks none (decision 009).
private func unusedRules(in generation: Generation, _ uses: Uses) -> [Diagnostic] {
  generation.packs.flatMap { pack in
    let marksConclusions = pack.rules.contains { $0.about != nil }
    return pack.rules.filter { rule in
      marksConclusions && rule.about == nil && !uses.names.contains(pack.qualified(rule.name))
    }.map { Diagnostic(at: $0.location, .unusedRule($0.name)) }
  }
}

private func unusedClauses(in generation: Generation, _ uses: Uses) -> [Diagnostic] {
  generation.packs.flatMap { pack in
    pack.clauses.filter { !uses.clauses.contains(pack.qualified($0.name)) }.map {
      Diagnostic(at: $0.location, .unusedClause($0.name))
    }
  }
}

private func unusedImports(in generation: Generation, _ uses: Uses) -> [Diagnostic] {
  generation.packs.enumerated().flatMap { number, pack in
    pack.imports.filter { wanted in
      !uses.packs[number].contains(wanted.pack) && !takesDay(of: wanted.pack, pack, generation)
    }.map { Diagnostic(at: $0.location, .unusedImport($0.pack)) }
  }
}

/// True if the day that governs some rule of a pack is a fact of an import, which it need not name.
private func takesDay(of other: String, _ pack: RulePack, _ generation: Generation) -> Bool {
  generation.rules.prefix(generation.ownRules).contains { rule in
    guard generation.packs[rule.pack].id == pack.id, let fact = generation.variables[rule.day].fact else {
      return false
    }
    return generation.packs[generation.facts[fact].pack].id == other
  }
}

/// Presumptions that name a rule which the presumed fact cannot reach.
private func idlePresumptions(in generation: Generation) -> [Diagnostic] {
  generation.presumptions.flatMap { presumption in
    zip(presumption.rules, presumption.declaration.rules).filter { rule, _ in
      !generation.rules[rule].reach.contains { generation.variables[$0].fact == presumption.fact }
    }.map { _, name in
      Diagnostic(at: name.location, .idlePresumption(presumption.declaration.fact.text, rule: name.text))
    }
  }
}
