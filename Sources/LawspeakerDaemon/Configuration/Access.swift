// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What somebody may do with the daemon; root and the daemon's own user may do all.
package enum AccessRight: String, CaseIterable, Sendable {
  /// Hand in case files; where nobody has this right, whoever may write the folder has.
  case submit
  /// Read cases and decisions.
  case read
  /// Activate packs and return to earlier ones.
  case packs
  /// Read the ledger and what proves it.
  case audit
  /// Keep the service going: state, backups, erasure that is due.
  case operate
}

extension TreeReader {
  /// The groups of each right: one name, or a list of names.
  mutating func access(_ node: YAMLNode) -> [AccessRight: [String]] {
    let rights = AccessRight.allCases.map(\.rawValue)
    guard let form = form(node, "`access`", optional: rights) else { return [:] }
    var access: [AccessRight: [String]] = [:]
    for right in AccessRight.allCases {
      access[right] = form[right.rawValue].flatMap { groups($0, "`\(right.rawValue)`") }
    }
    return access
  }

  private mutating func groups(_ node: YAMLNode, _ what: String) -> [String]? {
    guard case .sequence(let items) = node.content else { return group(node, what).map { [$0] } }
    if items.isEmpty { report(.noGroup(what), at: node.mark) }
    return items.compactMap { group($0, what) }
  }

  /// A group's name by its form; whether this machine has it shows when somebody asks.
  private mutating func group(_ node: YAMLNode, _ what: String) -> String? {
    guard let name = text(node, what) else { return nil }
    if isGroupName(name) { return name }
    report(.notAGroup(name), at: node.mark)
    return nil
  }
}

/// True for `[a-z_][a-z0-9_-]*`.
private func isGroupName(_ name: String) -> Bool {
  func mayBegin(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte) }
  guard let first = name.utf8.first, mayBegin(first) else { return false }
  return name.utf8.allSatisfy { mayBegin($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
}
