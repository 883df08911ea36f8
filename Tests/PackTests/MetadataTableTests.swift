import Foundation
import Pack
import SystemPackage
import Testing

@Suite struct MetadataTableTests {
    private func row() -> MetadataRow {
        MetadataRow(batch: "dealers-july", batchID: "b1", item: "001 Anna", status: .ok)
    }

    /// Header and the rows' lines, without mark and line ends.
    private func lines(_ rows: [MetadataRow], timeZone: TimeZone = .plusOne) throws -> [String] {
        let bytes = MetadataTable.csv(rows, timeZone: timeZone)
        #expect(bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
        #expect(bytes.suffix(2) == [0x0D, 0x0A])
        let text = try #require(String(validating: bytes.dropFirst(3), as: UTF8.self))
        return text.components(separatedBy: "\r\n").dropLast()
    }

    @Test("the columns are those that users' sheets rely on, in their order")
    func header() throws {
        #expect(
            try lines([]) == [
                """
                batch,batch_id,item,status,tags,audio,avatar,video,reason,message,note,engine,attempts,queued_at,started_at,\
                finished_at,render_seconds,audio_seconds,video_seconds,width,height,fps,video_codec,audio_codec,bytes,crc32,\
                sha256,audio_sha256,avatar_sha256
                """
            ])
    }

    @Test("a full row")
    func full() throws {
        var row = row()
        row.tags = ["vip", "july"]
        row.audio = "dealers-july/vip/001 Anna.wav"
        row.avatar = "dealers-july/avatar.png"
        row.video = "001 Anna.mp4"
        row.note = "picture reduced, was 4000 x 3000"
        row.engine = "builtin 1"
        row.attempts = 1
        row.queuedAt = Date(timeIntervalSince1970: 1_766_150_407.9)
        row.startedAt = Date(timeIntervalSince1970: 1_766_150_408)
        row.finishedAt = Date(timeIntervalSince1970: 1_766_150_468)
        row.renderSeconds = 60.0004
        row.audioSeconds = 5.25
        row.videoSeconds = 5.2
        (row.width, row.height, row.fps) = (1280, 720, 29.97)
        (row.videoCodec, row.audioCodec) = ("h264", "aac")
        row.bytes = 5_000_000_000
        row.crc32 = 0x0012_ABCD
        row.sha256 = "aa"
        row.audioSHA256 = "bb"
        row.avatarSHA256 = "cc"
        #expect(
            try lines([row]).last == """
                dealers-july,b1,001 Anna,ok,vip;july,dealers-july/vip/001 Anna.wav,dealers-july/avatar.png,001 Anna.mp4,,,\
                "picture reduced, was 4000 x 3000",builtin 1,1,2025-12-19T14:20:07+01:00,2025-12-19T14:20:08+01:00,\
                2025-12-19T14:21:08+01:00,60,5.25,5.2,1280,720,29.97,h264,aac,5000000000,0012abcd,aa,bb,cc
                """)
    }

    @Test("what is not known is empty", arguments: MetadataRow.Status.allCases)
    func unknown(status: MetadataRow.Status) throws {
        var row = row()
        row.status = status
        #expect(
            try lines([row]).last == "dealers-july,b1,001 Anna,\(status)" + String(repeating: ",", count: 25))
    }

    /// An item's name, its cell.
    static let cells: [(String, String)] = [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-a", "'-a"), ("@sum", "'@sum"), (" =1+1", "' =1+1"),
        ("\t=1+1", "'=1+1"), ("\r=1", "'=1"), ("=\u{301}a", "'=\u{301}a"),
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
        ("a=1", "a=1"), ("'a", "'a"), ("", ""),
        ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a;b", "a;b"), ("a ", "\"a \""), (" a", "\" a\""),
        ("a\r\nb\u{0}c\u{7F}\u{9F}", "abc"), ("x\u{202E}4pm\u{2066}\u{200F}", "x4pm"), ("a\u{2028}b", "ab"),
        ("视频 🎬👩‍👧", "视频 🎬👩‍👧"),
    ]

    @Test("cells are quoted where needed, harmless in spreadsheets and free of control characters", arguments: cells)
    func cell(item: String, expected: String) throws {
        var row = row()
        row.item = item
        let line = try #require(try lines([row]).last)
        let cell = line.dropFirst("dealers-july,b1,".count).dropLast(",ok".count + 25)
        #expect(Array(cell.utf8) == Array(expected.utf8))
    }

    @Test("what is no text in a path is told byte by byte")
    func notUTF8() throws {
        var row = row()
        row.audio = FilePath(platformString: [0x61, -1, 0x2E, 0x77, 0x61, 0x76, 0])
        #expect(try lines([row]).last?.contains(",a\\xFF.wav,") == true)
    }

    static let numbers: [(Double, String)] = [
        (0, "0"), (1, "1"), (0.0004, "0"), (0.001, "0.001"), (12.3456, "12.346"), (25, "25"), (23.976, "23.976"),
        (100.05, "100.05"), (86400.5, "86400.5"), (-1.5, "-1.5"), (.nan, ""), (.infinity, ""),
    ]

    @Test("numbers are plain, with a point and at most three places", arguments: numbers)
    func number(value: Double, expected: String) throws {
        var row = row()
        row.renderSeconds = value
        #expect(
            try lines([row]).last == "dealers-july,b1,001 Anna,ok" + String(repeating: ",", count: 13) + expected
                + String(repeating: ",", count: 12))
    }

    @Test("Python reads back the cells of hostile rows")
    func python() throws {
        try withTemporaryFolder { folder in
            var rows = [row(), row()]
            rows[0].message = "say \"hi\", then\r\nleave; =1"
            rows[0].tags = ["a,b", "c\"d"]
            rows[1].item = "=cmd|' /C calc'!A0"
            _ = try folder.file("t.csv", MetadataTable.csv(rows, timeZone: .utc))
            let script = """
                import csv
                rows = list(csv.DictReader(open("t.csv", encoding="utf-8-sig", newline="")))
                print(len(rows), rows[0]["message"], rows[0]["tags"], rows[1]["item"], sep="|")
                """
            let output = try run("python3", ["-X", "utf8", "-c", script], in: folder).output
            #expect(output == "2|say \"hi\", thenleave; =1|a,b;c\"d|'=cmd|' /C calc'!A0\n")
        }
    }
}
