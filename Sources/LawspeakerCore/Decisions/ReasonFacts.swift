// SPDX-License-Identifier: Apache-2.0

/// What a variable can be, in the words of a case file.
public enum StatedValue: Sendable, Hashable {
  case has(String)
  case lacks(String)
  case isValue(Value)
  case oneOf([Value])
  case between(Value, Value)
  /// A date earlier than this one, or a quantity below.
  case before(Value)
  /// A date later than this one.
  case after(Value)
  /// This quantity or more.
  case atLeast(Value)
  /// Several ranges.
  case ranges([StatedValue])

  /// One value.
  public enum Value: Sendable, Hashable {
    case yes
    case no
    /// A value of a choice, by its name.
    case named(String)
    case quantity(Int, unit: String)
    case date(CivilDate)
  }
}

extension Generation {
  /// False for an age or a date of birth: what is right about it may turn out otherwise, but nobody can change it.
  public func canChange(_ reason: ReasonFact) -> Bool {
    !relations.contains { $0.age == reason.variable || $0.since == reason.variable }
  }

  /// What a reason says about its fact, in the words of a case file.
  public func statement(of reason: ReasonFact) -> StatedValue {
    let variable = variables[reason.variable]
    guard let number = variable.fact else {
      return range(reason.values, .days) { .date(.init(dayNumber: $0)) }
    }
    switch facts[number].declaration.type {
    case .yesNo:
      if reason.values == .either { return .oneOf([.yes, .no]) }
      return .isValue(reason.values == .yes ? .yes : .no)
    case .set(let members):
      let name = members[variable.member ?? 0]
      return reason.values == .yes ? .has(name) : .lacks(name)
    case .oneOf(let values):
      let left = values.indices.filter { reason.values.contains($0) }.map {
        StatedValue.Value.named(values[$0])
      }
      return left.count == 1 ? .isValue(left[0]) : .oneOf(left)
    case .quantity(let unit, _, _): return range(reason.values, variable.domain) { .quantity($0, unit: unit) }
    case .date: return range(reason.values, variable.domain) { .date(.init(dayNumber: $0)) }
    }
  }

  private func range(_ values: ValueSet, _ domain: ValueSet, _ value: (Int) -> StatedValue.Value)
    -> StatedValue
  {
    let parts = values.spans.map { span -> StatedValue in
      if span.low == span.high { return .isValue(value(span.low)) }
      if span.low == domain.least { return .before(value(span.high + 1)) }
      if span.high == domain.greatest {
        let isDate = value(span.low).isDate
        return isDate ? .after(value(span.low - 1)) : .atLeast(value(span.low))
      }
      return .between(value(span.low), value(span.high))
    }
    return parts.count == 1 ? parts[0] : .ranges(parts)
  }
}

extension CaseBox {
  /// What the file says of a variable, in terms of the variable that it speaks of.
  func reasonFact(_ variable: Int) -> ReasonFact? {
    statements[variable].map { .init(variable: generation.variables[variable].base, values: $0) }
  }
}

extension Array where Element: Hashable {
  /// Each once, in the order in which they first stand: one fact may be looked at under two standards.
  func withoutRepetition() -> Self {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension Generation.LinkedPresumption {
  /// What is presumed, as a reason says it.
  var presumes: [ReasonFact] { values.map { ReasonFact(variable: $0.variable, values: $0.values) } }
}
