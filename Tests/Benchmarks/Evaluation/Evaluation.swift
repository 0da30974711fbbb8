// SPDX-License-Identifier: Apache-2.0

import Benchmark
import LawspeakerCore
import TestSupport

/// A linked pack with many half-filled cases, asked one after the other, so that percentiles run over cases.
struct Docket {
  let generation: Generation
  let cases: [Case]

  init(_ source: PackSource, _ texts: [String]) {
    generation = linked(source)
    var read: [Case] = []
    let defaults = CaseDefaults(jurisdiction: "NOR", today: .last)
    for text in texts {
      do throws(CaseRefused) {
        read.append(try readCase(Array(text.utf8), file: "case.yaml", under: generation, defaults: defaults))
      } catch {
        fatalError("\(error.diagnostics)\n\(text)")
      }
    }
    cases = read
  }

  /// A generated pack, its cases known to some percent.
  init(facts: Int, known: Int, touching touched: Int = .max) {
    let pack = LawShapedPack(facts: facts)
    self.init(pack.source, (0..<500).map { pack.caseText(known: known, touching: touched, seed: $0) })
  }

  /// The Palermo pack, its cases half filled around a leap day and an eighteenth birthday.
  init(palermo source: PackSource) {
    guard let epoch = CivilDate("2024-02-26"), let births = CivilDate("2006-02-26") else {
      fatalError("no such day")
    }
    let times = RandomPacks(sources: [], epoch: epoch, births: births, assessedOn: epoch.adding(200))
    let generation = linked(source)
    var random = SplitMix64(seed: 1)
    self.init(source, (0..<500).map { _ in randomCase(for: times, under: generation, using: &random).text })
  }
}

func linked(_ source: PackSource) -> Generation {
  do throws(PackRejected) {
    return try Generation.link([source].compactMap { readPack($0).pack })
  } catch {
    fatalError("\(error.diagnostics)")
  }
}

/// Registers a benchmark that asks the cases of a docket in turn; the docket is made when the benchmark is run.
func measure(
  _ name: String, _ docket: @escaping @Sendable () -> Docket,
  _ body: @escaping @Sendable (Case, Generation) -> Void
) {
  Benchmark(name) { benchmark, docket in
    body(docket.cases[benchmark.currentIteration % docket.cases.count], docket.generation)
  } setup: {
    let docket = docket()
    let unsettled = docket.cases.reduce(0) { sum, file in
      sum + statuses(of: file, under: docket.generation).count { $0.status == .unsettled }
    }
    precondition(unsettled == 0, "\(name): \(unsettled) statuses are over the budget")
    return docket
  }
}

/// Registers a benchmark that asks each conclusion of a docket by itself, in one case after the other.
func measureEach(
  _ name: String, _ docket: @escaping @Sendable () -> Docket,
  _ body: @escaping @Sendable (Int, Case, Generation) -> Void
) {
  Benchmark(name) { benchmark, docket in
    let (round, number) = benchmark.currentIteration.quotientAndRemainder(dividingBy: docket.cases.count)
    body(round % docket.generation.rules.count, docket.cases[number], docket.generation)
  } setup: {
    docket()
  }
}

func measureAll(_ name: String, _ docket: @escaping @Sendable () -> Docket) {
  measureEach("\(name): one status", docket) { blackHole(status(of: $0, in: $1, under: $2)) }
  measureEach("\(name): one conclusion", docket) { blackHole(conclude(on: $0, in: $1, under: $2)) }
  measure("\(name): all statuses", docket) { blackHole(statuses(of: $0, under: $1)) }
  measure("\(name): decision", docket) { blackHole(decide($0, caseSHA256: "", under: $1)) }
  measure("\(name): document", docket) {
    blackHole(decide($0, caseSHA256: "", under: $1).json(under: $1).canonicalBytes)
  }
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], warmupIterations: 500, maxDuration: .seconds(2), maxIterations: 10_000)
  guard let palermo = try? Repository.pack("palermo") else { fatalError("no rulepacks/palermo") }

  Benchmark("palermo: load") { _ in blackHole(linked(palermo)) }
  measureAll("palermo") { Docket(palermo: palermo) }
  for facts in [50, 100, 200, 300] {
    for known in [50, 80, 95] {
      measureAll("\(facts) facts, \(known) % known") { Docket(facts: facts, known: known) }
    }
  }
  for facts in [50, 100, 200, 300] {
    measure("50 facts touched of \(facts): all statuses", { Docket(facts: facts, known: 80, touching: 50) }) {
      blackHole(statuses(of: $0, under: $1))
    }
    measure("50 facts touched of \(facts): decision", { Docket(facts: facts, known: 80, touching: 50) }) {
      blackHole(decide($0, caseSHA256: "", under: $1))
    }
  }
}
