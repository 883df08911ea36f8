import Foundation
import Pack
import SystemPackage
import Testing
import Words

@Suite struct MetadataFileTests {
    /// What cells are made of: all that CSV, spreadsheets and terminals trip over.
    private static let pieces = [
        "=", "+", "-", "@", "'", "\"", ",", ";", " ", "\r", "\n", "\t", "\u{0}", "\u{7F}", "\u{202E}", "\u{2028}",
        "a", "é", "e\u{301}", "视", "👩‍👧", "\u{FEFF}", "",
    ]

    private static func text(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    /// What the writer promises to keep of a text.
    private static func kept(_ text: String) -> String {
        let gone: (Unicode.Scalar) -> Bool = { scalar in
            scalar.properties.generalCategory == .control
                || "\u{202E}\u{2028}\u{FEFF}".unicodeScalars.contains(scalar)
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !gone($0) }))
    }

    @Test("what the table writes is read back, whatever the words", arguments: 1...20)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let rows = (0..<50).map { index in
            var row = MetadataRow(
                batch: Self.text(&random), batchID: "b\(index)", item: Self.text(&random),
                status: MetadataRow.Status.allCases.randomElement(using: &random) ?? .ok)
            row.tags = [Self.text(&random), Self.text(&random)]
            row.audio = FilePath("a" + Self.text(&random).replacingOccurrences(of: "\u{0}", with: ""))
            row.video = Self.text(&random)
            row.message = Self.text(&random)
            row.note = Bool.random(using: &random) ? nil : Self.text(&random)
            row.bytes = Int64.random(in: 0...Int64.max, using: &random)
            row.crc32 = UInt32.random(in: 0...UInt32.max, using: &random)
            row.renderSeconds = -1.5
            return row
        }

        let read = try MetadataFile(MetadataTable.csv(rows, timeZone: .utc)).rows

        try #require(read.count == rows.count)
        for (row, cells) in zip(rows, read) {
            let expected = [
                "batch": row.batch, "batch_id": row.batchID, "item": row.item, "status": row.status.rawValue,
                "tags": row.tags.joined(separator: ";"), "audio": row.audio.map(PathText.text) ?? "",
                "video": row.video ?? "",
                "message": row.message ?? "", "note": row.note ?? "", "bytes": "\(row.bytes ?? 0)",
                "render_seconds": "-1.5", "engine": "",
            ]
            for (column, text) in expected {
                #expect(Array(cells[column].utf8) == Array(Self.kept(text).utf8), "\(column), seed \(seed)")
            }
            #expect(UInt32(cells["crc32"], radix: 16) == row.crc32)
        }
    }

    @Test("columns may stand in another order, and there may be more of them")
    func otherColumns() throws {
        let rows = try MetadataFile(Array("video,new,status,item\r\na.mp4,x,ok,'=a\r\n\r\n".utf8)).rows
        #expect(rows.count == 1)
        #expect(rows.first?["item"] == "=a" && rows.first?["video"] == "a.mp4" && rows.first?["bytes"] == "")
        #expect(rows.first?.line == 2)
    }

    @Test(
        "what is not the CSV of a delivery is told",
        arguments: [
            ("", 1, "columns"), ("item,status\n", 1, "columns"), ("item,item,status,video\n", 1, "columns"),
            ("item,status,video\na,ok\n", 2, "2 cells instead of 3"),
        ])
    func problems(text: String, line: Int, says: String) {
        let problem = #expect(throws: CSVProblem.self) { try MetadataFile(Array(text.utf8)) }
        #expect(problem?.line == line)
        #expect(problem?.what.en.contains(says) == true)
    }
}
