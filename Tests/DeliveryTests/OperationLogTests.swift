import Batch
import Delivery
import Disk
import Foundation
import Render
import SystemPackage
import Testing

/// The real order of a delivery and of a render, and that a wrong one would be found.
@Suite struct OperationLogTests {
    private static func fill(_ scene: Scene) throws {
        try scene.put("face", "inbox/dealers/avatar.png")
        try scene.put("one", "inbox/dealers/001 Anna.wav")
        try scene.put("two", "inbox/dealers/vip/002.wav")
        try scene.put("bad three", "inbox/dealers/bad.wav")
        try scene.put("text", "inbox/dealers/notes.txt")
        try scene.put("", "inbox/dealers/batch.ready")
    }

    /// How a delivery goes.
    struct Way: CustomTestStringConvertible, Sendable {
        var name: String
        var mode = AfterDelivery.archive
        /// Somebody takes the first name with this ending just before we would.
        var taken: String?
        var features = KernelFeatures.all
        /// Of a ZIP; nil for none.
        var limit: UInt64?

        var testDescription: String { name }
    }

    static let ways = [
        Way(name: "to the archive"), Way(name: "delete", mode: .delete), Way(name: "keep", mode: .keep),
        Way(name: "a CSV's name is taken", taken: ".csv"), Way(name: "a ZIP's name is taken", taken: ".zip"),
        Way(name: "renamed by link and removal", features: [.openBeneath]),
        Way(name: "several ZIPs", limit: 1),
        Way(name: "a ZIP's name of several is taken", taken: "-2of3.zip", limit: 1),
    ]

    /// Hears of each change of a folder first, so that somebody else can be quicker.
    private struct Intruder: DiskObserver {
        let next: any DiskObserver
        let act: @Sendable (DiskOperation) -> Void

        func willDo(_ operation: DiskOperation) throws(Errno) {
            try next.willDo(operation)
            act(operation)
        }
    }

    private static func log(of way: Way) async throws -> [OperationLog.Entry] {
        try await Scene.with { scene in
            try fill(scene)
            let log = OperationLog()
            let ledger = try scene.ledger(log)
            let plain = try scene.ledger()
            let closed = try await scene.closed(plain)
            try plain.close()
            let outbox = Intruder(next: log.observer(of: .outbox)) { operation in
                guard let ending = way.taken, case .rename(_, let name) = operation,
                    name.string == "heygem_batch_result_20251219_142007_dealers" + ending
                else { return }
                try? scene.put("theirs", "outbox/\(name)")
            }
            let publisher = Publisher(
                ledger: ledger, inbox: try scene.root("inbox", log.observer(of: .inbox), way.features),
                outbox: try scene.root("outbox", outbox, way.features), work: try scene.folder("state/work"),
                settings: PublisherSettings(afterDelivery: way.mode, maxZipSize: way.limit), date: { Scene.date })
            _ = try await publisher.deliver(try await publisher.close(closed))
            try ledger.close()
            return log.entries
        }
    }

    @Test("a delivery has on the disk what it commits, and commits each step in its turn", arguments: ways)
    func delivery(way: Way) async throws {
        let entries = try await Self.log(of: way)
        #expect(entries.count > 20)
        #expect(entries.contains(.commit("L8 archived")))
        #expect(OperationOrder.violations(in: entries) == [])
    }

    @Test("a finished video is on the disk under its name before the ledger says so")
    func render() async throws {
        let entries = try await Self.logOfRenders()
        #expect(entries.filter { $0 == .commit("end attempt") }.count == 2)
        #expect(OperationOrder.violations(in: entries) == [])
    }

    private static func logOfRenders() async throws -> [OperationLog.Entry] {
        try await Scene.with { scene in
            try fill(scene)
            let log = OperationLog()
            let ledger = try scene.ledger(log)
            let queue = RenderQueue(
                ledger: ledger, inbox: try scene.root("inbox"),
                work: try scene.folder("state/work", log.observer(of: .work)), engine: StubEngine(),
                settings: RenderQueueSettings(workers: 1), clock: ImpatientClock(), date: { Scene.date })
            let running = Task { try await queue.run() }
            let folder = BatchFolder.folder("dealers")
            let pairs: [Pair] = ["dealers/001 Anna.wav", "dealers/vip/002.wav"].map {
                Pair(again: folder, audio: $0, avatar: "dealers/avatar.png", points: nil, revision: 1)
            }
            for pair in pairs { await queue.submit(pair) }
            var ended = 0
            for await event in queue.events {
                if case .ended = event { ended += 1 }
                if ended == pairs.count { break }
            }
            running.cancel()
            try await running.value
            try ledger.close()
            return log.entries
        }
    }

