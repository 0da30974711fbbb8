// SPDX-License-Identifier: Apache-2.0
import Testing
import YAMLTree

@Suite("Refusing what hides or doubles meaning") struct ConstructRefusalTests {
  @Test("an anchor is refused where it is set, also on a list, a mapping or a key") func anchors() {
    #expect(problems("a: &x 1\n") == ["1:4 anchor"])
    #expect(problems("a: &x [1]\nb: &y\n  c: 1\n") == ["1:4 anchor", "2:4 anchor"])
    #expect(problems("&x a: 1\n") == ["1:1 anchor"])
  }

  @Test("an alias is refused where it is used, even if nothing bears its name") func aliases() {
    #expect(problems("a: *x\n") == ["1:4 alias"])
    #expect(problems("a: [*x, *y]\n") == ["1:5 alias", "1:9 alias"])
  }

  @Test("two aliases as keys are two aliases and not one key twice") func aliasKeys() {
    #expect(problems("*x : 1\n*y : 2\n") == ["1:1 alias", "2:1 alias"])
  }

  @Test(
    "a tag is refused, whether short, long, a name of ones own or empty",
    arguments: ["!!str", "!<tag:yaml.org,2002:str>", "!mine", "!"])
  func tags(tag: String) {
    #expect(problems("a: \(tag) 1\n") == ["1:4 tag"])
    #expect(problems("a: \(tag) [1]\nb: \(tag) {c: 1}\n") == ["1:4 tag", "2:4 tag"])
  }

  @Test("a %TAG directive is refused even if no tag follows, a %YAML directive is not") func directives() {
    #expect(problems("%TAG !e! tag:example.com,2000:\n---\na: 1\n") == ["1:1 tag"])
    #expect(problems("%YAML 1.2\n---\na: 1\n") == [])
  }

  @Test("a merge key is refused if plain, and is a key like others in quotes") func mergeKeys() {
    #expect(problems("a: 1\n<<: {b: 2}\n") == ["2:1 merge-key"])
    #expect(problems("<<: {a: 1}\n<<: {b: 2}\n") == ["1:1 merge-key", "2:1 merge-key"])
    #expect(problems("'<<': 1\n") == [])
    #expect(problems("- <<\n") == [])
  }

  @Test("a key that stands twice in one mapping is refused, and named with its first line")
  func duplicateKeys() {
    let found = diagnostics(Array("a: 1\nb: 2\n\"a\": 3\na: 4\n".utf8))

    #expect(
      found.map(\.description) == [
        "case.yaml:3:1: error: the key `a` stands here for the second time (first on line 1) [duplicate-key]",
        "case.yaml:4:1: error: the key `a` stands here for the second time (first on line 3) [duplicate-key]",
      ])
  }

  @Test("the same key may stand in two mappings, one inside the other too") func sameKeyElsewhere() {
    #expect(problems("a: {a: 1}\nb: [{a: 1}, {a: 2}]\n") == [])
    #expect(problems("{a: 1, b: {a: 1, a: 2}}\n") == ["1:18 duplicate-key"])
  }

  @Test("keys are compared as bytes: a composed letter and a decomposed one are two keys")
  func composedKeys() throws {
    let tree = try read("\u{E9}: one\ne\u{301}: two\n")

    #expect(tree.entries.map(\.value.text) == ["one", "two"])
    #expect(tree["\u{E9}"]?.text == "one")
    #expect(tree["e\u{301}"]?.text == "two")
  }

  @Test(
    "a key that is a list or a mapping is refused",
    arguments: ["? [a]\n: 1\n", "? {a: 1}\n: 1\n", "? - a\n: 1\n"])
  func collectionKeys(text: String) {
    #expect(problems(text) == ["1:3 key-not-a-name"])
    #expect(problems("{[a]: 1, {b}: 2}\n") == ["1:2 key-not-a-name", "1:10 key-not-a-name"])
  }

  @Test("a second document is refused where one is expected, and read where many are")
  func severalDocuments() throws {
    let text = "a: 1\n---\nb: 2\n...\n---\nc: 3\n"

    #expect(problems(text) == ["2:1 several-documents"])
    let roots = try readYAML(Array(text.utf8), file: "case.yaml", documents: .many)
    #expect(roots.map { $0.entries.map(\.key) } == [["a"], ["b"], ["c"]])
  }

  @Test(
    "a file that holds nothing is refused where one document is expected",
    arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}", "   "])
  func empty(text: String) throws {
    #expect(problems(text) == ["1:1 empty-file"])
    #expect(try readYAML(Array(text.utf8), file: "case.yaml", documents: .many).isEmpty)
  }

  @Test("all problems are told at once, in the order of the file") func allAtOnce() {
    let text = """
      a: &x 1
      b: {c: *x, c: !!str 2}
      ? [d]
      : 3
      <<: 4
      a: 5
      """

    #expect(
      problems(text) == [
        "1:4 anchor", "2:8 alias", "2:12 duplicate-key", "2:15 tag", "3:3 key-not-a-name", "5:1 merge-key",
        "6:1 duplicate-key",
      ])
  }

  @Test("two problems of one place are told in the order of their codes") func samePlace() {
    #expect(problems("a: !t &x 1\n") == ["1:4 anchor", "1:4 tag"])
    #expect(problems("? &x [a]\n: 1\n") == ["1:3 anchor", "1:3 key-not-a-name"])
  }

  @Test("what was found before the text broke is told too") func beforeSyntax() {
    #expect(problems("a: &x 1\nb: [\n") == ["1:4 anchor", "3:1 yaml-syntax"])
  }
}

