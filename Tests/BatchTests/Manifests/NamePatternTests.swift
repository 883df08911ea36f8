import Batch
import SystemPackage
import Testing
import Words

/// Which names markers may have.
@Suite struct NamePatternTests {
    @Test(
        "a pattern tells the marker's stem",
        arguments: [
            ("batch.ready", "batch.ready", ""), ("batch.ready", "BATCH.Ready.TXT", ""),
            ("*.batch", "monday.batch", "monday"),
            ("*.batch", "Monday.Batch.txt", "Monday"), ("*.batch", ".batch", ""),
            ("*.batch", "a.batch.batch", "a.batch"),
            ("done_*", "DONE_Ärger", "Ärger"), ("*-完成", "七月-完成.txt", "七月"), ("*É.ok", "xe\u{301}.ok", "x"),
            ("?.ok", "x.ok", ""), ("*-*.ok", "a-b-c.ok", "a"), ("*.ok", "*.ok", "*"), ("READY", "ready", ""),
        ])
    func matches(glob: String, name: String, stem: String) throws {
        let pattern = try #require(NamePattern(glob))
        #expect(pattern.match(Array(name.utf8)) == Array(stem.utf8))
    }

    @Test(
        "other names are none",
        arguments: [
            ("batch.ready", "xbatch.ready"), ("batch.ready", "batch.ready.txt.txt"), ("*.batch", "monday.batches"),
            ("*.batch", "batch"), ("?.ok", "xy.ok"), ("*-*.ok", "ab.ok"), ("*.batch", ""), ("*.batch", "a.wav"),
        ])
    func others(glob: String, name: String) throws {
        let pattern = try #require(NamePattern(glob))
        #expect(pattern.match(Array(name.utf8)) == nil)
    }

    @Test("bytes that are not UTF-8 are kept")
    func bytes() throws {
        let pattern = try #require(NamePattern("*.batch"))
        #expect(pattern.match([0xFF, 0xE4] + Array(".BATCH".utf8)) == [0xFF, 0xE4])
    }

    @Test(
        "patterns that would take media are refused",
        arguments: ["", "*", "*.*", "*.wav", "*.W?V", "a/b", "*.csv", "*.json", "sha256sums", "?*?"])
    func refused(glob: String) {
        #expect(NamePattern(glob) == nil)
    }

    @Test("a file is read by what it is for, and a wrong one is a problem of its batch")
    func manifests() throws {
        let path: FilePath = "july/items.csv"
        #expect(
            Manifest.read(path, Array("audio\na.wav".utf8), as: .table, engines: [])
                == .items(ItemsTable(rows: [.init(line: 2, audio: Array("a.wav".utf8))])))
        #expect(Manifest.read("batch.ready", [], as: .marker, engines: []) == .marker(.empty))
        guard case .unusable(let problem) = Manifest.read(path, [0xFF], as: .table, engines: []) else {
            Issue.record("such a table can't be used")
            return
        }
        #expect(problem.message.hasPrefix("july/items.csv: is not saved as UTF-8"))
    }
}
