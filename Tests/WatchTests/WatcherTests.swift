import Disk
import Glibc
import SystemPackage
import Testing
import Watch

@Suite(.timeLimit(.minutes(1))) struct WatcherTests {
    let inbox: TemporaryInbox
    let clock = ManualClock()

    init() throws {
        inbox = try TemporaryInbox()
    }

    /// Runs a watcher while `body` reads its events.
    private func watching(
        _ settings: WatchSettings = WatchSettings(), clock: any Clock<Duration>,
        _ body: (Watcher, EventReader) async throws -> Void
    ) async throws {
        let watcher = Watcher(root: inbox.root, settings: settings, clock: clock)
        let running = Task { await watcher.run() }
        let events = EventReader(events: watcher.events)
        try await body(watcher, events)
        running.cancel()
        await running.value
        while await events.next() != nil {}
    }

    @Test("all that is there is told, then that it is all, then what settles; and the stream ends with the watcher")
    func wholeLife() async throws {
        try inbox.write("x", to: "a.wav")
        try await watching(clock: clock) { _, events in
            #expect(await events.next() == .unsettled("a.wav"))
            #expect(await events.next() == .scanned)
            clock.advance(by: .seconds(2))
            #expect(await events.next()?.settledPath == "a.wav")
            try inbox.makeFolder("batch")
            try inbox.write("x", to: "batch/b.wav")
            #expect(await events.next() == .unsettled("batch/b.wav"))
            clock.advance(by: .seconds(2.5))
            #expect(await events.next()?.settledPath == "batch/b.wav")
        }
    }

    @Test("everything is looked at every five minutes")
    func rescans() async throws {
        try inbox.write("x", to: "x", in: inbox.outside)
        try inbox.check(link(inbox.outside.appending("x").string, inbox.inbox.appending("a.wav").string))
        try await watching(clock: clock) { _, events in
            #expect(await events.next() == .unsettled("a.wav"))
            #expect(await events.next() == .scanned)
            clock.advance(by: .seconds(2))
            #expect(await events.next()?.settledPath == "a.wav")
            // written under a name that isn't watched
            try inbox.write("changed", to: "x", in: inbox.outside)
            clock.advance(by: .seconds(298))
            #expect(await events.next() == .unsettled("a.wav"))
            clock.advance(by: .seconds(2))
            #expect(await events.next()?.settledPath == "a.wav")
        }
    }

    @Test("a file that others can vouch for settles soon")
    func hurried() async throws {
        var settings = WatchSettings()
        settings.settle = .seconds(100_000)
        try inbox.write("x", to: "a.wav")
        try await watching(settings, clock: clock) { watcher, events in
            watcher.hurry(["a.wav"])
            #expect(await events.next() == .unsettled("a.wav"))
            #expect(await events.next() == .scanned)
            #expect(await nextEvent(events)?.settledPath == "a.wav")
            #expect(clock.now.offset < .seconds(100_000))
        }
    }

    @Test("an inbox that goes away and comes back, by its own events and the clock")
    func rootGone() async throws {
        try inbox.write("x", to: "a.wav")
        try await watching(clock: clock) { _, events in
            #expect(await events.next() == .unsettled("a.wav"))
            #expect(await events.next() == .scanned)
            clock.advance(by: .seconds(2))
            #expect(await events.next()?.settledPath == "a.wav")
            let hidden = inbox.top.appending("hidden").string
            try inbox.check(rename(inbox.inbox.string, hidden))
            #expect(await nextEvent(events) == .trouble(.missing(RootAway(inbox.inbox, .gone))))
            try inbox.check(rename(hidden, inbox.inbox.string))
            #expect(await nextEvent(events) == .troubleOver(.missing(RootAway(inbox.inbox, .gone))))
        }
    }

    /// The next event, however often the clock has to be moved for it.
    private func nextEvent(_ events: EventReader) async -> WatchEvent? {
        let mover = Task {
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        defer { mover.cancel() }
        return await events.next()
    }

    @Test("by the real clock, 300 files dropped while nobody takes the events all settle")
    func realTime() async throws {
        var settings = WatchSettings()
        settings.settle = .milliseconds(30)
        try await watching(settings, clock: SuspendingClock()) { _, events in
            #expect(await events.next() == .scanned)
            for index in 0..<300 { try inbox.write("x", to: FilePath("f\(index).wav")) }
            var settled: Set<FilePath> = []
            while settled.count < 300, let event = await events.next() {
                if let path = event.settledPath { #expect(settled.insert(path).inserted) }
            }
            #expect(settled.count == 300)
        }
    }
}

/// Takes one event after the other.
struct EventReader: Sendable {
    let events: AsyncStream<WatchEvent>

    func next() async -> WatchEvent? {
        for await event in events {
            // told of every inbox
            if case .watching(.events, _) = event { continue }
            return event
        }
        return nil
    }
}
