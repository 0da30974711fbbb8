// SPDX-License-Identifier: Apache-2.0

extension Generation {
  /// True if something is said about what a rule compares.
  ///
  /// Nearly every file names an age, a birth and the day that governs: these touch only a rule that compares nothing else.
  /// - Parameters:
  ///   - rule: The rule, by number.
  ///   - isSaid: Whether the file speaks of a variable.
  /// - Returns: False for a rule on whose own subject the file is silent.
  func isTouched(_ rule: Int, saying isSaid: (Int) -> Bool) -> Bool {
    let compared = plan.cone(of: rules[rule].node).variables.map { variables[$0].base }
    var comparesMore = false
    for variable in compared where variables[variable].fact != nil && !governingDays.contains(variable) {
      if agesAndBirths.contains(variable) { continue }
      if isSaid(variable) { return true }
      comparesMore = true
    }
    if comparesMore { return false }
    let ages = compared.filter { agesAndBirths.contains($0) }
    return ages.contains(where: isSaid)
      || relations.contains { isSaid($0.since) && ages.contains(variables[$0.age].base) }
  }
}
