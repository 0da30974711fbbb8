// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore
public import YAMLTree

/// Everything that looks wrong or odd in packs that can be read and linked, sorted by place.
///
/// - Parameter generation: The packs.
/// - Returns: Errors, which forbid to use the packs, and warnings.
public func check(_ generation: Generation) -> [Diagnostic] {
  check(generation, budget: DecisionDiagram.standardBudget)
}

/// The same within a budget of diagram nodes.
func check(_ generation: Generation, budget: Int) -> [Diagnostic] {
  var checks = SpaceChecks(generation, budget: budget)
  checks.run()
  return (unusedNames(in: generation) + gapsInForce(in: generation) + checks.found).sorted()
}
