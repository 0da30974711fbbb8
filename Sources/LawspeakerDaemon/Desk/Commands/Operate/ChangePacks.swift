// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import Logging

/// Looks at the folder of packs at once, or returns to an earlier generation.
package struct ChangePacks: DeskCommand {
  package static let name = "packs"
  package static let rights: [AccessRight] = [.packs]

  /// The generation to return to; 0 for the one before; nil for looking at the folder.
  package var rollBackTo: Int?
  package var json: Bool

  /// Looks at the folder.
  package static func activate(json: Bool) -> Self { Self(rollBackTo: nil, json: json) }
  /// Returns to a generation, or where none is named to the one before.
  package static func rollBack(to generation: Int?, json: Bool) -> Self {
    Self(rollBackTo: generation ?? 0, json: json)
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let request = rollBackTo.map { PackRequest.rollBack(to: $0 > 0 ? $0 : nil) } ?? .activate
    let outcome = try visit.desk.askPacks.map { try $0(request) } ?? alone(request, visit)
    guard let outcome else { throw Failure.later("error: the daemon is stopping; ask again [stopping]") }
    try say(outcome, visit)
    switch outcome {
    case .activated, .unchanged, .rolledBack: return 0
    case .refused, .noSuchGeneration: return 1
    case .changing: return 75
    }
  }

  /// The same where no daemon runs: the next one serves what is active then.
  private func alone(_ request: PackRequest, _ visit: Visit) throws -> PackOutcome {
    let silent = Logger(label: "lawspeaker") { _ in SwiftLogNoOpLogHandler() }
    let keeper = PackKeeper(visit.configuration, ledger: visit.desk.ledger, log: silent, now: visit.desk.now)
    do { try keeper.serveLastGeneration() } catch let fault as DaemonFault {
      throw Failure.ours("error: \(fault) [packs]")
    }
    let outcome = try keeper.answer(request)
    do { try visit.desk.heads.sign(at: visit.timestamp) } catch let fault as HeadNotCopied {
      try visit.complain("note: \(fault)")
    }
    return outcome
  }

  private func say(_ outcome: PackOutcome, _ visit: Visit) throws {
    if json { return try visit.say(outcome.json) }
    switch outcome {
    case .refused, .noSuchGeneration, .changing: try visit.complain(outcome.text)
    case .activated, .unchanged, .rolledBack: try visit.say(outcome.text)
    }
  }
}

extension PackOutcome {
  fileprivate var text: String {
    switch self {
    case .activated(let generation, let packs):
      "activated: generation \(generation), " + packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    case .unchanged(let generation): "unchanged: the folder holds what serves as generation \(generation)"
    case .rolledBack(let generation, let earlier):
      "generation \(earlier) serves again, as generation \(generation); nothing else is activated until "
        + "`lawspeaker packs activate`"
    case .refused(let diagnostics): diagnostics
    case .noSuchGeneration(let wanted):
      "error: there is no earlier generation\(wanted.map { " \($0)" } ?? "") to return to [no-generation]\n"
        + "    hint: `lawspeaker status` says which generation serves"
    case .changing: "error: the folder of packs is being written; ask again when it is whole [changing]"
    }
  }

  fileprivate var json: JSON {
    switch self {
    case .activated(let generation, let packs):
      .object([
        "outcome": .string("activated"), "generation": .integer(generation),
        "packs": .array(
          packs.map { Decision.PackReference(id: $0.id, version: $0.version, sha256: $0.sha256.hex).json }),
      ])
    case .unchanged(let generation):
      .object(["outcome": .string("unchanged"), "generation": .integer(generation)])
    case .rolledBack(let generation, let earlier):
      .object([
        "outcome": .string("rolled-back"), "generation": .integer(generation),
        "rolled_back_to": .integer(earlier),
      ])
    case .refused(let diagnostics):
      .object(["outcome": .string("refused"), "diagnostics": .string(diagnostics)])
    case .noSuchGeneration: .object(["outcome": .string("no-such-generation")])
    case .changing: .object(["outcome": .string("changing")])
    }
  }
}
