// SPDX-License-Identifier: Apache-2.0

extension Generation {
  /// A property with its names resolved.
  public struct LinkedProperty: Sendable {
    /// The pack that declares it, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Property
    /// The conclusion, by its number.
    public let rule: Int
    /// What must be so of it.
    public let claim: Claim

    /// What must be so, with its names resolved.
    public enum Claim: Sendable, Hashable {
      case always(Formula)
      case never(Formula)
      case sameAs(Formula)
      /// More of the fact, by its number, never turns it from holding into failing.
      case risesWith(Int)
      case fallsWith(Int)
    }

    /// The condition it compares the conclusion with, if it names one.
    public var condition: Formula? {
      switch claim {
      case .always(let formula), .never(let formula), .sameAs(let formula): formula
      case .risesWith, .fallsWith: nil
      }
    }
  }
}

extension Linker {
  mutating func linkProperties() {
    for (number, pack) in generation.packs.enumerated() {
      for property in pack.properties {
        let rule = resolve(property.rule, "rule", ruleNumbers, in: pack)
        guard let claim = claim(of: property, in: pack), let rule else { continue }
        generation.properties.append(.init(pack: number, declaration: property, rule: rule, claim: claim))
      }
    }
  }

  private mutating func claim(
    of property: Property, in pack: RulePack
  ) -> Generation.LinkedProperty.Claim? {
    switch property.claim {
    case .always(let condition): link(condition, in: pack).map { .always($0) }
    case .never(let condition): link(condition, in: pack).map { .never($0) }
    case .sameAs(let condition): link(condition, in: pack).map { .sameAs($0) }
    case .risesWith(let name): ordered(name, in: pack).map { .risesWith($0) }
    case .fallsWith(let name): ordered(name, in: pack).map { .fallsWith($0) }
    }
  }

  /// A fact of which there can be more or less.
  private mutating func ordered(_ name: Name, in pack: RulePack) -> Int? {
    guard let number = resolve(name, "fact", factNumbers, in: pack) else { return nil }
    guard case .oneOf = generation.facts[number].declaration.type else { return number }
    report(.notRising(name.text), at: name.location)
    return nil
  }
}
