import Disk
import Foundation
import Pack
import SystemPackage
import Testing

/// `metadata.csv`, in what users open it with: each has to find the same cells.
@Suite struct TableReaderTests {
    private static let rows: [MetadataRow] = {
        let words = [
            "say \"hi\", then\r\nleave", " with spaces ", "=1+1", "'=quoted", "-3", "@home", "1e5", "00123", "TRUE",
            "2025-01-02", "1,5", "a;b\tc", "视频 🎬 مرحبا", "e\u{301}", "", "''", "\"", "NULL", "x\\y",
        ]
        return words.enumerated().map { index, word in
            var row = MetadataRow(batch: word, batchID: "b\(index)", item: word + "x", status: .ok)
            (row.tags, row.message, row.note) = ([word, "t"], word, word + word)
            (row.crc32, row.bytes, row.renderSeconds) = (UInt32(index * 0x12E4), Int64(index) << 33, 0.25)
            row.sha256 = String(repeating: "0", count: 60) + "1e10"
            row.finishedAt = Date(timeIntervalSince1970: 1_766_150_407)
            return row
        }
    }()

    private static let bytes = MetadataTable.csv(rows, timeZone: .plusOne)

    /// As our own reader finds them, the head among them.
    private static func cells(_ bytes: [UInt8]) throws -> [[String]] { try CSVText(bytes).records.map(\.cells) }

    private func withTable(_ body: (Folder) throws -> Void) throws {
        try withTemporaryFolder { folder in
            _ = try folder.file("metadata.csv", Self.bytes)
            try body(folder)
        }
    }

    @Test("Python's csv")
    func python() throws {
        try withTable { folder in
            let script = """
                import csv, json
                print(json.dumps(list(csv.reader(open("metadata.csv", encoding="utf-8-sig", newline="")))))
                """
            let output = try run("python3", ["-c", script], in: folder).output
            #expect(try JSONDecoder().decode([[String]].self, from: Data(output.utf8)) == Self.cells(Self.bytes))
        }
    }

    @Test("SQLite's .import")
    func sqlite() throws {
        try withTable { folder in
            let columns = MetadataTable.columns.map { "\"\($0)\"" }.joined(separator: ", ")
            let select = "select json_group_array(json_array(\(columns))) from t"
            let output = try run(
                "sqlite3", [":memory:", ".mode csv", ".import metadata.csv t", ".mode list", select], in: folder
            ).output
            let found = try JSONDecoder().decode([[String]].self, from: Data(output.utf8))
            #expect(try [MetadataTable.columns] + found == Self.cells(Self.bytes))
        }
    }

    @Test(
        "LibreOffice, all columns as text",
        .enabled(if: isInstalled("soffice"), "skipped: LibreOffice is not installed"))
    func libreOffice() throws {
        try withTable { folder in
            let kinds = (1...MetadataTable.columns.count).map { "\($0)/2" }.joined(separator: "/")
            let result = try run(
                "soffice",
                [
                    "--headless", "-env:UserInstallation=file://\(folder.path)/profile",
                    "--infilter=CSV:44,34,76,1,\(kinds)", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false", "--outdir", "out", "metadata.csv",
                ], in: folder)
            #expect(result.code == 0, "\(result.output)")
            let found = try #require(try folder.open("out/metadata.csv").contents(limit: 1 << 20))
            #expect(try Self.cells(found) == Self.cells(Self.bytes))
        }
    }
}

private func isInstalled(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
}
