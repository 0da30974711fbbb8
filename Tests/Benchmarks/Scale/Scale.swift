// SPDX-License-Identifier: Apache-2.0

import LedgerWorkload

/// Measures a large ledger: `Scale FOLDER [CASES] [whole] [ledger]` fills a folder where it is empty, then measures it.
@main enum Scale {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first else { return print("usage: Scale FOLDER [CASES] [whole] [ledger]") }
    let cases = arguments.dropFirst().first.flatMap { Int($0) } ?? 50_000
    let documents = arguments.contains("whole") ? LedgerWorkload.Documents.whole : .small
    let workload = try LedgerWorkload(folder: folder)
    if try workload.size() < cases { try fill(workload, cases, documents) }
    let size = try Int(workload.size())
    try measured("open", size) {
      try workload.close()
      try workload.open()
    }
    for threads in arguments.contains("ledger") ? [] : [1, 2, 1, 2] {
      try measured("what-if, \(threads) threads", size) { _ = try workload.whatIf(threads: threads) }
    }
    try measured("verify without keys", size) { _ = try workload.verify(withKeys: false) }
    try measured("verify with keys", size) { _ = try workload.verify(withKeys: true) }
    try measured("retire the epoch", size) { try workload.retireEpoch() }
    try workload.close()
  }

  private static func fill(_ workload: LedgerWorkload, _ cases: Int, _ documents: LedgerWorkload.Documents)
    throws
  {
    var (spent, size) = (Duration.zero, 0)
    for start in stride(from: 0, to: cases, by: 2_560) {
      let batch = workload.batch(start..<min(start + 2_560, cases), documents: documents)
      let begun = ContinuousClock.now
      try workload.record(batch)
      spent += ContinuousClock.now - begun
      size += 2_560
    }
    report("record in groups of 256", spent, min(size, cases))
  }

  private static func measured(_ name: String, _ count: Int, _ body: () throws -> Void) rethrows {
    let begun = ContinuousClock.now
    try body()
    report(name, ContinuousClock.now - begun, count)
  }

  private static func report(_ name: String, _ time: Duration, _ count: Int) {
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let each = (seconds / Double(max(count, 1)) * 1e8).rounded() / 100
    print(
      "\(name): \((seconds * 1000).rounded() / 1000) s, \(each) µs each, \(Int(Double(count) / seconds)) a second"
    )
  }
}
