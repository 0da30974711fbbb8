// SPDX-License-Identifier: Apache-2.0

import Benchmark
import Foundation
import LedgerWorkload

/// A ledger in a folder of its own, gone with the last reference to it.
final class Shelf: Sendable {
  let workload: LedgerWorkload

  init(cases: Int) {
    let folder = NSTemporaryDirectory() + "lawspeaker-bench-\(UUID().uuidString)"
    do {
      workload = try LedgerWorkload(folder: folder)
      try workload.record(workload.batch(0..<cases, documents: .whole))
    } catch { fatalError("the ledger cannot be made: \(error)") }
  }

  deinit { try? FileManager.default.removeItem(atPath: workload.folder) }
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput], warmupIterations: 1, maxDuration: .seconds(5), maxIterations: 50)

  // each round records cases of its own, so that all are new
  Benchmark("record 1,000 decisions in groups of 256") { benchmark, shelf in
    let first = 1_000 * (benchmark.currentIteration + 2)
    let batch = shelf.workload.batch(first..<first + 1_000, documents: .whole)
    benchmark.startMeasurement()
    try shelf.workload.record(batch)
    benchmark.stopMeasurement()
  } setup: {
    Shelf(cases: 0)
  }
  for hasKeys in [false, true] {
    Benchmark("verify 1,000 decisions \(hasKeys ? "with" : "without") keys") { _, shelf in
      blackHole(try shelf.workload.verify(withKeys: hasKeys))
    } setup: {
      Shelf(cases: 1_000)
    }
  }
  Benchmark("what-if over 1,000 cases, one thread") { _, shelf in
    blackHole(try shelf.workload.whatIf(.everything, threads: 1).cases)
  } setup: {
    Shelf(cases: 1_000)
  }
}
