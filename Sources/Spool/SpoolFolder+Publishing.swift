// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// One rendering of a decision.
package struct DecisionFile: Hashable, Sendable {
  /// What follows the version in the file's name: `json`, `en.md`.
  package var suffix: String
  package var bytes: [UInt8]

  package init(suffix: String, bytes: [UInt8]) {
    self.suffix = suffix
    self.bytes = bytes
  }
}

extension SpoolFolder {
  /// Puts out a decision as `decisions/<case>/<version>.<suffix>`, each file whole, and `latest.<suffix>` links.
  ///
  /// Doing it again with the same bytes changes nothing. A `latest` that names a newer version stays. Nothing is on
  /// the disk for certain before ``sync()``.
  /// The reference is `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, versions count from 1.
  /// - Throws: ``SpoolFault``; for a reference or suffix that is no such name, as `invalidArgument`.
  package func publish(case reference: String, version: Int, files: [DecisionFile]) throws(SpoolFault) {
    let folder = try folder(for: reference, in: decisions)
    for file in files {
      guard isCaseReference(file.suffix), version > 0 else {
        throw SpoolFault(.write, "\(folder.path)/\(version).\(SpoolName(file.suffix).text)", .invalidArgument)
      }
      try folder.publish(file.bytes, as: SpoolName("\(version).\(file.suffix)"))
      let latest = SpoolName("latest.\(file.suffix)")
      if let present = try folder.destination(of: latest)?.leadingNumber, present >= version { continue }
      try folder.link(latest, to: SpoolName("\(version).\(file.suffix)"))
    }
  }

  /// Opens the folder of a case, making it where it is missing.
  func folder(for reference: String, in parent: Folder) throws(SpoolFault) -> Folder {
    guard isCaseReference(reference) else {
      throw SpoolFault(.createFolder, "\(parent.path)/\(SpoolName(reference).text)", .invalidArgument)
    }
    return try parent.folder(reference, create: true)
  }
}

extension SpoolName {
  /// The number before the first dot, as in `12.json`.
  var leadingNumber: Int? {
    Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self))
  }
}
