import Batch
import Delivery
import Disk
import Foundation
import Pack
import Render
import SystemPackage
import Words

/// Temporary inbox, outbox and state folder, removed when the test is over.
struct Scene: Sendable {
    let root: FilePath

    static func with<Result>(_ body: (Scene) async throws -> Result) async throws -> Result {
        let scene = Scene(root: FilePath(NSTemporaryDirectory()).appending("delivery-\(UUID().uuidString)"))
        for name in ["inbox", "outbox", "state/work"] {
            try FileManager.default.createDirectory(
                atPath: scene.root.pushing(FilePath(name)).string, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: scene.root.string) }
        return try await body(scene)
    }

    /// A moment that every test shares: 2025-12-19 14:20:07 in Berlin.
    static let date = Date(timeIntervalSince1970: 1_766_150_407)
    static let zone = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    func folder(_ name: String, _ observer: (any DiskObserver)? = nil) throws -> Folder {
        try Folder(opening: root.pushing(FilePath(name)), observer: observer)
    }

    func ledger(_ observer: (any LedgerObserver)? = nil) throws -> Ledger {
        try Ledger(in: folder("state"), observer: observer)
    }

    func put(_ text: String, _ path: String) throws {
        let file = URL(fileURLWithPath: root.pushing(FilePath(path)).string)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Every file below the folders, with its content; folders end with a slash.
    func files(below names: [String] = ["inbox", "outbox"]) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in names {
            for path in try FileManager.default.subpathsOfDirectory(atPath: root.appending(name).string) {
                let full = root.appending(name).pushing(FilePath(path)).string
                let data = FileManager.default.contents(atPath: full)
                found["\(name)/\(path)" + (data == nil ? "/" : "")] = data ?? Data()
            }
        }
        return found
    }

    /// Closes what lies in the inbox as the watching service would, with an outcome for each pair from `outcome`.
    func closed(_ ledger: Ledger) async throws -> ClosedBatch {
        let inbox = try folder("inbox")
        var machine = Inbox(rules: BatchRules(folderQuiet: .zero, lateGrace: .zero))
        var (actions, signatures) = ([InboxAction](), [FilePath: FileSignature]())
        for path in try files(below: ["inbox"]).keys.sorted() where !path.hasSuffix("/") && !path.contains("/_") {
            let path = FilePath(String(path.dropFirst("inbox/".count)))
            signatures[path] = try inbox.status(of: path).signature
            actions += machine.handle(.settled(path), now: .zero)
        }
        var renders: [Pair: RenderRecord] = [:]
        for second in 1...3 {
            for case .render(let pair) in actions where renders[pair] == nil {
                renders[pair] = try await rendered(pair, ledger)
                actions += machine.handle(.ended(pair), now: .seconds(second))
            }
            actions += machine.handle(.tick, now: .seconds(second))
        }
        let closings = actions.compactMap { if case .close(let closing) = $0 { closing } else { nil } }
        guard let closing = closings.first else { throw Nothing() }
        return ClosedBatch(
            closing: closing, renders: renders, signatures: signatures, date: Self.date, timeZone: Self.zone)
    }

    struct Nothing: Error {}

    /// An outcome as the queue would leave it: `ok`, unless the audio's name says otherwise.
    private func rendered(_ pair: Pair, _ ledger: Ledger) async throws -> RenderRecord {
        let inbox = try folder("inbox")
        let audio = try ContentHash.sha256(of: inbox.open(pair.audio))
        let avatar = try ContentHash.sha256(of: inbox.open(pair.avatar))
        let content = RenderContent(
            audioSHA256: audio, avatarSHA256: avatar, pointsSHA256: nil, engine: StubEngine().identity)
        let known = try await ledger.queueRender(content, at: Self.date)
        if known.state != .queued { return known }
        let attempt = try await ledger.beginAttempt(content.key, at: Self.date)
        if pair.audio.string.contains("bad") {
            return try await ledger.end(attempt, .rejected(Problem(.noSound, file: "a.wav")), at: Self.date)
        }
        let video = "video of \(audio)"
        try put(video, "state/work/\(content.key).mp4")
        return try await ledger.end(attempt, .ok(StubEngine.facts(Array(video.utf8))), at: Self.date)
    }

    func publisher(_ ledger: Ledger, _ observer: (any DiskObserver)? = nil) throws -> Publisher {
        Publisher(
            ledger: ledger, inbox: try folder("inbox", observer), outbox: try folder("outbox", observer),
            work: try folder("state/work", observer), date: { Self.date })
    }
}
