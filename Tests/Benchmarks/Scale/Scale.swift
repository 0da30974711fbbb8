// SPDX-License-Identifier: Apache-2.0

import Foundation
import LedgerWorkload

/// Measures a large ledger: `Scale FOLDER [CASES] [whole] [ledger|what-if]` fills a folder where it is empty, then
/// measures it.
@main enum Scale {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let folder = arguments.first, !folder.hasPrefix("-") else {
      return print("usage: Scale FOLDER [CASES] [whole] [ledger|what-if]")
    }
    let cases = arguments.dropFirst().first.flatMap { Int($0) } ?? 50_000
    let documents = arguments.contains("whole") ? LedgerWorkload.Documents.whole : .small
    let workload = try LedgerWorkload(folder: folder)
    switch try workload.size() {
    case ..<100: try fill(workload, cases, documents)  // packs and their activation alone
    case ..<Int64(cases): return print("\(folder) holds fewer cases than that; name an empty folder")
    default: break
    }
    let size = try Int(workload.size())
    try measured("open", size) {
      try workload.close()
      try workload.open()
    }
    for question in arguments.contains("ledger") ? [] : LedgerWorkload.Question.allCases {
      try ask(question, workload)
    }
    if arguments.contains("what-if") { return try workload.close() }
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

  /// Asks a question on two threads and says how long a million cases would take.
  private static func ask(_ question: LedgerWorkload.Question, _ workload: LedgerWorkload) throws {
    let begun = ContinuousClock.now
    let (cases, changed) = try workload.whatIf(question, threads: 2)
    let time = ContinuousClock.now - begun
    report("what-if, \(question.rawValue), \(changed) of \(cases) otherwise", time, cases)
    let minutes = seconds(time) / Double(max(cases, 1)) * 1e6 / 60
    print("  a million cases: \((minutes * 100).rounded() / 100) minutes; load average \(load())")
  }

  private static func load() -> String {
    (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first.map(
      String.init)
      ?? "unknown"
  }

  private static func seconds(_ time: Duration) -> Double {
    Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }

  private static func measured(_ name: String, _ count: Int, _ body: () throws -> Void) rethrows {
    let begun = ContinuousClock.now
    try body()
    report(name, ContinuousClock.now - begun, count)
  }

  private static func report(_ name: String, _ time: Duration, _ count: Int) {
    let seconds = seconds(time)
    let each = (seconds / Double(max(count, 1)) * 1e8).rounded() / 100
    print(
      "\(name): \((seconds * 1000).rounded() / 1000) s, \(each) µs each, \(Int(Double(count) / seconds)) a second"
    )
  }
}
