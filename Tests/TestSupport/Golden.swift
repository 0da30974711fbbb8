// SPDX-License-Identifier: Apache-2.0

public import Foundation

/// Where the tests find their files.
public enum Repository {
  /// The folder of `Package.swift`.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
  /// `Tests/Fixtures`.
  public static let fixtures = root.appendingPathComponent("Tests/Fixtures")

  /// The names of what lies in a folder below `Tests/Fixtures`, sorted.
  public static func fixtures(in folder: String, ending suffix: String = "") -> [String] {
    let path = fixtures.appendingPathComponent(folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
  }
}

/// Compares text with a golden file as bytes; with `LAWSPEAKER_RECORD=1` the file is written instead.
///
/// - Parameters:
///   - text: What there is now.
///   - path: The golden file below `Tests/Fixtures`.
/// - Returns: What differs, to be shown by the test; nil if nothing does.
/// - Throws: Whatever keeps the file from being written.
public func differenceFromGolden(_ text: String, _ path: String) throws -> String? {
  let file = Repository.fixtures.appendingPathComponent(path)
  if ProcessInfo.processInfo.environment["LAWSPEAKER_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return nil
  }
  let expected = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  if let expected, Array(expected.utf8) == Array(text.utf8) { return nil }
  return
    "\(path) differs (LAWSPEAKER_RECORD=1 rewrites it)\nexpected:\n\(expected ?? "no such file")\nfound:\n\(text)"
}
