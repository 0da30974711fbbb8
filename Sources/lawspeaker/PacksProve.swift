// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Glibc
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

extension Packs {
  struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Proves what packs say of every case: what is irrelevant, and every property.",
      discussion: """
        Example: lawspeaker packs prove rulepacks --cases counterexamples

        A claim is proved, refuted by a case file that can be decided at once, or not settled. Proofs hold over every
        value of every fact, under every reading and on every day, in these packs together. Exits 1 unless all are proved.

        Two methods must agree: decision diagrams, and the solver z3 where it is installed (apt install z3).
        """)

    @Argument(help: "The folder that holds the packs.")
    var folder: String?

    @Option(help: "Prove only what this pack says; may be given more than once.")
    var pack: [String] = []

    @Option(help: "Write counterexamples into this folder.")
    var cases: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let generation = try generation()
      if let unknown = pack.first(where: { id in !generation.packs.contains { $0.id == id } }) {
        throw Failure.input("\(unknown): error: there is no such pack [unknown-pack]")
      }
      let solver = Solver()
      let proofs = try checked(prove(under: generation), by: solver, under: generation)
      let files = try proofs.enumerated().flatMap { try write($1, number: $0 + 1) }
      if json {
        Terminal.say(
          .object([
            "methods": .strings(solver == nil ? ["diagrams"] : ["diagrams", "z3"]),
            "proofs": .array(proofs.map(Self.json)),
            "written": .strings(files),
          ]))
      } else {
        say(proofs, files, under: generation)
        Terminal.say(Self.methods(solver))
      }
      if proofs.contains(where: { !$0.isProved }) { throw ExitCode(1) }
    }

    /// The packs as they are, whatever is proved of them.
    private func generation() throws -> Generation {
      let folder = try folder ?? settings.configuration().packs
      do throws(PackRejected) {
        return try PackSet(readSources(below: folder), tests: .readOnly).generation
      } catch {
        throw Failure.input(error.diagnostics.text)
      }
    }

    private func prove(under generation: Generation) -> [Proof] {
      let claims = generation.claims(of: pack.isEmpty ? nil : Set(pack))
      var prover = Prover(generation, claims: claims)
      let clock = ContinuousClock()
      let start = clock.now
      var shown = start
      return claims.enumerated().map { number, claim in
        if isatty(2) == 1, clock.now - start > .seconds(1), clock.now - shown > .seconds(1) {
          shown = clock.now
          Terminal.complain("proving \(number + 1) of \(claims.count): \(claim.title)")
        }
        return prover.prove(claim)
      }
    }

    /// The proofs of which the solver says the same.
    ///
    /// - Throws: ``Failure`` if the two contradict each other: one of them is wrong then.
    private func checked(
      _ proofs: [Proof], by solver: Solver?, under generation: Generation
    ) throws -> [Proof] {
      guard let solver else { return proofs }
      let scripts = proofs.flatMap { $0.smtScripts(under: generation) }
      var answers = try solver.answers(to: scripts)[...]
      return try proofs.map { proof in
        var proof = proof
        let own = answers.prefix(proof.claim.questions.count)
        answers = answers.dropFirst(own.count)
        if proof.agree(with: own) { return proof }
        throw Failure.ours([Diagnostic(at: proof.claim.location, .methodsDisagree(proof.claim.title))].text)
      }
    }

    private static func methods(_ solver: Solver?) -> String {
      solver == nil
        ? "by one method: decision diagrams; z3 is not installed (apt install z3), so that no second one agrees"
        : "by two methods that agree: decision diagrams, and z3"
    }

    /// Writes the counterexamples of a claim; their paths.
    private func write(_ proof: Proof, number: Int) throws -> [String] {
      guard let cases, case .refuted(let examples) = proof.outcome else { return [] }
      return try examples.enumerated().map { place, example in
        let letter = examples.count == 1 ? "" : place == 0 ? "a" : "b"
        let path = "\(cases)/\(proof.claim.pack)-\(number)\(letter).yaml"
        do {
          try FileManager.default.createDirectory(atPath: cases, withIntermediateDirectories: true)
          let text = example.text(remarks: [proof.remark(place)])
          try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
          throw Failure.input("\(path): error: the file cannot be written [cannot-write]")
        }
        return path
      }
    }

    private func say(_ proofs: [Proof], _ files: [String], under generation: Generation) {
      let wrong = proofs.compactMap { $0.diagnostic(under: generation) }
      if !wrong.isEmpty { Terminal.complain(wrong.text) }
      for proof in proofs {
        Terminal.say("\(proof.word): \(proof.claim.title)")
        guard cases == nil, case .refuted(let examples) = proof.outcome else { continue }
        for (place, example) in examples.enumerated() {
          Terminal.say(example.text(remarks: [proof.remark(place)]))
        }
      }
      for file in files { Terminal.say("written: \(file)") }
      let proved = proofs.count(where: \.isProved)
      Terminal.say("\(proved) of \(proofs.count) proved")
    }

    private static func json(_ proof: Proof) -> JSON {
      var cases: [JSON] = []
      if case .refuted(let examples) = proof.outcome {
        cases = examples.map { .object(["case": .string($0.text()), "readings": .strings($0.readingNames)]) }
      }
      var reason: String?
      if case .notSettled(let why) = proof.outcome {
        switch why {
        case .budget(let nodes): reason = "over \(nodes) nodes"
        case .unconfirmed: reason = "counterexample not confirmed"
        case .solver: reason = "z3 did not answer in its time"
        }
      }
      return .object([
        "pack": .string(proof.claim.pack), "kind": .string(proof.claim.kind),
        "claim": .string(proof.claim.title), "file": .string(proof.claim.location.file),
        "line": .integer(proof.claim.location.line), "outcome": .string(proof.word),
        "reason": .optional(reason), "cases": .array(cases),
      ])
    }
  }
}

extension Proof {
  fileprivate var word: String {
    switch outcome {
    case .proved: "proved"
    case .refuted: "refuted"
    case .notSettled: "not settled"
    }
  }

  /// What stands above a counterexample.
  fileprivate func remark(_ place: Int) -> String {
    let which = claim.questions.first?.second == nil ? "" : place == 0 ? ", it holds here" : ", it fails here"
    return "not so: \(claim.title)\(which)"
  }
}

extension Diagnostic.Message {
  fileprivate static func methodsDisagree(_ title: String) -> Self {
    .init(
      code: "methods-disagree", text: "diagrams and z3 contradict each other about this: \(title)",
      hint: "this is a fault of Lawspeaker; please report it with the packs")
  }
}
