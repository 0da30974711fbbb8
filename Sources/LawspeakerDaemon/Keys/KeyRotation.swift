// SPDX-License-Identifier: Apache-2.0

internal import Glibc
package import Ledger
package import TransparencyLog

/// Changing keys. A new key is on the disk beside the old before anything rests on it, so that whatever breaks off in
/// between leaves a ledger that opens and signs, and the same command goes on where it was.
extension KeyFolder {
  private static let nextRootName = rootName + ".next"
  private static let nextSigningName = signingName + ".next"

  /// Opens a ledger with the root key, or with the next one where changing it was broken off.
  ///
  /// - Throws: ``KeyFault``, ``LedgerFault``.
  package func openLedger(_ path: String) throws -> Ledger {
    let root = try root()
    do { return try Ledger(path: path, root: root) } catch LedgerFault.wrongKey(let ring) {
      guard let next = try? self.root(named: Self.nextRootName),
        let ledger = try? Ledger(path: path, root: next)
      else {
        throw LedgerFault.wrongKey(path: ring)
      }
      try takeOver(next)
      return ledger
    }
  }

  /// Seals the keys of a ledger with a new root key, and puts that into the place of the old.
  ///
  /// - Parameter path: The ledger, which nobody has open.
  /// - Throws: ``KeyFault``, ``LedgerFault``.
  package func rotateRoot(ofLedger path: String) throws {
    try openLedger(path).close()  // what was broken off is finished first
    try SecretFile.erase(self.path(Self.nextRootName))
    let next = SealingKey()
    try SecretFile.create(self.path(Self.nextRootName), with: Self.text(of: next))
    try KeyRing.reseal(path: Ledger.keyRingPath(path), from: root(), to: next)
    try takeOver(next)
  }

  private func takeOver(_ next: SealingKey) throws {
    try replaceRoot(with: next)
    try SecretFile.erase(path(Self.nextRootName))
  }

  /// Has a new key sign heads: the ledger names it, a head over that is signed by both, and only then it replaces the old.
  ///
  /// - Returns: The new key.
  /// - Throws: ``KeyFault``, ``LedgerFault``; ``HeadNotCopied`` if the change is made and some folder does not have it.
  package func rotateSigning(_ configuration: Configuration, ledger: Ledger, at: String) throws
    -> NoteVerifierKey
  {
    let former = try signing()
    let next = try nextSigning(named: former.verifier.name)
    if next.verifier != former.verifier {
      try ledger.announce(next.verifier, at: at)
      let keeper = HeadKeeper(configuration, ledger: ledger, signer: next)
      var notCopied: HeadNotCopied?
      do { try keeper.sign(at: at, isForced: true, former: former) } catch let fault as HeadNotCopied {
        notCopied = fault
      }
      try replaceSigning(with: next)
      try SecretFile.erase(path(Self.nextSigningName))
      if let notCopied { throw notCopied }
    }
    try SecretFile.erase(path(Self.nextSigningName))
    return next.verifier
  }

  /// The key that a change that was broken off had made, or a new one.
  private func nextSigning(named origin: String) throws -> NoteSigningKey {
    if unsafe access(path(Self.nextSigningName), F_OK) == 0 {
      return try signing(named: Self.nextSigningName)
    }
    guard let next = NoteSigningKey(newNamed: origin) else { throw KeyFault.origin(origin) }
    try SecretFile.create(path(Self.nextSigningName), with: Array((next.secretText + "\n").utf8))
    return next
  }
}
