// SPDX-License-Identifier: Apache-2.0

import Crypto
package import LawspeakerCore

/// SHA-256 of bytes, in lower-case hexadecimal.
package func sha256Hex(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(64)
  for byte in SHA256.hash(data: bytes) { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: text, as: UTF8.self)
}

/// The digest that names a pack's content: SHA-256 over one line `<sha256>  <path>` a file, sorted by path.
///
/// So `sha256sum` gives the same, see docs/auditing.md:
/// `find . \( -name '*.yaml' -o -name pack.lock \) -printf '%P\n' | LC_ALL=C sort | xargs sha256sum | sha256sum`.
package func packDigest(_ files: [PackSource.File]) -> String { sha256Hex(packList(files)) }

/// The lines of which ``packDigest(_:)`` is the digest, as `sha256sum` writes them.
func packList(_ files: [PackSource.File]) -> [UInt8] {
  let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  return sorted.flatMap { Array("\(sha256Hex($0.bytes))  \($0.path)\n".utf8) }
}
