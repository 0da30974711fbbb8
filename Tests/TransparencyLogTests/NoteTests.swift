// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TransparencyLog

/// The key and the note that the documentation of Go's `sumdb/note` prints.
private enum Published {
  static let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let body =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  static let signature =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
  static let note = body + "\n" + signature
}

@Suite("Keys") struct KeyTests {
  @Test("are read and written as Go does") func published() throws {
    let secret = try NoteSigningKey(parsingSecret: Published.secret + "\n")
    let key = try NoteVerifierKey(parsing: Published.key)

    #expect(secret.secretText == Published.secret)
    #expect(secret.verifier == key)
    #expect(key.text == Published.key)
    #expect(key.name == "PeterNeumann")
    #expect(key.id.hex == "c74f20a3")
  }

  @Test("sign as Go does, byte for byte") func signing() throws {
    let secret = try NoteSigningKey(parsingSecret: Published.secret)

    #expect(SignedNote(signing: Published.body, with: [secret]).text == Published.note)
  }

  @Test("are refused with any byte changed or anything cut off") func changed() {
    let bytes = Array(Published.key.utf8)
    for place in bytes.indices {
      var other = bytes
      other[place] += 1
      #expect(throws: MalformedLogText.self) {
        try NoteVerifierKey(parsing: String(decoding: other, as: UTF8.self))
      }
      #expect(throws: MalformedLogText.self) {
        try NoteVerifierKey(parsing: String(decoding: bytes[..<place], as: UTF8.self))
      }
    }
    let secret = Array(Published.secret.utf8)
    for place in secret.indices {
      #expect(throws: MalformedLogText.self) {
        try NoteSigningKey(parsingSecret: String(decoding: secret[..<place], as: UTF8.self))
      }
    }
  }

  @Test(
    "are refused in another form",
    arguments: [
      "", "\n", "+++", Published.key + "\n\n", Published.key + "+", " " + Published.key,
      Published.key.replacing("c74f20a3", with: "C74F20A3"), Published.secret,
      // Another kind of key and a key of another length, both with the number that belongs to them.
      "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    ])
  func otherForm(text: String) {
    #expect(throws: MalformedLogText.self) { try NoteVerifierKey(parsing: text) }
  }

  @Test(
    "are made with a name that no reader can take for another", arguments: ["", "a b", "a+b", "a\n", "ærlig"])
  func names(name: String) {
    #expect(NoteSigningKey(newNamed: name) == nil)
    #expect(NoteSigningKey(name: name, seed: Array(repeating: 7, count: 32)) == nil)
  }

  @Test("are made new each time, of 32 secret bytes") func new() throws {
    let keys = try (0..<2).map { _ in try #require(NoteSigningKey(newNamed: "example.org/log")) }

    #expect(keys[0].secretText != keys[1].secretText)
    #expect(NoteSigningKey(name: "example.org/log", seed: Array(repeating: 7, count: 31)) == nil)
  }

  @Test("never show their secret unasked") func secrecy() throws {
    let key = try NoteSigningKey(parsingSecret: Published.secret)
    var dumped = ""
    dump(["key": key], to: &dumped)

    for shown in ["\(key)", String(reflecting: key), "\([key])", dumped] {
      #expect(shown.contains("PeterNeumann"))
      #expect(!shown.contains("AYEKFALVFGyN"))
      #expect(!shown.contains("129"))  // the secret's first byte, as a list of bytes would have it
    }
    let refused = #expect(throws: MalformedLogText.self) {
      try NoteSigningKey(parsingSecret: Published.secret.replacing("c74f20a3", with: "c74f20a4"))
    }
    #expect(refused?.description == "line 1: expected the number that belongs to the name and key")
  }
}

@Suite("Notes") struct NoteTests {
  let peter: NoteVerifierKey
  let others = ["example.org/log", "example.org/witness"].compactMap {
    NoteSigningKey(name: $0, seed: Array(repeating: 7, count: 32))
  }

  init() throws { peter = try NoteVerifierKey(parsing: Published.key) }

  private func read(_ text: String) throws(MalformedLogText) -> SignedNote {
    try SignedNote(parsing: Array(text.utf8))
  }

  @Test("that others signed are believed") func published() throws {
    let note = try read(Published.note)

    #expect(try note.signers(among: [peter]) == [peter])
    #expect(note.body == Published.body)
    #expect(note.text == Published.note)
  }

  @Test("have several signatures, of which known keys' count") func several() throws {
    let note = SignedNote(signing: "one\n\ntwo\n", with: others)

    let found = try read(note.text)

    #expect(found == note)
    #expect(try found.signers(among: others.map(\.verifier)) == others.map(\.verifier))
    #expect(try found.signers(among: [others[1].verifier, peter]) == [others[1].verifier])
    #expect(throws: NoteRefused.unknownSigners) { try found.signers(among: [peter]) }
    #expect(throws: NoteRefused.unknownSigners) { try found.signers(among: []) }
  }

  @Test("are refused for one bad signature by a known key, however many are good") func badAmongGood() throws
  {
    let good = SignedNote(signing: "one\n", with: others)
    let other = SignedNote(signing: "two\n", with: others)
    let mixed = try read(good.body + "\n" + good.signatureLines[0] + "\n" + other.signatureLines[1] + "\n")

    #expect(throws: NoteRefused.badSignature(others[1].verifier.id)) {
      try mixed.signers(among: others.map(\.verifier))
    }
    #expect(try mixed.signers(among: [others[0].verifier]) == [others[0].verifier])
  }

  @Test("count a signature as its key's only if name and number are the key's") func sameNumberOrName() throws
  {
    let note = SignedNote(signing: "one\n", with: [others[0]])
    let renamed = try read(note.text.replacing("— example.org/log ", with: "— example.org/gol "))
    let sameName = try #require(NoteSigningKey(name: "example.org/log", seed: Array(repeating: 8, count: 32)))

    #expect(throws: NoteRefused.unknownSigners) { try renamed.signers(among: [others[0].verifier]) }
    #expect(throws: NoteRefused.unknownSigners) { try note.signers(among: [sameName.verifier]) }
  }

  @Test("take signatures of other kinds and up to 64 of them") func many() throws {
    let witness = "— example.org/witness " + Base64Text.of(Array(repeating: 1, count: 4_000)) + "\n"
    let note = try read(Published.note + String(repeating: witness, count: 63))

    #expect(note.signatures.count == 64)
    #expect(try note.signers(among: [peter]) == [peter])
    #expect(throws: MalformedLogText(line: 68, expected: "at most 64 signatures")) {
      try read(Published.note + String(repeating: "— w AAAAAAA=\n", count: 64))
    }
  }

  static let otherForms: [(String, line: Int)] = [
    ("", 1), ("\n", 1), ("\n\n", 3), (Published.body, 2), (Published.body + "\n", 4),
    ("\n" + Published.signature, 1), (Published.body + Published.signature, 3),
    (String(Published.note.dropLast()), 4), (Published.note + "\n", 6), (Published.note + "more\n", 5),
    (Published.note.replacing("\n", with: "\r\n"), 1), (Published.note.replacing("know", with: "\t"), 2),
    (Published.note.replacing("—", with: "-"), 4), (Published.note.replacing("— ", with: "—"), 4),
    (Published.note.replacing("PeterNeumann", with: ""), 4),
    (Published.note.replacing("PeterNeumann", with: "Peter Neumann"), 4),
    (Published.note.replacing("PeterNeumann", with: "Peter\u{2003}Neumann"), 4),
    (Published.note.replacing("PeterNeumann", with: "Peter+Neumann"), 4),
    (Published.note.replacing("JnAM=", with: "JnAN="), 4),
    (Published.note.replacing("JnAM=", with: "JnAM"), 4),
    (Published.note.replacing("x08go", with: "x08g_"), 4),
    (Published.body + "\n— PeterNeumann x08gow==\n", 4),
    (String(repeating: "a", count: 1 << 20) + "\n\n" + Published.signature, 1),
  ]

  @Test("are refused where they are not in their form", arguments: otherForms)
  func malformed(text: String, line: Int) {
    let refused = #expect(throws: MalformedLogText.self) { try read(text) }

    #expect(refused?.line == line, "\(refused?.description ?? "")")
  }

  @Test("are refused if they are not UTF-8") func notUTF8() {
    #expect(throws: MalformedLogText(line: 1, expected: "UTF-8")) {
      try SignedNote(parsing: [0xFF] + Array(Published.note.utf8))
    }
  }

  @Test("with a letter that looks the same are another text") func lookAlike() throws {
    let note = SignedNote(signing: "ved \u{E5} signere\n", with: others)

    let other = try read(note.text.replacing("\u{E5}", with: "a\u{30A}"))

    #expect(other.body == note.body)  // to Swift they are equal
    #expect(throws: NoteRefused.badSignature(others[0].verifier.id)) {
      try other.signers(among: others.map(\.verifier))
    }
  }
}

extension SignedNote {
  fileprivate var signatureLines: [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("— ") }.map(String.init)
  }
}
