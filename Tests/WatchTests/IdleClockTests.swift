import Testing
import Watch

@Suite struct IdleClockTests {
    @Test("a sleep is over at its deadline, not before, and at once where that has passed")
    func sleeps() async throws {
        let clock = IdleClock()
        let deadline = clock.now.advanced(by: .milliseconds(30))
        try await clock.sleep(until: deadline, tolerance: nil)
        #expect(clock.now >= deadline)
        try await clock.sleep(until: deadline, tolerance: nil)
    }

    @Test("a cancelled sleep ends at once, also where it was cancelled before it began")
    func cancelled() async throws {
        let sleeper = Task { try await IdleClock().sleep(for: .seconds(3600)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test("many sleep at a time and each wakes")
    func many() async throws {
        try await withThrowingTaskGroup { group in
            for index in 0..<200 { group.addTask { try await IdleClock().sleep(for: .milliseconds(index % 20)) } }
            try await group.waitForAll()
        }
    }
}
