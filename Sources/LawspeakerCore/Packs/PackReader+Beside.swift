// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// What lies in the folders of a pack: its words in each language and its tests.
extension PackReader {
  mutating func readBeside(into pack: inout RulePack?) {
    var words: [Language: TextGathering] = [:]
    for file in source.files where file.path.contains("/") {
      let parts = file.path.split(separator: "/").map(String.init)
      let isYAML = parts.last?.hasSuffix(".yaml") == true
      switch (parts[0], parts.count) {
      case ("text", 2) where isYAML: readText(file, String(parts[1].dropLast(5)), into: &words)
      case ("text", 3) where isYAML: readText(file, parts[1], into: &words)
      case ("tests", 2) where isYAML:
        var reader = TreeReader(file: place(file.path).file)
        pack?.tests += document(file, .many).compactMap { reader.packTest($0) }
        problems += reader.problems
      case ("comparisons", 2) where isYAML: break  // maps between laws; nothing is decided by them
      default: problems.append(Diagnostic(at: place(file.path), .strayFile(file.path)))
      }
    }
    let isSoundSoFar = problems.isEmpty
    for language in Language.allCases {
      if let gathered = words[language] {
        pack?.texts[language] = gathered.texts
        if let pack { problems += gathered.gaps(in: pack, areBodiesKnown: isEveryBodyKnown(in: pack)) }
      } else if isSoundSoFar, pack != nil {
        problems.append(Diagnostic(at: place("text/\(language.rawValue).yaml"), .missingLanguage(language)))
        pack?.texts[language] = PackTexts()
      }
    }
  }

  private func isEveryBodyKnown(in pack: RulePack) -> Bool {
    declared("rules").count == pack.rules.count && declared("duties").count == pack.duties.count
  }

  /// Reads one file of words; those of one language may stand in several.
  private mutating func readText(
    _ file: PackSource.File, _ code: String, into words: inout [Language: TextGathering]
  ) {
    guard let language = Language(rawValue: code) else {
      problems.append(Diagnostic(at: place(file.path), .unknownLanguage(code)))
      return
    }
    guard let root = document(file).first else { return }
    var reader = TreeReader(file: place(file.path).file)
    var gathering = words[language] ?? TextGathering(place: reader.location(root.mark))
    reader.packTexts(root, declared: declared, into: &gathering)
    words[language] = gathering
    problems += reader.problems
  }
}