@Suite("Refusing what is no text or no YAML") struct TextRefusalTests {
  @Test(
    "a break of UTF-8 is placed at its first byte",
    arguments: [
      [0xFF], [0xC3], [0xC0, 0xAF], [0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ] as [[UInt8]])
  func invalidUTF8(broken: [UInt8]) {
    #expect(problems(Array("a: 1\nå𐐷: ".utf8) + broken + Array("x\n".utf8)) == ["2:5 invalid-utf8"])
    #expect(problems(Array("å: ".utf8) + broken) == ["1:4 invalid-utf8"])
  }

  @Test("a file in UTF-16 is no UTF-8") func utf16() {
    #expect(problems([0xFF, 0xFE, 0x61, 0xD8]) == ["1:1 invalid-utf8"])
    #expect(problems([0xFF, 0xFE, 0x61, 0x00]) == ["1:4 nul-byte"])
  }

  @Test("a NUL is refused where it stands, and nothing after it is read") func nul() {
    #expect(problems("a: 1\nå: \0&x\n") == ["2:4 nul-byte"])
  }

  @Test(
    "a control character is refused where it stands",
    arguments: [0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x9F] as [UInt8])
  func controls(code: UInt8) {
    let control = String(Unicode.Scalar(code))

    #expect(problems("a: 1\nå: \"å\(control)\"\n") == ["2:6 yaml-syntax"])
  }

  @Test(
    "what breaks YAML's grammar is refused where it breaks",
    arguments: [
      ("a: b: c\n", "1:5"), ("\ta: 1\n", "1:1"), ("a: @b\n", "1:4"), ("a: `b\n", "1:4"),
      ("a: \"\\q\"\n", "1:5"),
      ("a: 'x\n", "2:1"), ("[1, 2\n", "2:1"), ("a: 1\n b: 2\n", "2:3"), ("a: 1\n]\n", "2:1"),
    ])
  func syntax(text: String, place: String) {
    #expect(problems(text) == ["\(place) yaml-syntax"])
  }

  @Test("a syntax error says in libyaml's words what it is") func syntaxWords() {
    let found = diagnostics(Array("a: b: c\n".utf8))

    #expect(
      found.map(\.description) == [
        "case.yaml:1:5: error: this cannot be read as YAML: "
          + "mapping values are not allowed in this context [yaml-syntax]"
      ])
  }
}

@Suite("The text of a diagnostic") struct DiagnosticTextTests {
  @Test(
    "never repeats a value",
    arguments: [
      "a: &x SECRET\n", "a: *SECRET\n", "a: !SECRET SECRET\n", "a: SECRET\na: SECRET\n", "<<: SECRET\n",
      "? [SECRET]\n: SECRET\n", "SECRET\n---\nSECRET\n", "a: SECRET: SECRET\n", "a: [SECRET\n",
      "a: 'SECRET\n",
      "a: \"SECRET\\q\"\n", "a: @SECRET\n", "- SECRET\nSECRET\n", "a: SECRET\n  SECRET: SECRET\n", "SECRET\0",
      "a: SECRET\u{7}\n", "%SECRET\n---\na\n", "%TAG !SECRET! SECRET:\n--- 1\n", "a: |SECRET\n  x\n",
    ])
  func values(text: String) {
    var limits = YAMLLimits()
    limits.scalarBytes = 8

    let found = diagnostics(Array(text.utf8)) + diagnostics(Array("a: SECRETSECRET\n".utf8), limits: limits)

    #expect(found.count >= 2)
    #expect(!found.contains { $0.description.contains("SECRET") })
  }

  @Test("is one line, even if a key that it names is not") func oneLine() {
    let key = #""two\nlines\e[2J\u2028\u202Ereversed""#

    let found = diagnostics(Array("\(key): 1\n\(key): 2\n".utf8))

    #expect(
      found.map(\.message.text) == [
        #"the key `two\u{A}lines\u{1B}[2J\u{2028}\u{202E}reversed` "#
          + "stands here for the second time (first on line 1)"
      ])
  }

  @Test("says the way out on a line of its own") func hint() {
    let found = diagnostics(Array("a: &x 1\n".utf8))

    #expect(
      found.map(\.description) == [
        "case.yaml:1:4: error: anchors (`&name`) are not read [anchor]\n"
          + "    hint: write the value out where it is needed"
      ])
  }
}
