import StrictYAML
import Testing
import Words

/// The one reader of YAML.
@Suite struct StrictYAMLTests {
    @Test("entries come in the file's order, with their lines")
    func entries() throws {
        let entries = try read("# first\ntwo: [x, \"y: z\"]\n\none: 'it''s'\nthree:\n- a\n- b\n")
        #expect(entries.map(\.key) == ["two", "one", "three"])
        #expect(entries.map(\.line) == [2, 4, 5])
        #expect(
            entries.map(\.value) == [
                SettingValue(list: ["x", "y: z"]), SettingValue(text: "it's"), SettingValue(list: ["a", "b"]),
            ])
    }

    @Test("a problem names file, line and key in either language")
    func problem() {
        let problem = #expect(throws: ConfigurationProblem.self) { try read("one: 1\ntwoo: 2\n") }
        #expect(problem?.text(.en) == "f.yaml, line 2: twoo: unknown; probably “two” is meant")
        #expect(problem?.text(.zh) == "f.yaml 第 2 行：twoo：未知；可能应为“two”")
        #expect(problem?.description == problem?.text(.en))
    }

    @Test("the line of a key that stands twice is the second's", arguments: ["one", "\"one\"", "one "])
    func twice(key: String) {
        let problem = #expect(throws: ConfigurationProblem.self) { try read("one: 1\n\ntwo: 2\n\(key): 3\n") }
        #expect(problem?.line == 4)
        #expect(problem?.text(.en).contains("one stands twice") == true)
    }

    @Test("a value that YAML takes for a comment is not lost without a word")
    func comments() throws {
        for text in ["one: 1\ntwo: #112233\n", "one: 1\ntwo: #EDEDED # grey\n", "one: 1\ntwo:   #1 hit"] {
            let problem = #expect(throws: ConfigurationProblem.self) { try read(text) }
            #expect(problem?.description.hasPrefix("f.yaml, line 2: two: has no value, for # begins") == true)
        }
        for text in ["one: # 1", "one: #optional", "one: '' # 1", "one:\n"] {
            #expect(try read(text).map(\.value) == [SettingValue(text: "")])
        }
    }

    @Test("no guess is made for names of one or two letters")
    func guesses() {
        #expect(Spelling.nearest(to: "ab", among: ["abc", "b"]) == nil)
        #expect(Spelling.nearest(to: "abd", among: ["abc", "b"]) == "abc")
    }

    @Test("what is no text is told apart from other encodings")
    func noText() {
        let files: [([UInt8], String)] = [([0x6F, 0, 1], "is no text file"), ([0xC3, 0x28], "is not saved as UTF-8")]
        for (bytes, words) in files {
            let problem = #expect(throws: ConfigurationProblem.self) {
                try StrictYAML.entries(of: bytes, file: "f.yaml", known: ["one"])
            }
            #expect(problem?.description.contains(words) == true && problem?.description.contains("Excel") == false)
        }
    }

    @Test("a value with a problem of YAML's own is told with its line")
    func syntax() {
        for (text, line) in [("one: 1\ntwo: [\n", 3), ("one: 1\ntwo: a: b\n", 2), ("one: *a\n", 1), ("\none: @x\n", 2)]
        {
            let problem = #expect(throws: ConfigurationProblem.self) { try read(text) }
            #expect(problem?.line == line, "\(text): \(problem?.description ?? "")")
        }
    }

    @Test("64 KiB of nothing but nesting are refused")
    func depth() {
        let texts = ["[", "{a: ", "- ", "? ", "one: [", "{? ", "- ? - "].map {
            String(repeating: $0, count: 65_536 / $0.utf8.count)
        }
        for text in texts {
            #expect(throws: ConfigurationProblem.self) { try read(text) }
        }
        // block collections within each other by ever deeper lines
        let stairs = (0..<350).map { String(repeating: " ", count: $0) + "one:" }.joined(separator: "\n")
        #expect(throws: ConfigurationProblem.self) { try read(stairs) }
    }

    @Test("what is written is read again as it was", arguments: 1...20 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let pieces = [
            "a", "9", " ", "-", ":", "#", "\"", "'", "\\", "[", "]", "{", ",", "*", "!", "%", "@", "~", "null",
        ]
        let odd = [
            "\n", "\t", "\r\n", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FFFE}", "\u{FFFF}", "中", "😀",
            "e\u{301}",
        ]
        for _ in 0..<200 {
            let texts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                (0..<Int.random(in: 0...8, using: &random))
                    .map { _ in (pieces + odd).randomElement(using: &random) ?? "" }.joined()
            }
            for value in [SettingValue(list: texts), SettingValue(text: texts[0])] {
                let entries = try read("one: \(value.yaml)\n")
                #expect(entries.map(\.value) == [value], "\(value.yaml) \(entries.map(\.value.yaml))")
            }
        }
    }

    private func read(_ text: String) throws -> [StrictYAML.Entry] {
        try StrictYAML.entries(of: Array(text.utf8), file: "f.yaml", known: ["one", "two", "three"])
    }
}

/// SplitMix64: the same seed gives the same values on every machine.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
