import Batch
import Testing
import Words

/// `items.csv` as spreadsheets and people write it.
@Suite struct ItemsTableTests {
    typealias Row = ItemsTable.Row

    @Test(
        "every delimiter and line end is understood",
        arguments: [
            "audio,avatar,name,tags\na.wav,b.png,Anna,x;y\n", "audio;avatar;name;tags\r\na.wav;b.png;Anna;x,y\r\n",
            "audio\tavatar\tname\ttags\na.wav\tb.png\tAnna\tx;y",
            "sep=;\naudio;avatar;name;tags\r\na.wav;b.png;Anna;\"x;y\"",
            "Name, AUDIO ,Tags,Avatar\rAnna,a.wav,\"x,y\",b.png\r",
            "\n\naudio,avatar,name,tags,,\n,,,,,\n a.wav , b.png,Anna,x；y,,\n",
            "audio|avatar|name|tags".replacing("|", with: ";") + "\n\"a.wav\";\"b.png\";\"Anna\" ;x, y\n;;;\n",
        ])
    func delimiters(text: String) throws {
        let rows = try parse(text).rows
        #expect(rows.map(\.audio) == [Array("a.wav".utf8)])
        #expect(rows.first?.avatar == Array("b.png".utf8))
        #expect(rows.first?.name == "Anna")
        #expect(rows.first?.tags == ["x", "y"])
    }

    @Test("rows know their lines, also where a cell holds a line break")
    func lines() throws {
        let rows = try parse("audio,name\n\"a\n1.wav\",x\r\n\r\nb.wav,\"say \"\"hi\"\", twice\"\n").rows
        #expect(rows.map(\.line) == [2, 5])
        #expect(rows.map(\.audio) == [Array("a\n1.wav".utf8), Array("b.wav".utf8)])
        #expect(rows.last?.name == "say \"hi\", twice")
    }

    @Test(
        "a table that holds nothing says nothing",
        arguments: ["", "\u{FEFF}", "\r\n\r\n", ",,,\n", "audio\n", "sep=;\n"])
    func empty(text: String) throws {
        #expect(try parse(text).rows.isEmpty)
    }

    @Test("it may be saved as UTF-8 or UTF-16")
    func encodings() throws {
        let text = "audio;avatar\n安娜.wav;照片 1.png\n"
        let units = Array(("\u{FEFF}" + text).utf16)
        for bytes in [
            Array(text.utf8), Array(("\u{FEFF}" + text).utf8),
            units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
        ] {
            let table = try ItemsTable.parse(bytes, file: "items.csv")
            #expect(table.rows == [Row(line: 2, audio: Array("安娜.wav".utf8), avatar: Array("照片 1.png".utf8))])
        }
    }

    @Test(
        "paths are relative, with whichever slash",
        arguments: [
            ("vip/a.wav", "vip/a.wav"), ("vip\\a.wav", "vip/a.wav"), ("./vip//a.wav", "vip/a.wav"),
            ("..a.wav", "..a.wav"),
            ("a b.wav", "a b.wav"), ("\"a,b.wav\"", "a,b.wav"), ("\" a.wav\"", " a.wav"),
        ])
    func paths(cell: String, path: String) throws {
        #expect(try parse("audio,avatar\n\(cell),\n").rows.map(\.audio) == [Array(path.utf8)])
    }

    @Test(
        "a bad row is told by its line",
        arguments: [
            ("audio\n/etc/passwd\n", "line 2: “/etc/passwd” has to be given from the batch's folder on"),
            ("audio\nC:\\a.wav\n", "line 2: “C:\\a.wav” has to be"), ("audio\n\\\\nas\\a.wav\n", "line 2: "),
            ("audio\nok.wav\n../a.wav\n", "line 3: “../a.wav” leads out"), ("audio\nx/../../a.wav\n", "leads out"),
            ("audio,avatar\n,b.png\n", "line 2: the audio is missing"),
            ("audio\na.wav\nvip\\..\\a.wav\n", "line 3: "),
            ("audio\na.wav\n\n./a.wav\n", "line 4: “a.wav” stands in line 2 already"),
            ("audio,name\na.wav,x\nb.wav,x\n", "line 3: the name “x” stands in line 2 already"),
            ("audio,name\na.wav,x,y\n", "line 2: has more cells than the first line"),
            ("audio,name\na.wav,..\n", "line 2: “..” can't be the name"),
            ("audio,name\na.wav,\"x\ny\"\n", "line 2: name: holds a line break"),
            (
                "audio,tags\na.wav,\(String(repeating: "x", count: 201))\n",
                "line 2: tags: is longer than 200 characters"
            ),
            ("audio\n.\n", "line 2: audio: “.” names no file"),
            ("audio\na.wav\n\"b.wav\n", "line 3: a quote is opened and never closed"),
            ("audio\n\"b\"c.wav\n", "line 2: text after a closing quote"),
            ("audo\na.wav\n", "line 1: column “audo”: unknown; probably “audio” is meant"),
            ("avatar\na.png\n", "line 1: the column “audio” is missing"),
            ("a.wav,b.png\n", "line 1: the first line has to name the columns: audio;avatar;name;tags"),
            ("audio,colour\n", "line 1: column “colour”: unknown; known are audio, avatar, name, tags"),
            ("audio\na\u{0}.wav\n", "is no text file"),
            ("audio,audio\n", "line 1: the column “audio” stands twice"),
            ("audio\n/1\n/2\n/3\n/4\n/5\n", "and 2 more"),
        ])
    func bad(text: String, words: String) {
        let problem = #expect(throws: Problem.self) { try parse(text) }
        #expect(problem?.reason == .badItems)
        #expect(problem?.message.hasPrefix("items.csv: ") == true)
        #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
        #expect(problem?.text(.zh).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == true)
    }

    @Test("other encodings, NUL characters and more than 4 MiB are refused")
    func refused() {
        let large = Array("audio\n".utf8) + Array(repeating: UInt8(ascii: "\n"), count: 4 * 1024 * 1024)
        for bytes in [Array("audio\n".utf8) + [0xB0, 0xB2, 0xC4, 0xC8], Array("audio\na\u{0}.wav".utf8), large] {
            #expect(throws: Problem.self) { try ItemsTable.parse(bytes, file: "items.csv") }
        }
    }

    @Test("the time for 4 MiB of rows does not grow with their square")
    func large() throws {
        let rows = (1...200_000).map { "\($0).wav,x.png" }.joined(separator: "\n")
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try parse("audio,avatar\n" + rows).rows.count == 200_000)
        #expect(clock.now - start < .seconds(60))
    }

    private func parse(_ text: String) throws -> ItemsTable {
        try ItemsTable.parse(Array(text.utf8), file: "items.csv")
    }
}
