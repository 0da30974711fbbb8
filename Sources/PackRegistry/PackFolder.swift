// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LawspeakerCore
package import YAMLTree

/// The most files and bytes that a pack may have.
private let maximumFiles = 1_000
private let maximumBytes = 16 << 20

/// Reads the files of one pack, without opinion on what they say.
///
/// Hidden files, editors' copies (`~`), the change log and maps between laws (`comparisons/`, decision 048) are left out:
/// they do not belong to the pack's digest.
/// - Throws: ``PackRejected`` if the folder holds links, objects that are no files, or too much.
package func readPackFolder(_ path: String) throws(PackRejected) -> PackSource {
  var problems: [Diagnostic] = []
  var files: [PackSource.File] = []
  var bytes = 0
  func visit(_ relative: String, depth: Int) {
    for name in names(in: path + "/" + relative)
    where !isLeftOut(name) && !(depth == 0 && name == "comparisons") {
      let file = relative.isEmpty ? name : relative + "/" + name
      let full = path + "/" + file
      let type = try? FileManager.default.attributesOfItem(atPath: full)[.type] as? FileAttributeType
      switch type {
      case .typeDirectory? where depth == 0 || depth == 1 && relative == "text": visit(file, depth: depth + 1)
      case .typeRegular?:
        let size = (try? FileManager.default.attributesOfItem(atPath: full)[.size] as? Int) ?? 0
        bytes += size
        if files.count >= maximumFiles || bytes > maximumBytes {
          problems = [Diagnostic(at: SourceLocation(file: path), .packTooLarge)]
          return
        }
        guard let content = FileManager.default.contents(atPath: full) else {
          problems.append(Diagnostic(at: SourceLocation(file: full), .unreadableFile))
          continue
        }
        files.append(.init(path: file, bytes: Array(content)))
      default: problems.append(Diagnostic(at: SourceLocation(file: full), .notAPlainFile))
      }
    }
  }
  visit("", depth: 0)
  guard problems.isEmpty else { throw PackRejected(diagnostics: problems.sorted()) }
  return PackSource(folder: path, files: files, sha256: packDigest(files))
}

/// The folders of packs below a folder, by name.
package func packFolders(in path: String) -> [String] {
  names(in: path).filter { !isLeftOut($0) }.map { path + "/" + $0 }.filter { folder in
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }
}

func names(in folder: String) -> [String] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

private func isLeftOut(_ name: String) -> Bool {
  name.hasPrefix(".") || name.hasSuffix("~") || name == "CHANGELOG.md" || name.hasSuffix(".diagnostics")
}

extension Diagnostic.Message {
  static let packTooLarge = Self(
    code: "pack-too-large", text: "the pack has more than \(maximumFiles) files or \(maximumBytes) bytes")

  static let unreadableFile = Self(code: "unreadable-file", text: "the file cannot be read")

  static let notAPlainFile = Self(
    code: "not-a-plain-file", text: "this is neither a file nor one of the folders of a pack",
    hint: "a pack holds no links and no folders but `tests`, `text` with one a language, and `comparisons`")

  static let noPacks = Self(
    code: "no-packs", text: "the folder holds no packs", hint: "each pack is a folder with a `pack.yaml`")

  /// A version number that stands for other bytes in the archive.
  package static func versionTaken(_ id: String, _ version: String) -> Self {
    .init(
      code: "version-taken", text: "version `\(version)` of `\(id)` is archived with other content",
      hint: "bump the version: an archived version never changes")
  }
}
