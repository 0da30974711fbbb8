// SPDX-License-Identifier: Apache-2.0

import Foundation
public import LawspeakerCore

extension Repository {
  /// The files of a pack that comes with the program: `palermo`.
  public static func pack(_ name: String) throws -> PackSource {
    let folder = root.appendingPathComponent("rulepacks/\(name)").path
    let names = FileManager.default.subpaths(atPath: folder) ?? []
    let files = try names.filter { $0.hasSuffix(".yaml") }.map { name in
      PackSource.File(
        path: name, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
    }
    return PackSource(folder: "rulepacks/\(name)", files: files, sha256: "0" + name)
  }
}
