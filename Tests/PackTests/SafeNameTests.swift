import Foundation
import Pack
import Testing
import Words

@Suite struct SafeNameTests {
    /// What is given, what it becomes.
    static let table: [(String, String)] = [
        ("001 Anna.mp4", "001 Anna.mp4"),
        ("vip/003.mp4", "vip/003.mp4"),
        ("视频 🎬 ñ.mp4", "视频 🎬 ñ.mp4"),
        ("👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿.mp4", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿.mp4"),
        (".hidden.mp4", ".hidden.mp4"),
        (" a b.mp4", " a b.mp4"),
        ("Cafe\u{301}.mp4", "Caf\u{E9}.mp4"),
        ("a<b>c:d\"e|f?g*h\\i.mp4", "a_b_c_d_e_f_g_h_i.mp4"),
        (">\u{338}.mp4", "\u{226F}.mp4"),
        ("a:\u{301}.mp4", "a_\u{301}.mp4"),
        ("tab\tnewline\nnul\0del\u{7F}c1\u{85}.mp4", "tab_newline_nul_del_c1_.mp4"),
        ("evil\u{202E}4pm.mp4", "evil_4pm.mp4"),
        ("\u{FEFF}bom\u{2028}\u{FFFF}.mp4", "_bom__.mp4"),
        ("=1+1.mp4", "_1+1.mp4"), ("+a.mp4", "_a.mp4"), ("-a.mp4", "_a.mp4"), ("@a.mp4", "_a.mp4"),
        ("vip/-a.mp4", "vip/_a.mp4"),
        ("-\u{301}a.mp4", "_\u{301}a.mp4"),
        ("CON.mp4", "_CON.mp4"), ("con.mp4", "_con.mp4"), ("nul", "_nul"), ("Aux.tar.mp4", "_Aux.tar.mp4"),
        ("com1 .mp4", "_com1 .mp4"), ("LPT9.mp4", "_LPT9.mp4"), ("COM².mp4", "_COM².mp4"), ("PRN/a.mp4", "_PRN/a.mp4"),
        ("CON ", "CON_"), ("COM0.mp4", "COM0.mp4"), ("CONSOLE.mp4", "CONSOLE.mp4"), ("com10.mp4", "com10.mp4"),
        ("folder. . /a.mp4", "folder____/a.mp4"),
        ("a .mp4", "a .mp4"),
        ("./a.mp4", "_/a.mp4"), ("../../a.mp4", "__/__/a.mp4"), ("/a.mp4", "_/a.mp4"), ("a//b.mp4", "a/_/b.mp4"),
        ("", "_"), ("/", "_/_"), ("...", "___"),
        ("metadata.csv", "metadata (2).csv"), ("Metadata.CSV/a.mp4", "Metadata.CSV_/a.mp4"),
    ]

    @Test("each rule by itself", arguments: table)
    func rules(original: String, expected: String) {
        let result = SafeName.assign([original])
        #expect(result.map { Array($0.name.utf8) } == [Array(expected.utf8)])
        #expect((result[0].note == nil) == original.utf8.elementsEqual(expected.utf8))
    }

    /// Several names together, in the order of the bytes.
    static let clashes: [([String], [String])] = [
        (["A.mp4", "a.mp4"], ["A.mp4", "a (2).mp4"]),
        (["A.mp4", "a (2).mp4", "a.mp4"], ["A.mp4", "a (2).mp4", "a (3).mp4"]),
        (["*.mp4", "?.mp4", "_ (2).mp4"], ["_.mp4", "_ (3).mp4", "_ (2).mp4"]),
        (["Cafe\u{301}.mp4", "Caf\u{E9}.mp4"], ["Caf\u{E9}.mp4", "Caf\u{E9} (2).mp4"]),
        (
            ["STRASSE.mp4", "straße.mp4", "stra\u{1E9E}e.mp4"],
            ["STRASSE.mp4", "straße (2).mp4", "stra\u{1E9E}e (3).mp4"]
        ),
        (["V/a.mp4", "v/A.mp4", "v/b.mp4"], ["V/a.mp4", "v/A (2).mp4", "v/b.mp4"]),
        (["a.mp4", "a.mp4/b.mp4"], ["a (2).mp4", "a.mp4/b.mp4"]),
        (["X/y/z.mp4", "x", "x/Y"], ["X/y/z.mp4", "x (2)", "x/Y (2)"]),
        (["a\u{200B}.mp4", "a\u{200C}.mp4"], ["a\u{200B}.mp4", "a\u{200C} (2).mp4"]),
        (["same.mp4", "same.mp4"], ["same.mp4", "same (2).mp4"]),
    ]

    @Test("of names that agree the first in byte order stays, whatever the order they come in", arguments: clashes)
    func clash(originals: [String], expected: [String]) {
        func assign(_ order: [Int]) -> [[UInt8]] {
            let names = SafeName.assign(order.map { originals[$0] })
            return order.indices.sorted { order[$0] < order[$1] }.map { Array(names[$0].name.utf8) }
        }
        let order = Array(originals.indices)
        #expect(assign(order) == expected.map { Array($0.utf8) })
        if Set(originals.map { Array($0.utf8) }).count == originals.count {
            #expect(assign(order.reversed()) == expected.map { Array($0.utf8) })
        }
    }

    @Test("names that are not UTF-8 lose only the bytes that are not")
    func notUTF8() {
        let names = SafeName.assign([
            Array("a".utf8) + [0xFF] + Array(".mp4".utf8), Array("a".utf8) + [0xFE] + Array(".mp4".utf8),
        ])
        #expect(names.map(\.name) == ["a_ (2).mp4", "a_.mp4"])
        #expect(
            names.map { $0.note?.en } == [
                "renamed in the ZIP: it is not valid UTF-8; another one has the same name",
                "renamed in the ZIP: it is not valid UTF-8",
            ])
        #expect(names[0].note?.zh == "在 ZIP 中已改名：不是有效的 UTF-8；与另一个名称相同")
    }

