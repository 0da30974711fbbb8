// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
internal import LawspeakerCore
package import YAMLTree

extension PackArchive {
  /// Looks whether a pack lies in the archive with exactly the files that its digest names.
  ///
  /// Which file is missing or changed is told from the list of files beside them; without it, as earlier releases left
  /// the archive, only that they are not those of the digest.
  /// - Parameters:
  ///   - digest: SHA-256 over the pack's files, in hexadecimal.
  ///   - id: The pack's name, which is also its folder's.
  /// - Returns: What is wrong, by place; nothing if all is as it was archived.
  package func problems(with digest: String, id: String) -> [Diagnostic] {
    let place = folder + "/" + digest
    guard packFolders(in: place).contains(place + "/" + id) else {
      return [Diagnostic(at: SourceLocation(file: place + "/" + id), .missingFromArchive)]
    }
    var problems: [Diagnostic] = []
    for name in names(in: place) where name != id && name != Self.listName {
      problems.append(Diagnostic(at: SourceLocation(file: place + "/" + name), .notOfThePack))
    }
    let files = allFiles(below: place + "/" + id)
    let listPath = place + "/" + Self.listName
    if let list = FileManager.default.contents(atPath: listPath).map({ Array($0) }) {
      guard sha256Hex(list) == digest else {
        return problems + [Diagnostic(at: SourceLocation(file: listPath), .changedInArchive)]
      }
      return (problems + compare(files, with: list, below: place + "/" + id)).sorted()
    }
    let sound = files.compactMap { path, bytes in bytes.map { PackSource.File(path: path, bytes: $0) } }
    if sound.count != files.count || packDigest(sound) != digest {
      problems.append(Diagnostic(at: SourceLocation(file: place + "/" + id), .changedInArchive))
    }
    return problems.sorted()
  }

  /// What differs between files and a list of them.
  private func compare(_ files: [String: [UInt8]?], with list: [UInt8], below folder: String) -> [Diagnostic]
  {
    var problems: [Diagnostic] = []
    var rest = files
    for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
      let path = String(line.dropFirst(66))
      let location = SourceLocation(file: folder + "/" + path)
      guard let found = rest.removeValue(forKey: path) else {
        problems.append(Diagnostic(at: location, .fileMissingFromArchive))
        continue
      }
      if found.map(sha256Hex) != String(line.prefix(64)) {
        problems.append(Diagnostic(at: location, .fileChangedInArchive))
      }
    }
    return problems + rest.keys.map { Diagnostic(at: SourceLocation(file: folder + "/" + $0), .notOfThePack) }
  }

  /// Everything below a folder, by path; what is no file that can be read has no bytes.
  private func allFiles(below folder: String) -> [String: [UInt8]?] {
    var files: [String: [UInt8]?] = [:]
    func visit(_ relative: String) {
      for name in names(in: folder + "/" + relative) {
        let path = relative.isEmpty ? name : relative + "/" + name
        switch try? FileManager.default.attributesOfItem(atPath: folder + "/" + path)[.type]
          as? FileAttributeType
        {
        case .typeDirectory?: visit(path)
        case .typeRegular?:
          files[path] = .some(FileManager.default.contents(atPath: folder + "/" + path).map { Array($0) })
        default: files[path] = .some(nil)
        }
      }
    }
    visit("")
    return files
  }

  /// The files of an archived pack and the list of them, by path within the archive; none if it is not there.
  package func files(of digest: String) -> [String] {
    let place = folder + "/" + digest
    return allFiles(below: place).keys.sorted().map { digest + "/" + $0 }
  }
}

extension Diagnostic.Message {
  static let fileMissingFromArchive = Self(
    code: "missing-from-archive", text: "the archive lacks this file of the pack",
    hint: "restore it from a backup; past decisions under the pack cannot be replayed without it")

  static let fileChangedInArchive = Self(
    code: "changed-in-archive", text: "this is not the file that was archived",
    hint: "restore it from a backup; an archived pack never changes")

  static let notOfThePack = Self(
    code: "not-of-the-pack", text: "this was not archived with the pack",
    hint: "look who put it there, and take it away")
}
