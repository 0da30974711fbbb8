// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Standard output or standard error.
enum FileHandleStream: Int32 {
  case standardOutput = 1
  case standardError = 2

  /// Writes all of a text; a reader that went away ends the writing quietly.
  func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
