// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import Glibc
package import Ledger
package import TransparencyLog

/// The two secrets that are kept out of the ledger: `root.key`, under which content is sealed, and `signing.key`, which
/// signs heads.
///
/// They lie in a folder, or systemd hands them over as credentials of the same names (`$CREDENTIALS_DIRECTORY`,
/// systemd.exec(5)), which come first.
package struct KeyFolder: Sendable {
  /// Where new keys are made, and looked for last.
  package let folder: String
  private let credentials: String?

  /// A folder of keys, and where systemd says that credentials are.
  package init(
    _ folder: String, credentials: String? = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"]
  ) {
    self.folder = folder
    self.credentials = credentials
  }

  /// The files' names.
  package static let rootName = "root.key"
  package static let signingName = "signing.key"
  private static let heading = "lawspeaker root key 1 "

  /// The key under which content is sealed.
  ///
  /// - Throws: ``KeyFault``.
  package func root() throws(KeyFault) -> SealingKey { try root(named: Self.rootName) }

  func root(named name: String) throws(KeyFault) -> SealingKey {
    let (path, text) = try read(name)
    guard text.hasPrefix(Self.heading),
      let data = Data(base64Encoded: String(text.dropFirst(Self.heading.count))),
      let key = SealingKey(Array(data))
    else { throw .unreadable(path) }
    return key
  }

  /// The key that signs heads.
  ///
  /// - Throws: ``KeyFault``.
  package func signing() throws(KeyFault) -> NoteSigningKey { try signing(named: Self.signingName) }

  func signing(named name: String) throws(KeyFault) -> NoteSigningKey {
    let (path, text) = try read(name)
    do throws(MalformedLogText) { return try NoteSigningKey(parsingSecret: text) } catch {
      throw .unreadable(path)
    }
  }

  /// Makes both keys, in a folder (0700) that is made where it is missing.
  ///
  /// - Parameter origin: The name of the log, such as `lawspeaker.example/oslo-1`, which every signature carries.
  /// - Returns: The key with which heads are checked.
  /// - Throws: ``KeyFault/exists(_:)`` if there is one already: a key is never overwritten.
  package func make(origin: String) throws -> NoteVerifierKey {
    guard let signing = NoteSigningKey(newNamed: origin) else { throw KeyFault.origin(origin) }
    for name in [Self.rootName, Self.signingName] where unsafe access(path(name), F_OK) == 0 {
      throw KeyFault.exists(path(name))
    }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try SecretFile.create(path(Self.rootName), with: Self.text(of: SealingKey()))
    try SecretFile.create(path(Self.signingName), with: Array((signing.secretText + "\n").utf8))
    return signing.verifier
  }

  /// Makes a signing key for a ledger that was restored from a backup, which is another log from then on.
  ///
  /// Heads over what the backup lacks may have been signed with the key before; no second head over as many entries may
  /// ever bear the same name. The root key stays.
  /// - Parameter origin: The name of the log, another than before.
  /// - Returns: The key with which its heads are checked.
  /// - Throws: ``KeyFault``.
  package func makeAfterRestore(origin: String) throws -> NoteVerifierKey {
    let old = try signing()
    _ = try root()
    guard let key = NoteSigningKey(newNamed: origin) else { throw KeyFault.origin(origin) }
    guard old.verifier.name != origin else { throw KeyFault.sameOrigin(origin) }
    try replaceSigning(with: key)
    return key.verifier
  }

  /// Puts another signing key into the place of the one that is there.
  package func replaceSigning(with key: NoteSigningKey) throws {
    try SecretFile.replace(path(Self.signingName), with: Array((key.secretText + "\n").utf8))
  }

  /// Puts another root key into the place of the one that is there.
  package func replaceRoot(with key: SealingKey) throws {
    try SecretFile.replace(path(Self.rootName), with: Self.text(of: key))
  }

  static func text(of key: SealingKey) -> [UInt8] {
    Array((heading + Data(key.bytes).base64EncodedString() + "\n").utf8)
  }

  func path(_ name: String) -> String { folder + "/" + name }

  private func read(_ name: String) throws(KeyFault) -> (path: String, text: String) {
    if let credentials, let data = FileManager.default.contents(atPath: credentials + "/" + name) {
      return (credentials + "/" + name, Self.line(data))
    }
    let path = path(name)
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw errno == ENOENT ? .missing(path) : .closed(path)
    }
    guard status.st_mode & 0o077 == 0 else { throw .open(path) }
    guard let data = FileManager.default.contents(atPath: path) else { throw .closed(path) }
    return (path, Self.line(data))
  }

  private static func line(_ data: Data) -> String {
    let text = String(decoding: data, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

/// Why a key cannot be had.
package enum KeyFault: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(String)
  /// This user may not read it.
  case closed(String)
  /// Others than its owner may read it.
  case open(String)
  case unreadable(String)
  case exists(String)
  case origin(String)
  /// The log of a restored ledger has the name of the one before.
  case sameOrigin(String)
  /// Another key than this signed the log of this name until now.
  case exchanged(String)

  /// The sentence for a terminal or log, with the way out.
  package var description: String {
    switch self {
    case .missing(let path):
      "\(path): error: there is no such key [no-key]\n    hint: `lawspeaker keys new` makes the keys, once; "
        + "keep a copy of them apart from the ledger"
    case .closed(let path):
      "\(path): error: this user may not read the key [no-key]\n    hint: ask whoever operates Lawspeaker"
    case .open(let path):
      "\(path): error: others than its owner may read the key [open-key]\n    hint: chmod 600"
    case .unreadable(let path):
      "\(path): error: this is no key that `lawspeaker keys new` made [bad-key]\n    hint: restore it from its copy"
    case .exists(let path):
      "\(path): error: there is a key already, and without it nothing recorded can be read [key-exists]\n"
        + "    hint: `lawspeaker keys rotate` changes keys and keeps what is recorded readable"
    case .sameOrigin(let origin):
      "\(origin): error: this is the name of the log before it was restored [same-origin]\n"
        + "    hint: heads that were published under it may be over entries that are lost; write another name"
    case .exchanged(let origin):
      "\(origin): error: this log was signed by another key until now, which does not vouch for this one "
        + "[other-key]\n    hint: restore `signing.key` from its copy; `lawspeaker keys rotate` changes it so that "
        + "both sign"
    case .origin(let origin):
      "\(origin): error: the name of a log has no spaces and no `+` [bad-origin]\n"
        + "    hint: write a name that is yours alone, such as `lawspeaker.example/oslo-1`"
    }
  }
}