    @Test("long names are cut at a character and keep their ending", arguments: ["a", "é", "视", "👩‍👩‍👧‍👦"])
    func long(character: String) {
        let stem = String(repeating: character, count: 300)
        let names = SafeName.assign([stem + "1.mp4", stem + "2.mp4", stem + "/b.mp4"]).map(\.name)
        for name in [names[0], names[1]] {
            #expect(name.utf8.count <= 240 && name.utf8.count > 240 - 4 - 4 - character.utf8.count)
            #expect(name.hasSuffix(".mp4"))
            #expect(name.dropLast(4).prefix { String($0) == character }.count >= name.dropLast(8).count)
        }
        #expect(names[1].hasSuffix(" (2).mp4"))
        #expect(names[2].hasSuffix("/b.mp4") && names[2].utf8.count <= 246)
    }

    @Test("what a cut leaves is not a reserved name or a dot at the end")
    func cutLeavesSafeNames() {
        let spaces = String(repeating: " ", count: 300)
        for original in ["CON\(spaces)x.mp4", "a\(String(repeating: ".", count: 238))bc", "\(spaces).\(spaces)x"] {
            let name = SafeName.assign([original])[0].name
            #expect(SafeName.isSafe(name), "\(name)")
        }
    }

    @Test(
        "any set of names gets names that are safe, unique, stable and traceable", arguments: 0..<300 as Range<UInt64>)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let originals = Array(Set((0..<Int.random(in: 1...40, using: &random)).map { _ in Self.name(&random) })).sorted
        {
            $0.lexicographicallyPrecedes($1)
        }
        let names = SafeName.assign(originals)
        #expect(names.count == originals.count)
        for (original, name) in zip(originals, names) {
            #expect(SafeName.isSafe(name.name), "\(name.name)")
            #expect((name.note == nil) == name.name.utf8.elementsEqual(original))
        }
        // The layout refuses what agrees, and files that are folders.
        let entries = (names.map(\.name) + ["metadata.csv"]).map { (name: $0, bytes: [UInt8]()) }
        #expect(throws: Never.self) { try ZipLayout(entries) }

        let shuffled = originals.indices.shuffled(using: &random)
        let again = SafeName.assign(shuffled.map { originals[$0] })
        for (place, index) in shuffled.enumerated() { #expect(again[place] == names[index]) }
    }

    /// From pieces that clash and go wrong often.
    private static func name(_ random: inout SeededGenerator) -> [UInt8] {
        let pieces: [[UInt8]] =
            [
                "a", "A", "b", "/", "/", ".", "..", " ", " (2)", ".mp4", ".mp4", "CON", "nul", "com1", "-", "=", "ß",
                "SS", "é",
                "e\u{301}", "\u{301}", "İ", "ı", "i", "ǅ", "ſ", "K", "👩‍👧", "视", "\u{202E}", "\t", "?", ":", "_", "\r\n",
                "metadata.csv", String(repeating: "x", count: 120), String(repeating: " ", count: 119), "\u{1E9E}", "ΐ",
                "Σ", "ς",
            ].map { Array($0.utf8) } + [[0xFF], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90]]
        return (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
    }

    /// The batch as bytes, the end of the base name.
    static let bases: [([UInt8], Int, String)] = [
        (Array("dealers-july".utf8), 1, "dealers-july"),
        (Array("dealers-july".utf8), 2, "dealers-july-2"),
        (Array("七月 经销商".utf8), 1, "七月 经销商"),
        (Array("a:b. ".utf8), 1, "a_b__"),
        (Array("-CON".utf8), 1, "-CON"),
        ([0xFF, 0x41], 1, "_A"),
        ([], 1, "_"),
        (Array(String(repeating: "é", count: 50).utf8), 1, String(repeating: "é", count: 40)),
        (Array(("a" + String(repeating: "视", count: 40)).utf8), 1, "a" + String(repeating: "视", count: 26)),
        (Array((String(repeating: "a", count: 79) + " b").utf8), 1, String(repeating: "a", count: 79) + "_"),
        (Array("a/b".utf8), 1, "a_b"),
    ]

    @Test("the outbox base name tells the local time and the batch", arguments: bases)
    func outboxBase(batch: [UInt8], number: Int, expected: String) {
        let closed = CivilTime(seconds: 1_766_150_407, timeZone: .plusOne)
        let base = SafeName.outboxBase(batchID: SafeName.batchID(closed: closed, batch: batch), number: number)
        #expect(base == "heygem_batch_result_20251219_142007_" + expected)
    }
}
