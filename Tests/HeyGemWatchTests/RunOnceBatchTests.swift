import Foundation
import Glibc
import TestPrograms
import Testing

/// `run --once` on batches with content: markers that say something, tables, names from hell, a second try.
@Suite struct RunOnceBatchTests {
    private func runOnce(_ share: Share, _ environment: [String: String] = [:]) async throws -> BuiltProgram.Result {
        try await BuiltProgram.run(
            ["run", "--once"] + share.options, environment: Share.quick.merging(environment) { $1 })
    }

    @Test("items.csv gives each audio its avatar, name and tags; the marker's title, tags and operator are told")
    func table() async throws {
        try await Share.with { share in
            try share.dropFace("july/faces/anna.png")
            try share.drop(try await share.sound(), "july/001.wav")
            try share.drop(try await share.sound(), "july/002.wav")
            let table =
                "audio;avatar;name;tags\r\n001.wav;faces/anna.png;Spring Sale;north\r\n002.wav;faces\\anna.png;;\r\n"
            try share.drop(Data(("\u{FEFF}" + table).utf8), "july/items.csv")
            try share.drop(
                Data("title: July dealers\ntags: [summer]\noperator: Ms. Li\nexpect: 2\n".utf8), "july/batch.ready")

            let result = try await runOnce(share)

            #expect(result.status == 0, "\(result.errors)")
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows.values.allSatisfy { $0["status"] == "ok" && $0["batch"] == "July dealers" })
            #expect(rows["Spring Sale"]?["video"] == "Spring Sale.mp4", "\(rows)")
            #expect(rows["Spring Sale"]?["tags"]?.split(separator: ";").sorted() == ["north", "summer"])
            #expect(rows.count == 2)
            try await share.expectWholeZip(videos: 2)
        }
    }

    @Test(
        "a marker that can't be read holds the batch: exit code 1, file, line and key beside it; mended, it is delivered"
    )
    func held() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            try share.drop(Data("title: B\nexpekt: 2\n".utf8), "b/batch.ready")

            let held = try await runOnce(share)
            let note = try String(
                contentsOf: share.inbox.appendingPathComponent("b/batch.ready.error.txt"), encoding: .utf8)
            let delivered = try share.results(".zip").count
            try share.drop(Data("title: B\nexpect: 1\n".utf8), "b/batch.ready")
            let mended = try await runOnce(share)

            #expect(held.status == 1 && held.errors.contains("held"), "\(held)")
            #expect(delivered == 0)
            #expect(note.contains("line 2") && note.contains("expekt"), "\(note)")
            #expect(mended.status == 0, "\(mended)")
            try await share.expectWholeZip(videos: 1)
            let left = try FileManager.default.subpathsOfDirectory(atPath: share.inbox.path)
            #expect(!left.contains { $0.hasSuffix(".error.txt") }, "\(left)")
        }
    }

    @Test("an expect that is not met is told, not waited for")
    func expect() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            try share.drop(Data("expect: 3\n".utf8), "b/batch.ready")
            let result = try await runOnce(share)
            #expect(result.status == 1 && result.errors.contains("expects 3 items, 1 is done"), "\(result)")
            #expect(try share.results(".zip").isEmpty)
        }
    }

    @Test("a folder without a marker is left with a word, which is no failure")
    func unmarked() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            let result = try await runOnce(share)
            #expect(result.status == 0 && result.errors.contains("b: waits for a marker"), "\(result)")
            #expect(try share.results(".zip").isEmpty)
        }
    }

    @Test("a folder in _failed can be dropped again as it is once its input is mended")
    func failedAgain() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/good.wav")
            try share.drop(Data("no sound".utf8), "b/bad.wav")
            try share.drop("b/batch.ready")
            #expect(try await runOnce(share).status == 1)
            let failed = share.inbox.appendingPathComponent("_failed")
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: failed.path).first)
            let folder = share.inbox.appendingPathComponent("again")
            try FileManager.default.moveItem(at: failed.appendingPathComponent(name), to: folder)
            try await share.sound().write(to: folder.appendingPathComponent("bad.wav"))

            let again = try await runOnce(share)

            #expect(again.status == 0, "\(again)")
            let csv = try #require(try share.results(".csv").first { $0.lastPathComponent.contains("again") })
            let rows = try share.rows(of: csv)
            #expect(rows.count == 1 && rows["bad"]?["status"] == "ok", "\(rows)")
        }
    }

    /// Stems as bytes; all are audios in one folder with one avatar.
    private static let stems: [[UInt8]] = [
        [0x63, 0x61, 0x66, 0xE9], [0x63, 0x61, 0x66, 0xEA], Array("a\nb".utf8), Array("a\u{202E}b".utf8),
        [UInt8](repeating: 0x78, count: 251), Array("CON".utf8), Array("com1.x".utf8), Array("dots..".utf8),
        Array("space ".utf8), Array("=1+1".utf8), Array("-x".utf8), Array("@y".utf8), Array("+z".utf8),
        Array("é".utf8), Array("e\u{301}".utf8), Array("Case".utf8), Array("case".utf8), Array("a:b".utf8),
        Array("a\\b".utf8), Array("tab\there".utf8), Array("李雷 😀".utf8), Array(String(repeating: "长", count: 83).utf8),
        Array("say \"hi\", then".utf8), Array("'quoted".utf8), Array("metadata".utf8), Array("100%".utf8),
    ]

    @Test("names from hell: each has its row and its video, the ZIP's names are safe, and verify agrees")
    func names() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            let sound = try await share.sound()
            for stem in Self.stems { try share.drop(sound, folder: "b", stem + Array(".wav".utf8)) }
            try share.drop("b/batch.ready")

            let result = try await runOnce(share)

            #expect(result.status == 0, "\(result.errors)")
            let csv = try #require(try share.results(".csv").first)
            let lines = CSVLines(try String(contentsOf: csv, encoding: .utf8)).rows
            let header = try #require(lines.first)
            let rows = lines.dropFirst().map { Dictionary(zip(header, $0)) { first, _ in first } }
            #expect(rows.count == Self.stems.count)
            #expect(rows.allSatisfy { $0["status"] == "ok" })
            // each can be traced to its file, by bytes: strings that differ in spelling alone are equal
            #expect(Set(rows.compactMap { $0["audio"].map { Array($0.utf8) } }).count == Self.stems.count)
            let videos = Set(rows.compactMap { $0["video"] })
            #expect(Set(videos.map { $0.lowercased().precomposedStringWithCanonicalMapping }).count == Self.stems.count)
            #expect(videos.allSatisfy { name in !name.contains { "<>:\"|?*\\\n\t".contains($0) } })
            #expect(!videos.contains("CON.mp4") && !videos.contains { $0.hasPrefix("=") })
            try await share.expectWholeZip(videos: Self.stems.count)
            let archive = try #require(try share.results(".zip").first)
            let verify = try await BuiltProgram.run(["verify", archive.path])
            #expect(verify.status == 0 && verify.output.contains("\(Self.stems.count) videos"), "\(verify)")
            #expect(verify.output.contains(".sha256") && verify.output.contains("CSV beside it is the same"))
        }
    }

    @Test("in Chinese where it is set: CSV, status.txt, what stderr says")
    func chinese() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/a:b.wav")
            try share.drop("b/empty.wav")
            try share.drop("b/batch.ready")
            let result = try await runOnce(share, ["HEYGEM_WATCH_LANGUAGE": "zh"])
            #expect(result.status == 1 && result.errors.contains("部分项目没有视频"), "\(result)")
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows["empty"]?["message"]?.contains("空文件") == true, "\(rows)")
            #expect(rows["a:b"]?["note"]?.contains("在 ZIP 中已改名") == true, "\(rows)")
            let status = try String(contentsOf: share.outbox.appendingPathComponent("status.txt"), encoding: .utf8)
            #expect(status.contains("已交付"), "\(status)")
        }
    }
}

extension Share {
    /// Puts bytes under a name that need not be text.
    func drop(_ data: Data, folder: String, _ name: [UInt8]) throws {
        let path = (Array((inbox.path + "/" + folder + "/").utf8) + name + [0]).map(CChar.init(bitPattern:))
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        try #require(file >= 0)
        defer { close(file) }
        let count = data.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        try #require(count == data.count)
    }
}
