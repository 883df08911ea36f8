import Disk
import Render
import SystemPackage
import Testing

/// What workers note on video avatars, and who gets to read it.
@Suite struct NotebookTests {
    private let hash = String(repeating: "a1", count: 32)

    /// A worker that notes `words`, after what it was given to read: that is file 7 where file 8 is the fresh one.
    private static func engine(_ shelf: NotebookShelf, noting words: String, check: String = facts) -> BuiltinEngine {
        let script = """
            case "$job" in
            *'"check"'*) echo '\(check)' ;;
            *'"known"'*) cat <&7 >&8; printf '\(words)' >&8; \(ShellWorker.done) ;;
            *'"notebook"'*) printf '\(words)' >&7; \(ShellWorker.done) ;;
            *) \(ShellWorker.done) ;;
            esac
            """
        return BuiltinEngine(
            worker: ShellWorker.process(script), models: WorkerJob.Models(library: "", folder: ""), notebooks: shelf)
    }

    private static let facts =
        #"{"done":{"result":{"audioSeconds":1,"note":"","facts":{"audioSeconds":1,"#
        + #""videoSeconds":1,"width":2,"height":2,"fps":25,"videoCodec":"h264","audioCodec":"aac","bytes":1,"#
        + #""crc32":1,"sha256":"","note":""}}}}"#

    private func request(_ scene: Scene, points: String? = "b2") -> RenderRequest {
        var request = scene.request
        request.avatar.sha256 = hash
        request.points?.sha256 = points.map { String(repeating: $0, count: 32) }
        return request
    }

    private func notes(_ scene: Scene) throws -> [String] {
        let names = (try? scene.folder.folder.entries(of: "faces"))?.map(\.name.string).sorted() ?? []
        return try names.map { try scene.folder.folder.open(FilePath("faces").appending($0)).text }
    }

    @Test("a notebook comes back to the next render of the same avatar, and only to that")
    func known() async throws {
        let scene = try Scene(seconds: 1)
        let shelf = NotebookShelf(work: scene.folder.folder)
        let engine = Self.engine(shelf, noting: "x")
        for _ in 0..<3 { _ = await engine.render(request(scene), progress: { _ in }) }
        #expect(try notes(scene) == ["xxx"])
        _ = await engine.render(request(scene, points: "c3"), progress: { _ in })
        #expect(try notes(scene) == ["xxx", "x"])
        // nobody knows what it is
        _ = await engine.render(request(scene, points: nil), progress: { _ in })
        _ = await engine.render(scene.request, progress: { _ in })
        #expect(try notes(scene) == ["xxx", "x"])
    }

    @Test("of a render that came to nothing no notes are kept; no notes are no harm")
    func failed() async throws {
        let scene = try Scene(seconds: 1)
        let shelf = NotebookShelf(work: scene.folder.folder)
        _ = await Self.engine(shelf, noting: "x", check: ShellWorker.done).render(request(scene), progress: { _ in })
        _ = await Self.engine(shelf, noting: "").render(request(scene), progress: { _ in })
        #expect(try notes(scene) == [])
        let full = NotebookShelf(work: try Folder(opening: "/proc/self"))
        guard case .ok = await Self.engine(full, noting: "x").render(request(scene), progress: { _ in }) else {
            Issue.record("no video")
            return
        }
    }

    @Test("of two that were written at the same time the longer one stays")
    func longer() async throws {
        let scene = try Scene(seconds: 1)
        let shelf = NotebookShelf(work: scene.folder.folder)
        let loans = try (0..<3).map { _ in try #require(shelf.lend(for: request(scene), height: 1080)) }
        for (loan, text) in zip(loans, ["xx", "xxxx", "xxx"]) {
            try loan.fresh.write(Array(text.utf8), at: 0)
            shelf.take(loan)
        }
        #expect(try notes(scene) == ["xxxx"])
        // one that had been read and was of no use is replaced
        let loan = try #require(shelf.lend(for: request(scene), height: 1080))
        #expect(try loan.known?.text == "xxxx")
        try loan.fresh.write(Array("y".utf8), at: 0)
        shelf.take(loan)
        #expect(try notes(scene) == ["y"])
    }

    @Test("the oldest go where there are too many, the old ones in any case; a giant is not taken")
    func bounded() async throws {
        let scene = try Scene(seconds: 1)
        let folder = scene.folder.folder
        let shelf = NotebookShelf(work: folder)
        var times: [Int64] = []
        for points in ["b2", "c3", "d4"] {
            let loan = try #require(shelf.lend(for: request(scene, points: points), height: 1080))
            try loan.fresh.write(Array(repeating: UInt8(ascii: points == "b2" ? "b" : "c"), count: 10), at: 0)
            shelf.take(loan)
            times = try folder.entries(of: "faces").map {
                try folder.status(of: FilePath("faces").appending($0.name)).signature.modified
            }
        }
        try NotebookShelf.clear(folder, most: 25)
        #expect(try notes(scene).count == 2)
        try NotebookShelf.clear(folder, before: (times.max() ?? 0) + 1)
        #expect(try notes(scene).isEmpty)
        let loan = try #require(shelf.lend(for: request(scene), height: 1080))
        try loan.fresh.resize(to: 17 << 20)
        shelf.take(loan)
        #expect(try notes(scene).isEmpty)
    }
}
