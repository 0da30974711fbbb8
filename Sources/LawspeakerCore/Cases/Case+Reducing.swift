// SPDX-License-Identifier: Apache-2.0

/// Making one case of another: saying more, leaving out what does not matter.
extension Case {
  /// With a variable known beyond reasonable doubt to lie among some values.
  package func stating(_ values: ValueSet, of variable: Int, under generation: Generation) -> Case {
    guard let fact = generation.variables[variable].fact else { return self }
    let statement = Statement(variable: variable, values: values, foundTo: .beyondReasonableDoubt)
    var file = self
    if let place = file.given.firstIndex(where: { $0.fact == fact }) {
      file.given[place].values.removeAll { $0.variable == variable }
      file.given[place].values.append(statement)
      file.given[place].values.sort { $0.variable < $1.variable }
    } else {
      file.given.append(Given(fact: fact, values: [statement], manner: .stated))
      file.given.sort { $0.fact < $1.fact }
    }
    return file
  }

  /// Leaves out whatever can be left out while something stays true of the case: first whole facts, then what is said of
  /// single members, last first.
  package func reduced(while isStillSo: (Case) -> Bool) -> Case {
    var file = self
    for place in file.given.indices.reversed() {
      var without = file
      without.given.remove(at: place)
      if isStillSo(without) { file = without }
    }
    for place in file.given.indices.reversed() {
      for value in file.given[place].values.indices.reversed() where file.given[place].values.count > 1 {
        var without = file
        without.given[place].values.remove(at: value)
        if isStillSo(without) { file = without }
      }
    }
    return file
  }

  /// What is said of the facts and by which role, without anything that could name a person, a place or a document.
  package var bare: Case {
    var bare = Case(
      reference: "T-1", person: nil, related: [], jurisdiction: jurisdiction,
      isJurisdictionStated: isJurisdictionStated, assessedOn: assessedOn, given: [], packs: packs)
    bare.given = given.map { given in
      Given(
        fact: given.fact, values: given.values, manner: given.manner,
        accounts: given.accounts.map { Account(by: $0.by, values: $0.values, manner: $0.manner) },
        throughout: given.throughout)
    }
    return bare
  }
}

extension Case.Statement {
  /// What a reason says of a variable.
  package init(_ reason: ReasonFact) { self.init(variable: reason.variable, values: reason.values) }
}
