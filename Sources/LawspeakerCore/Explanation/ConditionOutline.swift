// SPDX-License-Identifier: Apache-2.0

/// A condition in words: a line, and beneath it what it is made of.
struct Outline {
  var text: String
  var parts: [Outline] = []

  /// A nested list of Markdown.
  func lines(indented depth: Int) -> [String] {
    [String(repeating: "  ", count: depth) + "- " + text] + parts.flatMap { $0.lines(indented: depth + 1) }
  }
}

extension PackPageWriter {
  /// A condition as its author wrote it, in words; each part of an `all` at the top by itself.
  func outlines(_ condition: Condition, of pack: String) -> [Outline] {
    if case .all(let parts) = condition.kind { return parts.map { outline($0, of: pack) } }
    return [outline(condition, of: pack)]
  }

  func outline(_ condition: Condition, of pack: String) -> Outline {
    func inner(_ parts: [Condition]) -> [Outline] { parts.map { outline($0, of: pack) } }
    switch condition.kind {
    case .named(let name): return Outline(text: words(of: name, wording.yes, in: pack))
    case .all(let parts): return Outline(text: wording.all, parts: inner(parts))
    case .any(let parts):
      if let line = oneOfAnswers(parts, of: pack) { return line }
      return Outline(text: wording.any, parts: inner(parts))
    case .not(let part): return negated(part, of: pack)
    case .atLeast(let count, let parts): return Outline(text: wording.atLeast(count), parts: inner(parts))
    case .exactly(let count, let parts): return Outline(text: wording.exactly(count), parts: inner(parts))
    case .ifThen(let premise, let conclusion):
      return Outline(text: wording.ifThen, parts: inner([premise, conclusion]))
    case .compare(let name, let comparison):
      guard let fact = index.facts[index.full(name, in: pack)] else { return Outline(text: name.text) }
      return Outline(text: asked(fact, words(comparison, fact)))
    }
  }

  private func negated(_ part: Condition, of pack: String) -> Outline {
    if case .named(let name) = part.kind, let fact = index.facts[index.full(name, in: pack)] {
      return Outline(text: asked(fact, wording.no))
    }
    let inner = outline(part, of: pack)
    return Outline(text: "\(wording.not): \(inner.text)", parts: inner.parts)
  }

  /// A rule by its title, a fact by its question with an answer.
  private func words(of name: Name, _ answer: String, in pack: String) -> String {
    let id = index.full(name, in: pack)
    if let rule = index.rules[id] { return title(rule) }
    return index.facts[id].map { asked($0, answer) } ?? name.text
  }

  private func asked(_ fact: Int, _ answer: String) -> String {
    "\(names.question(ofFact: fact)) **\(answer)**"
  }

  /// Several answers to one question, any of which will do, on one line.
  private func oneOfAnswers(_ parts: [Condition], of pack: String) -> Outline? {
    var facts: Set<String> = []
    var answers: [String] = []
    for part in parts {
      guard case .compare(let name, let comparison) = part.kind else { return nil }
      let id = index.full(name, in: pack)
      facts.insert(id)
      guard facts.count == 1, let fact = index.facts[id] else { return nil }
      answers.append(words(comparison, fact))
    }
    guard let id = facts.first, let fact = index.facts[id], !answers.isEmpty else { return nil }
    return Outline(text: asked(fact, answers.joined(separator: wording.or)))
  }

  private func words(_ comparison: Condition.Comparison, _ fact: Int) -> String {
    func value(_ name: Name) -> String { self.value(name.text, fact) }
    let isDate = generation.facts[fact].declaration.type == .date
    switch comparison {
    case .isValue(let wanted): return value(wanted)
    case .oneOf(let wanted): return wanted.map(value).joined(separator: wording.or)
    case .below(let limit): return wording.before(value(limit), isDate: false)
    case .before(let limit): return wording.before(value(limit), isDate: isDate)
    case .atLeastAs(let limit): return wording.atLeast(value(limit))
    case .above(let limit): return wording.above(value(limit))
    case .atMost(let limit): return wording.atMost(value(limit))
    case .after(let limit): return wording.after(value(limit))
    case .between(let low, let high): return wording.between(value(low), value(high))
    case .hasAny: return wording.anyAnswer
    case .has(let members): return members.map(value).joined(separator: wording.and)
    }
  }

  /// A value as a pack writes it, in people's words.
  private func value(_ raw: String, _ fact: Int) -> String {
    switch generation.facts[fact].declaration.type {
    case .yesNo: return raw == "yes" ? wording.yes : wording.no
    case .date: return raw
    case .quantity(let unit, _, _):
      return raw.hasSuffix(" " + unit) ? raw.dropLast(unit.count) + wording.unit(unit) : raw
    case .oneOf, .set: return names.label(raw, ofFact: fact)
    }
  }
}
