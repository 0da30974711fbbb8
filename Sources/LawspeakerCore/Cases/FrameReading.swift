// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// Who recorded a case, and under which circumstances.
extension CaseReader {
  mutating func frame(_ node: YAMLNode) -> CaseFrame? {
    let optional = [
      "recorded_by", "danger_now", "language", "interpreter", "heard", "references", "safe_to_share",
    ]
    guard let form = tree.form(node, "`frame`", optional: optional) else { return nil }
    return CaseFrame(
      recordedBy: form["recorded_by"].flatMap { tree.role($0, "`recorded_by`") },
      isInDangerNow: form["danger_now"].flatMap { tree.yesNo($0, "`danger_now`") },
      language: form["language"].flatMap { language($0) },
      interpreter: form["interpreter"].flatMap { tree.role($0, "`interpreter`") },
      heardOn: form["heard"].flatMap { heardOn($0) },
      references: form["references"].flatMap { documents($0) } ?? [],
      isSafeToShare: form["safe_to_share"].flatMap { tree.yesNo($0, "`safe_to_share`") } ?? false)
  }

  private mutating func heardOn(_ node: YAMLNode) -> CivilDate? {
    tree.form(node, "`heard`", required: ["on"])?["on"].flatMap { tree.date($0, "`on`") }
  }

  /// A tag of letters, then parts of letters and digits with `-` between them (RFC 5646, section 2.1).
  private mutating func language(_ node: YAMLNode) -> String? {
    guard let text = tree.text(node, "`language`") else { return nil }
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isTag = parts.enumerated().allSatisfy { number, part in
      let hasDigit = part.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      return (number == 0 ? 2 : 1)...8 ~= part.count && part.allSatisfy(isLetterOrDigit)
        && (number > 0 || !hasDigit)
    }
    if isTag, parts.count <= 8 { return text }
    tree.report(.badLanguage, at: node.mark)
    return nil
  }

  private mutating func documents(_ node: YAMLNode) -> [CaseFrame.Document]? {
    tree.list(node, "`references`")?.compactMap { item in
      guard let form = tree.form(item, "a document", required: ["id"], optional: ["sha256"]) else {
        return nil
      }
      let id = form["id"].flatMap { documentID($0) }
      let sha256 = form["sha256"].flatMap { digest($0) }
      return id.map { .init(id: $0, sha256: sha256) }
    }
  }

  private mutating func documentID(_ node: YAMLNode) -> String? {
    guard let text = tree.text(node, "`id`") else { return nil }
    if isDocumentID(text) { return text }
    tree.report(.badDocument, at: node.mark)
    return nil
  }

  private mutating func digest(_ node: YAMLNode) -> String? {
    guard let text = tree.text(node, "`sha256`") else { return nil }
    let isHexadecimal = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    if isHexadecimal, text.utf8.count == 64 { return text }
    tree.report(.badDigest("`sha256`"), at: node.mark)
    return nil
  }
}

/// `[A-Za-z0-9][A-Za-z0-9._/:-]{0,63}`: the reference of a document or of an entry in a journal.
func isDocumentID(_ text: String) -> Bool {
  let punctuation = Array("._-/:".utf8)
  let isPlain = text.utf8.allSatisfy { isLetterOrDigit($0) || punctuation.contains($0) }
  return isPlain && text.utf8.count <= 64 && text.utf8.first.map(isLetterOrDigit) == true
}