    // MARK: Wrong orders

    @Test("a delivery without one of its syncs is found")
    func missingSync() async throws {
        let entries = try await Self.log(of: Self.ways[0]) + Self.logOfRenders()
        let syncs = Set(entries.filter { $0.isSync && !$0.description.contains(".heygem-watch") })
        #expect(syncs.count >= 8)
        for sync in syncs {
            let others = entries.filter { $0 != sync }
            #expect(OperationOrder.violations(in: others) != [], "\(sync)")
        }
    }

    /// An entry that comes at a wrong time.
    struct Shift: CustomTestStringConvertible, Sendable {
        var entry: String
        /// Just before or after the first entry with this in its words.
        var goesBefore: String?
        var goesAfter: String?

        var testDescription: String { "\(entry) \(goesBefore.map { "before \($0)" } ?? "after \(goesAfter ?? "")")" }

        func apply(to entries: [OperationLog.Entry]) throws -> [OperationLog.Entry] {
            var entries = entries
            let from = try #require(entries.firstIndex { $0.description.contains(entry) })
            let moved = entries.remove(at: from)
            let mark = try #require(entries.firstIndex { $0.description.contains(goesBefore ?? goesAfter ?? "") })
            entries.insert(moved, at: goesBefore == nil ? mark + 1 : mark)
            return entries
        }
    }

    static let shifts = [
        Shift(entry: "commit L1", goesAfter: "commit L2"),
        Shift(entry: "commit L2", goesAfter: "outbox create"),
        Shift(entry: "commit L4", goesBefore: "outbox syncFolder"),
        Shift(entry: "commit L4", goesAfter: "outbox rename"),
        Shift(entry: "commit L6", goesAfter: "inbox rename"),
        Shift(entry: "commit L6", goesBefore: "outbox rename"),
        Shift(entry: "commit L8", goesBefore: "inbox syncFolder"),
        Shift(entry: "commit L8", goesBefore: "inbox rename"),
        Shift(entry: ".zip\")", goesBefore: ".csv\")"),
        Shift(entry: "\"dealers/batch.ready", goesBefore: "\"dealers/001 Anna.wav"),
    ]

    @Test("a step of a delivery that comes too early or too late is found", arguments: shifts)
    func shifted(shift: Shift) async throws {
        let entries = try shift.apply(to: try await Self.log(of: Self.ways[0]))
        #expect(OperationOrder.violations(in: entries) != [])
    }

    static let renderShifts = [
        Shift(entry: "commit begin attempt", goesAfter: "work create"),
        Shift(entry: "commit end attempt", goesBefore: "work syncFolder"),
        Shift(entry: "work sync(", goesAfter: "work replace"),
    ]

    @Test("so is one of a render", arguments: renderShifts)
    func shiftedRender(shift: Shift) async throws {
        let entries = try shift.apply(to: try await Self.logOfRenders())
        #expect(OperationOrder.violations(in: entries) != [])
    }

    static let foreign: [OperationLog.Entry] = [
        .disk(.outbox, .create("heygem_batch_result_x.zip")), .disk(.outbox, .write("result.csv", bytes: 1)),
        .disk(.inbox, .remove("dealers/001.wav")), .disk(.inbox, .rename("dealers/001.wav", to: "x")),
        .disk(.work, .create("attempts/1.mp4")), .disk(.outbox, .rename("a", to: "b")),
    ]

    @Test("so is what no delivery does before it has begun", arguments: foreign)
    func outOfPlace(entry: OperationLog.Entry) {
        #expect(OperationOrder.violations(in: [entry]) != [])
    }
}

extension OperationLog.Entry {
    fileprivate var isSync: Bool {
        switch self {
        case .disk(_, .sync), .disk(_, .syncFolder): true
        default: false
        }
    }
}
