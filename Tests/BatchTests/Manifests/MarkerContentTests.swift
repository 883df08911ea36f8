import Batch
import Testing
import Words

/// What markers say, and what is said of wrong ones.
@Suite struct MarkerContentTests {
    static let full = """
        title: Dealers in July   # shown in the CSV
        tags: [dealers, 夏季]
        operator: Anna
        expect: 50
        engine: builtin
        """

    @Test("a marker gives title, tags, operator, expected items and engine")
    func full() throws {
        let content = try parse(Self.full)
        #expect(content.title == "Dealers in July")
        #expect(content.tags == ["dealers", "夏季"])
        #expect(content.operatorName == "Anna")
        #expect(content.expect == 50)
        #expect(content.engine == "builtin")
    }

    @Test(
        "one that is empty says nothing",
        arguments: ["", "\n \r\n", "\u{FEFF}", "# nothing\n", "title:\ntags:\nexpect: ~\n", "---\n", "null", "{}"])
    func empty(text: String) throws {
        #expect(try parse(text) == .empty)
    }

    @Test(
        "tags are a list or one text",
        arguments: [
            "tags: [a, b]", "tags: a; b", "tags: a,b", "tags: 'a ; b;'", "tags: a；b", "tags:\n- a\n- b",
            "tags: [a, 'b;a']",
            "tags: \"a\\nb\"",
        ])
    func tags(text: String) throws {
        #expect(try parse(text).tags == ["a", "b"])
    }

    @Test("it may be written by Windows' Notepad")
    func encodings() throws {
        let text = Self.full.replacing("\n", with: "\r\n")
        let units = Array(("\u{FEFF}" + text).utf16)
        let files: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8),
            units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
        ]
        for bytes in files {
            let content = try MarkerContent.parse(bytes, file: "m", engines: ["builtin"])
            #expect(content == (try parse(Self.full)))
        }
    }

    @Test(
        "a wrong marker is told with its line, its key and what to do",
        arguments: [
            ("titel: x", "line 1: titel: unknown; probably “title” is meant"),
            ("title: a\nfoo: x", "line 2: foo: unknown; known are title, tags, operator, expect, engine"),
            ("title: [a]", "line 1: title: needs a single value"),
            ("title: {a: b}", "line 1: title: needs a single value or a plain list"),
            ("\n\nexpect: many", "line 3: expect: needs a whole number from 1 to 1000000, not “many”"),
            ("expect: 0", "line 1: expect: needs a whole number"), ("expect: 1.5", "line 1: expect: needs"),
            ("expect: 99999999999999999999", "line 1: expect: needs"),
            ("engine: wav2lip", "engine: needs builtin, not"),
            ("title: \"a\\nb\"", "holds a line break"), ("operator: \"a\\u0007\"", "holds a line break"),
            ("title: \(String(repeating: "x", count: 201))", "is longer than 200 characters"),
            ("title: &friends", "line 1: title: text that begins with & or !"),
            ("title: !important", "line 1: title: text that begins with & or !"),
            ("title: a: b", "line 1: is not “key: value”"), ("title: *star", "line 1: is not “key: value”"),
            ("title: a\ntitle: b", "title stands twice"), ("done", "line 1: needs lines of the form “key: value”"),
            ("title：x", "needs lines of the form"), ("- a", "needs lines of the form"),
            ("title: a\n---\ntitle: b", "is not “key: value”"), ("[a]: b", "a key has to be a word"),
            ("\ttitle: x", "is not “key: value”"), ("? {a: b}\n: c", "a key has to be a word"),
            ("tags: [[a]]", "needs a single value or a plain list"),
        ])
    func wrong(text: String, words: String) {
        let problem = #expect(throws: Problem.self) { try parse(text) }
        #expect(problem?.reason == .badMarker)
        #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.hasPrefix("july/batch.ready: ") == true)
        #expect(problem?.text(.zh).hasSuffix("请改正，或清空其内容。") == true)
    }

    @Test(
        "hostile YAML is refused, quickly and without harm",
        arguments: [
            String(repeating: "[", count: 60_000), String(repeating: "{a: ", count: 15_000),
            String(repeating: "- ", count: 30_000), String(repeating: "? ", count: 30_000),
            "tags: " + String(repeating: "[", count: 60_000), bomb, "? \(bomb)\n: x", manyAliases,
            "title: !!python/object/apply:os.system [ls]", "title: !!binary aGFsbG8=", "title: a\u{0}b",
            "<<: {title: a}", String(repeating: "a", count: 65_537), "%YAML 9.9\n---\ntitle: a", "title: \u{1B}[31m",
        ])
    func hostile(text: String) {
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(throws: Problem.self) { try parse(text) }
        }
        #expect(time < .seconds(2))
    }

    @Test(
        "bytes that are no text are refused",
        arguments: [
            ([0xFF, 0xFE, 0x41], "is not saved as UTF-8"), ([0xC3, 0x28], "is not saved as UTF-8"),
            ([0xB1, 0xE0], "is not saved as UTF-8"), ([0x00], "is no text file"),
        ])
    func noText(bytes: [UInt8], words: String) {
        let problem = #expect(throws: Problem.self) { try MarkerContent.parse(bytes, file: "m", engines: []) }
        #expect(problem?.message.contains(words) == true && problem?.message.contains("Excel") == false)
    }

    /// Ten anchors of ten aliases each: ten thousand million values.
    static let bomb =
        "a0: &a0 [x]\n"
        + (1...10).map { level in
            "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ","))]\n"
        }.joined()

    /// A key that takes long to compare.
    static let manyAliases =
        "tags: &a [\(String(repeating: "x,", count: 10_000))x]\n? [\(String(repeating: "*a, ", count: 9_000))*a]\n: x\n"

    private func parse(_ text: String) throws -> MarkerContent {
        try MarkerContent.parse(Array(text.utf8), file: "july/batch.ready", engines: ["builtin"])
    }
}
