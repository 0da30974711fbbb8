// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc
import Synchronization

/// The keys above those of the cases: one for pseudonyms in indexes, and one for each epoch.
///
/// They stand in a small file beside the ledger and not in it, each sealed with the root key. A case's key stands in the
/// ledger, sealed with that of the epoch. When something is erased a new epoch begins, every other key is sealed anew,
/// and the old epoch's is struck from this file: with it die all older copies of the erased key, in free pages, in the
/// write-ahead log and in backups.
package final class KeyRing: Sendable {
  private struct Keys {
    var index: SealingKey
    var epochs: [Int: SealingKey]
  }

  private let root: SealingKey
  private let path: String
  private let keys: Mutex<Keys>

  /// Opens the file, making it (0600) with a first epoch where it is missing and may be made.
  ///
  /// - Parameters:
  ///   - path: The file, beside the ledger.
  ///   - root: The key that seals what stands in it.
  ///   - makesNew: Whether a missing file is made; it is not, where a ledger is there without it.
  /// - Throws: ``LedgerFault``: `wrongKey` if the root key is another one, `noKeyRing`, `file`.
  package init(path: String, root: SealingKey, makesNew: Bool) throws {
    self.path = path
    self.root = root
    for left in [".old", ".new"] { try SecretFile.erase(path + left) }  // what an interrupted run left
    if let data = FileManager.default.contents(atPath: path) {
      keys = Mutex(try Self.read(String(decoding: data, as: UTF8.self), path: path, root: root))
    } else {
      guard makesNew, unsafe access(path, F_OK) != 0 else { throw LedgerFault.noKeyRing(path: path) }
      let new = Keys(index: SealingKey(), epochs: [1: SealingKey()])
      keys = Mutex(new)
      try write(new)
    }
  }

  /// The epoch under which new keys are sealed.
  var epoch: Int { keys.withLock { $0.epochs.keys.max() ?? 0 } }

  /// All epochs, oldest first; more than one while keys are being sealed anew.
  var epochs: [Int] { keys.withLock { $0.epochs.keys.sorted() } }

  /// Begins a new epoch, on the disk when this returns.
  func beginEpoch() throws {
    try keys.withLock { keys in
      var next = keys
      next.epochs[(keys.epochs.keys.max() ?? 0) + 1] = SealingKey()
      try write(next)
      keys = next
    }
  }

  /// Strikes all epochs but the newest, on the disk when this returns.
  func retireEpochs() throws {
    try keys.withLock { keys in
      guard let newest = keys.epochs.keys.max(), keys.epochs.count > 1 else { return }
      var next = keys
      next.epochs = keys.epochs.filter { $0.key == newest }
      try write(next)
      keys = next
    }
  }

  /// Seals a key under the newest epoch.
  func wrap(_ key: SealingKey, number: Int64) throws -> (epoch: Int, wrapped: [UInt8]) {
    try keys.withLock { keys in
      guard let epoch = keys.epochs.keys.max(), let above = keys.epochs[epoch] else {
        throw LedgerFault.noKeyRing(path: path)
      }
      return (epoch, try above.seal(key.bytes, context: Self.context(number)))
    }
  }

  /// Opens a key that was sealed under an epoch.
  ///
  /// - Throws: ``LedgerFault``: `damaged` if it does not open.
  func unwrap(_ wrapped: [UInt8], number: Int64, epoch: Int) throws -> SealingKey {
    let above = keys.withLock { $0.epochs[epoch] }
    guard let above else { throw LedgerFault.damaged("a key is of epoch \(epoch), which is retired") }
    guard let bytes = above.open(wrapped, context: Self.context(number)), let key = SealingKey(bytes) else {
      throw LedgerFault.damaged("a key does not open under that of its epoch \(epoch)")
    }
    return key
  }

  /// A pseudonym for indexes, 32 bytes; the purpose keeps those of different columns apart.
  package func tag(_ text: String, purpose: String) -> [UInt8] {
    keys.withLock { $0.index.tag(Packed.pack([Array(purpose.utf8), Array(text.utf8)])) }
  }

  /// What a case is called where its reference is not to stand: `c-` and 32 hexadecimal digits.
  package func pseudonym(of reference: String) -> String {
    "c-" + ContentDigest.hex(tag(reference, purpose: "case").prefix(16))
  }

  /// Seals the same keys with another root key, on the disk when this returns.
  package static func reseal(path: String, from old: SealingKey, to new: SealingKey) throws {
    let ring = try KeyRing(path: path, root: old, makesNew: false)
    try ring.keys.withLock { try Self.write($0, path: path, root: new) }
  }

  private static func context(_ number: Int64) -> String { "lawspeaker key \(number)" }
}

/// The file: a line a key, `epoch 3 BASE64` or `index 0 BASE64`.
extension KeyRing {
  /// The epochs whose keys stand in the bytes of a file, which needs no root key; more than one while an erasure is
  /// under way.
  package static func epochs(in file: [UInt8]) -> Set<Int> {
    let lines = String(decoding: file, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
    return Set(lines.compactMap { $0.count == 3 && $0[0] == "epoch" ? Int($0[1]) : nil })
  }

  private static let heading = "lawspeaker keyring 1"

  private static func read(_ text: String, path: String, root: SealingKey) throws -> Keys {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let damaged = LedgerFault.damaged("the file of keys, `\(path)`, is not whole")
    guard lines.first == heading[...], lines.last == "" else { throw damaged }
    lines.removeFirst()
    lines.removeLast()
    var index: SealingKey?
    var epochs: [Int: SealingKey] = [:]
    for line in lines {
      let words = line.split(separator: " ")
      guard words.count == 3, let number = Int(words[1]), let sealed = Data(base64Encoded: String(words[2]))
      else { throw damaged }
      let context = "lawspeaker \(words[0]) \(number)"
      guard let bytes = root.open(Array(sealed), context: context), let key = SealingKey(bytes) else {
        throw LedgerFault.wrongKey(path: path)
      }
      switch words[0] {
      case "index": index = key
      case "epoch": epochs[number] = key
      default: throw damaged
      }
    }
    guard let index, !epochs.isEmpty else { throw damaged }
    return Keys(index: index, epochs: epochs)
  }

  private func write(_ keys: Keys) throws { try Self.write(keys, path: path, root: root) }

  private static func write(_ keys: Keys, path: String, root: SealingKey) throws {
    func line(_ kind: String, _ number: Int, _ key: SealingKey) throws -> String {
      let sealed = try root.seal(key.bytes, context: "lawspeaker \(kind) \(number)")
      return "\(kind) \(number) \(Data(sealed).base64EncodedString())\n"
    }
    var text = heading + "\n" + (try line("index", 0, keys.index))
    for (number, key) in keys.epochs.sorted(by: { $0.key < $1.key }) {
      text += try line("epoch", number, key)
    }
    try SecretFile.replace(path, with: Array(text.utf8))
  }
}
