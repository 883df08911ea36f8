import Batch
import Delivery
import Disk
import Foundation
import Synchronization
import SystemPackage
import Testing

extension VirtualTime {
    /// Notes whose writing or removal fails for a while.
    @Suite(.timeLimit(.minutes(2))) struct NoteFaultTests {
        private static let note = "inbox/dealers/batch.ready.error.txt"

        /// Refuses so many changes that are about a note.
        private static func refusal(_ kind: Fault.Kind, times: Int) -> Refusal {
            let left = Tally(times)
            return Refusal { operation in
                "\(operation)".contains("error.txt") && left.take() ? kind.error : nil
            }
        }

        private final class Tally: Sendable {
            private let left: Mutex<Int>

            init(_ count: Int) { left = Mutex(count) }

            func take() -> Bool {
                left.withLock { left in
                    left -= 1
                    return left >= 0
                }
            }
        }

        /// The first refusals hit each step of a note's writing, those after them its further tries.
        @Test(
            "a note that a failing disk keeps from its place is there when the disk works again, and nowhere else",
            arguments: [Fault.Kind.broken, .quota, .stale, .full], [1, 2, 3, 4, 9])
        func writing(kind: Fault.Kind, times: Int) async throws {
            try await Scene.with { scene in
                var options = RunningService.Options()
                options.clock = VirtualClock()
                options.inbox = Self.refusal(kind, times: times)
                let service = try RunningService(scene, options)
                try await service.whileRunning {
                    try await service.drop([
                        "dealers/avatar.png": "face", "dealers/one.wav": "one", "dealers/batch.ready": "titel: July\n",
                    ])
                    try await service.live(within: .seconds(3600)) { _ in
                        try scene.text(Self.note) != nil && scene.files(below: ["outbox"]).isEmpty
                    }
                    try scene.put("title: July\n", "inbox/dealers/batch.ready")
                    try await service.live { !$0.delivered.isEmpty && $0.delivering.isEmpty }
                }
                #expect(try scene.results() == Scene.set("dealers"))
                #expect(
                    try scene.inputs() == ["avatar.png", "batch.ready", "one.wav"].map { "_archive/dealers/\($0)" })
            }
        }
    }
}

@Suite struct StatusFaultTests {
    @Test("a status that can't be written is written when it can be, without another change", .timeLimit(.minutes(1)))
    func status() async throws {
        try await Scene.with { scene in
            let service = try RunningService(scene)
            let isMended = Switch()
            let refusals = Mutex(0)
            let full = Refusal { _ in
                if isMended.isOn { return nil }
                refusals.withLock { $0 += 1 }
                return .noSpace
            }
            let writer = StatusWriter(
                coordinator: service.coordinator, state: try scene.folder("state", full),
                outbox: try scene.root("outbox"), started: Scene.date, clock: ImpatientClock())
            let (shown, show) = AsyncStream<Void>.makeStream()
            let running = Task { try await service.coordinator.run() }
            let writing = Task { await writer.run { _ in show.yield() } }
            for await _ in shown where refusals.withLock({ $0 }) >= 2 { break }
            isMended.turnOn()
            // nothing else changes in this service any more; the time limit bounds it
            while try scene.files(below: ["state"])["state/status.json"] == nil, !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try scene.files(below: ["state"])["state/status.json"] != nil)
            writing.cancel()
            await writing.value
            running.cancel()
            _ = await running.result
            try service.ledger.close()
        }
    }

    @Test(
        "an outbox that hangs, or refuses, keeps no status.json from being written, nor has it written for nothing",
        .timeLimit(.minutes(1)))
    func outbox() async throws {
        try await Scene.with { scene in
            let service = try RunningService(scene)
            let (refusals, refused) = AsyncStream<Void>.makeStream()
            let gate = DispatchSemaphore(value: 0)
            let hung = Refusal { _ in
                refused.yield()
                gate.wait()
                return .ioError
            }
            let writer = StatusWriter(
                coordinator: service.coordinator, state: try scene.folder("state"),
                outbox: try scene.root("outbox", hung), started: Scene.date, clock: ImpatientClock())
            let running = Task { try await service.coordinator.run() }
            let writing = Task { await writer.run { _ in } }
            var waits = refusals.makeAsyncIterator()
            await waits.next()
            try scene.put("words", "inbox/dealers/one.wav")
            func json() throws -> Data? { try scene.files(below: ["state"])["state/status.json"] }
            // the time limit bounds it
            while try json().map(ServiceStatus.decode)?.batches.first?.unpaired.count != 1, !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(50))
            }
            let before = try json()
            for _ in 1...2 {
                gate.signal()
                await waits.next()
            }
            if let before, let after = try json(), after != before {
                var status = try ServiceStatus.decode(before)
                let now = try ServiceStatus.decode(after)
                status.changed = now.changed
                #expect(status != now)
            }
            for _ in 1...9 { gate.signal() }
            writing.cancel()
            await writing.value
            running.cancel()
            _ = await running.result
            try service.ledger.close()
        }
    }

    private final class Switch: Sendable {
        private let value = Atomic(false)
        var isOn: Bool { value.load(ordering: .relaxed) }

        func turnOn() { value.store(true, ordering: .relaxed) }
    }
}
