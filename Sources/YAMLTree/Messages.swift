// SPDX-License-Identifier: Apache-2.0

/// Every sentence that the YAML reader can say. What a person wrote as a value is never repeated: it may be about a case.
extension Diagnostic.Message {
  static func tooManyBytes(limit: Int) -> Self {
    .init(code: "file-too-large", text: "the file is larger than \(limit) bytes")
  }

  static let invalidUTF8 = Self(
    code: "invalid-utf8", text: "the bytes here are not valid UTF-8", hint: "save the file as UTF-8")

  static let nulByte = Self(
    code: "nul-byte", text: "the file contains a NUL byte", hint: "save it as plain text in UTF-8")

  static let invisibleBreak = Self(
    code: "invisible-break", text: "a character here breaks the line and cannot be seen in most editors",
    hint: "remove it (U+0085, U+2028 or U+2029), or break the line in the ordinary way")

  static func syntax(_ problem: String) -> Self {
    .init(code: "yaml-syntax", text: "this cannot be read as YAML: \(problem)")
  }

  static func tooDeep(limit: Int) -> Self {
    .init(code: "too-deep", text: "the nesting is deeper than \(limit)")
  }

  static func tooManyNodes(limit: Int) -> Self {
    .init(code: "too-many-nodes", text: "the file holds more than \(limit) values")
  }

  static func scalarTooLong(limit: Int) -> Self {
    .init(code: "value-too-long", text: "a value is longer than \(limit) bytes")
  }

  static let anchor = Self(
    code: "anchor", text: "anchors (`&name`) are not read", hint: "write the value out where it is needed")

  static let alias = Self(
    code: "alias", text: "aliases (`*name`) are not read", hint: "write the value out where it is needed")

  static let tag = Self(
    code: "tag", text: "tags (`!name`) are not read", hint: "leave the tag out; the grammar gives the type")

  static let mergeKey = Self(
    code: "merge-key", text: "merge keys (`<<`) are not read", hint: "write the entries out")

  static let keyNotPlain = Self(
    code: "key-not-a-name", text: "a key must be a single value")

  static func duplicateKey(_ key: String, firstLine: Int) -> Self {
    .init(
      code: "duplicate-key",
      text: "the key `\(key)` stands here for the second time (first on line \(firstLine))")
  }

  static func tooManyProblems(limit: Int) -> Self {
    .init(
      code: "too-many-problems", text: "more than \(limit) problems; the rest of the file was not looked at")
  }

  static let noDocument = Self(code: "empty-file", text: "the file is empty")

  static let severalDocuments = Self(
    code: "several-documents", text: "a second document begins here, where one is expected",
    hint: "put it into a file of its own")
}
