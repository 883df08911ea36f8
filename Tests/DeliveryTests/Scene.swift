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

    func root(
        _ name: String, _ observer: (any DiskObserver)? = nil, _ features: KernelFeatures = .all
    ) throws -> Root {
        // used before: what refuses changes refuses none that the first use makes
        let known = try Root(opening: root.pushing(FilePath(name)), features: features)
        return Root(known.path, id: known.id, observer: observer, features: features)
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

    /// Every file below the folders but the service's own, with its content; folders end with a slash.
    func files(below names: [String] = ["inbox", "outbox"]) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in names {
            for path in try FileManager.default.subpathsOfDirectory(atPath: root.appending(name).string)
            where !path.hasPrefix(".heygem-watch") {
                let full = root.appending(name).pushing(FilePath(path)).string
                let data = FileManager.default.contents(atPath: full)
                found["\(name)/\(path)" + (data == nil ? "/" : "")] = data ?? Data()
            }
        }
        return found
    }

    /// Closes what lies in the inbox as the watching service would, with an outcome for each pair from `outcome`.
    ///
    /// - Parameter isIgnored: what the watch leaves out.
    func closed(
        _ ledger: Ledger, expectTimeout: Duration = .seconds(86_400), but isIgnored: (String) -> Bool = { _ in false }
    ) async throws -> ClosedBatch {
        let inbox = try folder("inbox")
        var machine = Inbox(
            rules: BatchRules(folderQuiet: .zero, lateGrace: .zero, expectTimeout: expectTimeout))
        var (actions, signatures) = ([InboxAction](), [FilePath: FileSignature]())
        for path in try Self.paths(below: "", in: inbox) where !isIgnored(path.string) {
            signatures[path] = try inbox.status(of: path).signature
            actions += machine.handle(try event(path, inbox), now: .zero)
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

    /// Every file, whatever bytes its name has; not what is the service's own at the top.
    private static func paths(below folder: FilePath, in inbox: Folder) throws -> [FilePath] {
        try inbox.entries(of: folder).sorted { $0.name.string < $1.name.string }.flatMap { entry in
            let path = folder.appending(entry.name)
            let isOwn = folder.isEmpty && ["_archive", "_failed", ".heygem-watch"].contains(entry.name.string)
            if isOwn { return [FilePath]() }
            return entry.kind == .folder ? try paths(below: path, in: inbox) : [path]
        }
    }

    private func event(_ path: FilePath, _ inbox: Folder) throws -> InboxEvent {
        guard let role = Inbox.manifestRole(of: path, patterns: BatchRules.standardPatterns) else {
            return .settled(path)
        }
        let bytes = try inbox.contents(of: path, limit: Manifest.readLimit(role)) ?? []
        return .read(path, Manifest.read(path, bytes, as: role, engines: ["stub"]))
    }

    /// An outcome as the queue would leave it: `ok`, unless the audio's content says “bad”, or says “flaky” and
    /// `isLucky` doesn't. What says “long” gets a longer video.
    func rendered(_ pair: Pair, _ ledger: Ledger, isLucky: Bool = false) async throws -> RenderRecord {
        let inbox = try folder("inbox")
        let content = try StubEngine.content(pair, inbox)
        let known = try await ledger.queueRender(content, at: Self.date)
        if known.state != .queued { return known }
        let attempt = try await ledger.beginAttempt(content.key, at: Self.date)
        let text = try inbox.contents(of: pair.audio, limit: 1000).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if text.contains("bad") {
            return try await ledger.end(attempt, .rejected(Problem(.noSound, file: "a.wav")), at: Self.date)
        }
        if text.contains("flaky"), !isLucky {
            let problem = Problem(.engine, ["what": Phrase(verbatim: "It broke")])
            return try await ledger.end(attempt, .failed(problem, isLast: true), at: Self.date)
        }
        let video = String(repeating: "video of \(content.audioSHA256)", count: text.contains("long") ? 100 : 1)
        try put(video, "state/work/\(content.key).mp4")
        return try await ledger.end(attempt, .ok(StubEngine.facts(Array(video.utf8))), at: Self.date)
    }

    func publisher(
        _ ledger: Ledger, _ observer: (any DiskObserver)? = nil, settings: PublisherSettings = PublisherSettings(),
        date: Date = Scene.date
    ) throws -> Publisher {
        Publisher(
            ledger: ledger, inbox: try root("inbox", observer), outbox: try root("outbox", observer),
            work: try folder("state/work", observer), settings: settings, date: { date })
    }

    /// Closes what is in the inbox and delivers it.
    func deliver(
        _ ledger: Ledger, _ observer: (any DiskObserver)? = nil, settings: PublisherSettings = PublisherSettings()
    ) async throws -> DeliverySummary {
        let publisher = try publisher(ledger, observer, settings: settings)
        return try await publisher.deliver(try await publisher.close(try await closed(ledger)))
    }

    /// Tries a batch again, renders what has to be, and delivers it.
    func retry(
        _ ledger: Ledger, _ batch: String, _ item: String? = nil, settings: PublisherSettings = PublisherSettings(),
        isLucky: Bool = true
    ) async throws -> DeliverySummary {
        let publisher = try publisher(ledger, settings: settings, date: Self.date.addingTimeInterval(60))
        let plan = try await publisher.retry(batch: batch, item: item)
        var outcomes: [Pair: RenderRecord] = [:]
        for pair in plan.pairs { outcomes[pair] = try await rendered(pair, ledger, isLucky: isLucky) }
        return try await publisher.deliver(try await publisher.close(plan, outcomes, who: "eva"))
    }
}

extension StubEngine {
    /// What a pair's render is known by.
    static func content(_ pair: Pair, _ inbox: Folder) throws -> RenderContent {
        RenderContent(
            audioSHA256: try ContentHash.sha256(of: inbox.open(pair.audio)),
            avatarSHA256: try ContentHash.sha256(of: inbox.open(pair.avatar)), pointsSHA256: nil,
            engine: StubEngine().identity)
    }
}
