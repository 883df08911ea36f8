import Foundation
import Pack
import SystemPackage
import Testing
import Words

@Suite struct CSVTextTests {
    private func records(_ text: String) throws -> [[String]] { try CSVText(Array(text.utf8)).records.map(\.cells) }

    struct Reading: Sendable, CustomTestStringConvertible {
        var text: String
        var cells: [[String]]
        var testDescription: String { text.debugDescription }
    }

    static let readings = [
        Reading(text: "", cells: []),
        Reading(text: "\u{FEFF}", cells: []),
        Reading(text: "a", cells: [["a"]]),
        Reading(text: "a,b\r\nc,d\r\n", cells: [["a", "b"], ["c", "d"]]),
        Reading(text: "a,b\nc,d", cells: [["a", "b"], ["c", "d"]]),
        Reading(text: "a\rb\r", cells: [["a"], ["b"]]),
        Reading(text: "\u{FEFF}a,\r\n,", cells: [["a", ""], ["", ""]]),
        Reading(text: "a\n\nb\n", cells: [["a"], [""], ["b"]]),
        Reading(text: "\"a,\"\"b\"\"\",\"1\r\n2\"\r\n", cells: [["a,\"b\"", "1\r\n2"]]),
        Reading(text: "\"\",\"\"\"\"\n", cells: [["", "\""]]),
        Reading(text: "视频,😀\u{301}\n", cells: [["视频", "😀\u{301}"]]),
        Reading(text: "a;b\tc\n", cells: [["a;b\tc"]]),
    ]

    @Test("every form that RFC 4180 and its users know is read", arguments: readings)
    func reads(_ reading: Reading) throws {
        #expect(try records(reading.text) == reading.cells)
    }

    @Test(
        "what is no CSV is told with its line",
        arguments: [
            ("a\n\"b", 2, "closed"), ("a\"b\n", 1, "quotation"), ("x\n\"a\"b\n", 2, "behind"),
            ("\"1\n2\n3\",\"4", 3, "closed"),
        ])
    func problems(text: String, line: Int, says: String) {
        let problem = #expect(throws: CSVProblem.self) { try CSVText(Array(text.utf8)) }
        #expect(problem?.line == line)
        #expect(problem?.what.en.contains(says) == true)
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: CSVProblem.self) { try CSVText([0x61, 0xFF]) }
    }

    @Test("any table that Python writes is read as it was", arguments: 1...4)
    func python(seed: Int) throws {
        try withTemporaryFolder { folder in
            let script = """
                import csv, json, random
                random.seed(\(seed))
                pieces = ['"', ',', '\\n', '\\r\\n', "'", '=', ' ', 'a', '视', '😀', '\\t', ';', '']
                rows = [[''.join(random.choices(pieces, k=random.randint(0, 6))) for _ in range(3)] for _ in range(200)]
                with open('t.csv', 'w', encoding=random.choice(['utf-8', 'utf-8-sig']), newline='') as f:
                    csv.writer(f, lineterminator=random.choice(['\\r\\n', '\\n'])).writerows(rows)
                json.dump(rows, open('t.json', 'w'))
                """
            #expect(try run("python3", ["-X", "utf8", "-c", script], in: folder).code == 0)
            let rows = try JSONDecoder().decode([[String]].self, from: Data(folder.bytes(of: "t.json")))
            #expect(try CSVText(folder.bytes(of: "t.csv")).records.map(\.cells) == rows)
        }
    }
}
