// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import LawspeakerDaemon
import YAMLTree

/// A question to a person, about one fact, and why it is asked.
struct InterviewQuestion {
  let fact: Int
  let text: String
}

/// Asks only what can still matter, one fact at a time.
struct Interview {
  private(set) var draft: CaseDraft
  let generation: Generation
  let defaults: CaseDefaults
  let words: InterviewWords
  /// The conclusions that are asked about.
  private var wanted: [Int] = []
  /// Facts that were asked about, or of which the file speaks already: none is asked about twice.
  private var passed: Set<Int> = []
  private var decision: Decision?

  enum Outcome {
    case refused(String)
    /// The conclusions that this answer has settled.
    case settled([String])
  }

  init(_ draft: CaseDraft, generation: Generation, defaults: CaseDefaults, language: Language) {
    self.draft = draft
    self.generation = generation
    self.defaults = defaults
    words = InterviewWords(generation: generation, language: language)
  }

  /// Looks at the file as it is; it must be readable, and the conclusion must be there.
  mutating func check(about conclusion: String?) throws {
    do throws(CaseRefused) { decision = try decide(draft) } catch {
      throw Failure.input(error.diagnostics.text)
    }
    if let file = try? readCase(
      Array(draft.text.utf8), file: draft.file, under: generation, defaults: defaults)
    {
      passed = Set(file.given.map(\.fact))
    }
    let conclusions = decision?.answer.conclusions.map(\.rule) ?? []
    wanted = conclusions.filter { generation.rules[$0].declaration.about != nil }
    if wanted.isEmpty { wanted = conclusions }
    guard let conclusion else { return }
    wanted = conclusions.filter { generation.rules[$0].id == conclusion }
    if wanted.isEmpty {
      throw Failure.input("\(conclusion): error: there is no such conclusion here [unknown-rule]")
    }
  }

  private func decide(_ draft: CaseDraft) throws(CaseRefused) -> Decision {
    let file = try readCase(Array(draft.text.utf8), file: draft.file, under: generation, defaults: defaults)
    return LawspeakerCore.decide(file, caseSHA256: "", under: generation)
  }

  /// The next question; nil if nothing is left that can still matter and be asked.
  func next() -> InterviewQuestion? {
    for rule in wanted {
      guard let open = decision?.advice.open.first(where: { $0.rule == rule }) else { continue }
      let askable = open.facts.filter { !$0.isRefused && !passed.contains($0.fact) }.map(\.fact)
      let plain = askable.filter { !generation.facts[$0].declaration.isSensitive }
      let suggested = open.ask.flatMap { askable.contains($0) ? $0 : nil }
      guard let fact = suggested ?? plain.first ?? askable.first else { continue }
      let members = open.facts.first { $0.fact == fact }?.members ?? []
      return InterviewQuestion(fact: fact, text: words.question(fact, members, for: open))
    }
    return nil
  }

  /// Takes an answer in a person's words.
  mutating func take(_ answer: String, to question: InterviewQuestion) -> Outcome {
    let fact = generation.facts[question.fact]
    if ["?", "don't know", "dont know", "vet ikke", "unknown"].contains(answer.lowercased()) {
      passed.insert(question.fact)
      return .settled([])
    }
    let next = draft.answering(fact.declaration.name, words.value(answer, of: fact))
    do throws(CaseRefused) {
      let decided = try decide(next)
      let news = news(from: decision, to: decided)
      draft = next
      decision = decided
      passed.insert(question.fact)
      return .settled(news)
    } catch {
      return .refused(error.diagnostics.map { words.problem($0) }.joined(separator: "\n"))
    }
  }

  private func news(from old: Decision?, to new: Decision) -> [String] {
    new.answer.conclusions.compactMap { conclusion in
      guard conclusion.status != .undetermined, wanted.contains(conclusion.rule) else { return nil }
      let before = old?.answer.conclusions.first { $0.rule == conclusion.rule }?.status
      return before == conclusion.status ? nil : words.settled(conclusion)
    }
  }

  /// What is settled before the first question.
  var opening: String {
    ([words.opening] + (decision.map { news(from: nil, to: $0) } ?? [])).joined(separator: "\n")
  }

  /// Where the file is and what can be done with it.
  var closing: String { words.closing(draft.file) }
}
