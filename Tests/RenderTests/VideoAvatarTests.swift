import Disk
import Foundation
import Render
import SystemPackage
import Testing

/// One video avatar and many sounds: real workers, and the shelf that the service keeps for them.
@Suite struct VideoAvatarTests {
    /// Tests, RenderTests and this file lie below the package.
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let library = package.appending(path: ".models/libLiteRt.so").path
    private static let photograph = package.appending(path: ".samples/astronaut.png").path
    private static let isThere = [library, photograph].allSatisfy { FileManager.default.fileExists(atPath: $0) }

    private let folder: TemporaryFolder
    private let avatar: OpenFile

    init() throws {
        folder = try TemporaryFolder()
        avatar = try folder.media(
            "a.mp4",
            "-loop 1 -r 25 -i \(Self.photograph) -t 3 -vf crop=320:320:60+30*sin(2*t):10 -pix_fmt yuv420p -g 10")
    }

    private func engine(_ shelf: NotebookShelf?) -> BuiltinEngine {
        BuiltinEngine(
            worker: WorkerProcess(program: RenderProgram.path),
            models: WorkerJob.Models(library: Self.library, folder: Self.package.appending(path: ".models").path),
            notebooks: shelf)
    }

    /// The hash of the video that comes out; of `seconds`.
    private func render(_ name: String, seconds: Int, _ shelf: NotebookShelf?) async throws -> String {
        let audio = try folder.file(FilePath("\(name).wav"), bytes: Wave.tone(seconds: seconds))
        let output = try folder.file(FilePath("\(name).mp4"))
        var request = RenderRequest(
            audio: RenderInput(file: audio, name: "a.wav"), avatar: RenderInput(file: avatar, name: "a.mp4"),
            points: nil, output: output)
        request.avatar.sha256 = String(repeating: "a1", count: 32)
        let outcome = await engine(shelf).render(request, progress: { _ in })
        guard case .ok(let facts) = outcome else {
            Issue.record("\(outcome)")
            return ""
        }
        return facts.sha256
    }

    /// The one notebook, and when it was written.
    private func notebook() throws -> (path: FilePath, modified: Int64) {
        let entries = try folder.folder.entries(of: "faces")
        try #require(entries.count == 1)
        let path = FilePath("faces").appending(entries[0].name)
        return (path, try folder.folder.status(of: path).signature.modified)
    }

    @Test(
        "its face is looked for once, by two workers at a time at most twice, and the videos are the same as without",
        .enabled(if: isThere, "needs scripts/fetch-models"))
    func once() async throws {
        let shelf = NotebookShelf(work: folder.folder)
        async let first = render("1", seconds: 2, shelf)
        async let second = render("2", seconds: 2, shelf)
        let fresh = try await [first, second]
        let noted = try notebook()
        // the clip is three seconds: five of sound need nothing new
        let known = try await render("3", seconds: 2, shelf)
        _ = try await render("4", seconds: 5, shelf)
        #expect(try notebook().modified == noted.modified)
        let alone = try await render("5", seconds: 2, nil)
        #expect(Set(fresh + [known, alone]).count == 1)
        // what was damaged is found out anew: that would have been seen above
        let file = try folder.folder.openForWriting(noted.path)
        try file.write([0xff, 0xff], at: 100)
        let mended = try await render("6", seconds: 2, shelf)
        #expect(try notebook().modified != noted.modified)
        #expect(mended == alone)
    }
}
