// SPDX-License-Identifier: Apache-2.0

extension Decider {
  /// The comparisons of which every conclusion is touched by something the file says, and none is decided away.
  func comparisons(_ conclusions: [Conclusion]) -> [Int] {
    let byRule = Dictionary(conclusions.map { ($0.rule, $0.status) }) { first, _ in first }
    return generation.comparisons.indices.filter { number in
      let comparison = generation.comparisons[number]
      guard box.file.packs.contains(comparison.pack) else { return false }
      return comparison.rules.allSatisfy { rule in
        guard let status = byRule[rule], status != .fails, status != .notInForce else { return false }
        return saysSomething(about: rule)
      }
    }
  }
}
