// SPDX-License-Identifier: Apache-2.0

/// The lines of a text that others wrote, taken one after the other as bytes.
///
/// Bytes, since two texts that are signed or hashed apart can be one `String`.
struct LogLines {
  /// The largest file that is read.
  static let maximumBytes = 1 << 20
  /// The longest path that a tree of 2^63 leaves can need.
  static let maximumHashes = 63

  private let lines: [ArraySlice<UInt8>]
  private var next = 0

  /// Splits a text, which must be UTF-8 without control characters and end in a newline, as a note must.
  init(_ bytes: [UInt8]) throws(MalformedLogText) {
    guard bytes.count <= Self.maximumBytes else {
      throw .init(line: 1, expected: "a file of at most \(Self.maximumBytes) bytes")
    }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard line.allSatisfy({ $0 >= 0x20 }) else {
        throw .init(line: index + 1, expected: "no control character")
      }
      guard String(validating: line, as: UTF8.self) != nil else {
        throw .init(line: index + 1, expected: "UTF-8")
      }
    }
    guard lines.removeLast().isEmpty, !lines.isEmpty else {
      throw .init(line: lines.count + 1, expected: "a newline at the end")
    }
    self.lines = lines
  }

  var isAtEnd: Bool { next == lines.count }

  /// The lines up to the last empty one, which is taken too.
  mutating func upToLastEmpty() throws(MalformedLogText) -> ArraySlice<ArraySlice<UInt8>> {
    let rest = lines[next...]
    guard let last = rest.lastIndex(where: \.isEmpty) else {
      throw .init(line: lines.count, expected: "an empty line before the signatures")
    }
    next = last + 1
    return rest[..<last]
  }

  /// The next line, whatever it is.
  mutating func line(_ expected: String) throws(MalformedLogText) -> ArraySlice<UInt8> {
    guard !isAtEnd else { throw .init(line: next + 1, expected: expected) }
    next += 1
    return lines[next - 1]
  }

  /// Takes a line that can only be as it is.
  mutating func skip(_ line: String) throws(MalformedLogText) {
    let expected = line.isEmpty ? "an empty line" : "`\(line)`"
    guard try self.line(expected).elementsEqual(line.utf8) else { throw wrong(expected) }
  }

  /// Checks that nothing follows.
  func end() throws(MalformedLogText) {
    guard isAtEnd else { throw .init(line: next + 1, expected: "nothing more") }
  }

  /// The next line without the word it starts with.
  mutating func line(after word: String) throws(MalformedLogText) -> ArraySlice<UInt8> {
    let expected = "`\(word)` and a space"
    let line = try line(expected)
    guard line.starts(with: word.utf8), line.dropFirst(word.utf8.count).first == 0x20 else {
      throw wrong(expected)
    }
    return line.dropFirst(word.utf8.count + 1)
  }

  /// A decimal number without needless zeros or a sign, after a word if there is one.
  mutating func decimal(_ expected: String, after word: String? = nil) throws(MalformedLogText) -> Int64 {
    let digits = if let word { try line(after: word) } else { try line(expected) }
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != 0x30 || digits.count == 1,
      let number = Int64(String(decoding: digits, as: UTF8.self))
    else { throw wrong(expected) }
    return number
  }

  /// Bytes in base 64 after a word.
  mutating func base64(_ expected: String, after word: String) throws(MalformedLogText) -> [UInt8] {
    guard let bytes = Base64.bytes(try line(after: word)) else { throw wrong(expected) }
    return bytes
  }

  /// A hash.
  mutating func hash(_ expected: String) throws(MalformedLogText) -> MerkleHash {
    guard let hash = MerkleHash(base64: try line(expected)) else { throw wrong(expected) }
    return hash
  }

  /// Hashes up to an empty line, which is taken too.
  mutating func hashes() throws(MalformedLogText) -> [MerkleHash] {
    var hashes: [MerkleHash] = []
    while !isAtEnd && !lines[next].isEmpty {
      hashes.append(try hash("a hash in base 64, or an empty line"))
      guard hashes.count <= Self.maximumHashes else { throw wrong("at most \(Self.maximumHashes) hashes") }
    }
    try skip("")
    return hashes
  }

  /// Signature lines up to an empty line or the end; 1 to 64 of them.
  mutating func signatures() throws(MalformedLogText) -> [NoteSignature] {
    var signatures: [NoteSignature] = []
    repeat {
      let expected = "a signature line: `—`, a name and base 64"
      guard let signature = NoteSignature(line: try line(expected)) else { throw wrong(expected) }
      signatures.append(signature)
      guard signatures.count <= SignedNote.maximumSignatures else {
        throw wrong("at most \(SignedNote.maximumSignatures) signatures")
      }
    } while !isAtEnd && !lines[next].isEmpty
    return signatures
  }

  /// What is wrong with the line just taken.
  func wrong(_ expected: String) -> MalformedLogText { .init(line: next, expected: expected) }
}
