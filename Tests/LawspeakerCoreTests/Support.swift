// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing
import YAMLTree

/// Reads and links packs that must be sound.
func generation(of sources: [PackSource]) throws -> Generation {
  let readings = sources.map { readPack($0) }
  let problems = readings.flatMap(\.diagnostics).filter { !$0.message.isWarning }
  try #require(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
  return try Generation.link(readings.compactMap(\.pack))
}

/// Reads a case that must be sound.
func readCase(_ text: String, under generation: Generation) throws -> Case {
  let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2026-01-01")))
  do {
    return try readCase(Array(text.utf8), file: "case.yaml", under: generation, defaults: defaults)
  } catch {
    Issue.record("\(error.diagnostics.map(\.description).joined(separator: "\n"))\n\(text)")
    throw error
  }
}

extension Generation {
  /// Decides a case that is given as text.
  func decision(on text: String) throws -> Decision {
    decide(try readCase(text, under: self), caseSHA256: "", under: self)
  }
}

extension Decision {
  /// The status of every conclusion, by its id.
  func statuses(under generation: Generation) -> [String: Status] {
    Dictionary(uniqueKeysWithValues: answer.conclusions.map { (generation.rules[$0.rule].id, $0.status) })
  }
}
