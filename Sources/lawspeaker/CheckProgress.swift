// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// How far a check has come, on a terminal, once it takes longer than a second.
final class CheckProgress {
  private let what: String
  private let start = Date()
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var isShown = false
  private var last = 0

  /// What is counted: `conclusions compared`.
  init(_ what: String) { self.what = what }

  /// Shows how many are done.
  func show(_ done: Int, of all: Int) {
    let seconds = Int(Date().timeIntervalSince(start))
    guard isTerminal, seconds > last else { return }
    (isShown, last) = (true, seconds)
    FileHandleStream.standardError.write("\r\(done) of \(all) \(what)")
  }

  /// Clears the line.
  func end() {
    if isShown { FileHandleStream.standardError.write("\r\u{1B}[K") }
  }
}
