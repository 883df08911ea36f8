import Foundation
import TestPrograms
import Testing

/// The whole service, killed at each of its steps: changes of files and commits of the ledger.
@Suite struct EveryStepTests {
    /// How a run ends that nobody disturbs, and its number of steps.
    private static func undisturbed() async throws -> (end: EndState, steps: Int) {
        try await SteppedShare.with { stepped in
            let life = try await stepped.live()
            try #require(life.result.status == 0, "\(life.result.errors)")
            return (try await EndState(of: stepped.share), try #require(life.steps))
        }
    }

    /// Lives until the last one comes to its end, and compares what it leaves.
    ///
    /// - Parameter steps: before which the first lives end.
    /// - Returns: how many were killed.
    private static func live(_ steps: [Int], _ wanted: EndState) async throws -> Int {
        try await SteppedShare.with { stepped in
            var killed: [String] = []
            for step in steps {
                let life = try await stepped.live(until: "\(step)")
                if life.result.status == SIGKILL { killed.append(life.result.errors) }
                try #require(life.result.status == SIGKILL || life.steps != nil, "\(life.result.errors)")
            }
            let last = try await stepped.live()
            let comment = Comment(rawValue: killed.joined() + last.result.errors)
            try #require(last.result.status == 0, comment)
            let found = try await EndState(of: stepped.share).differences(from: wanted)
            #expect(found == [], comment)
            let deliveries = try await stepped.deliveries()
            #expect(deliveries == (done: 2, open: 0), comment)
            return killed.count
        }
    }

    /// Two at a time keep both cores of a small machine busy.
    private static let lanes = 2

    @Test("an undisturbed run delivers both batches, and tells of everything that was dropped")
    func undisturbedRun() async throws {
        let (end, steps) = try await Self.undisturbed()
        let names = end.files.keys
        #expect(names.filter { $0.hasPrefix("outbox/heygem_batch_result_") }.count == 6)
        #expect(names.filter { $0.hasPrefix("zips/") && $0.hasSuffix(".mp4") }.count == 3)
        #expect(names.contains { $0.hasPrefix("inbox/_failed/") && $0.hasSuffix("_dealers/bad.wav") })
        #expect(names.contains { $0.hasPrefix("inbox/_failed/") && $0.hasSuffix("_dealers/alone/lonely.mp4") })
        #expect(names.contains { $0.hasPrefix("inbox/_failed/") && $0.hasSuffix("_monday/other.wav") })
        #expect(end.files["inbox/dealers/vip/002.wav"] == "two, spoken anew")
        #expect(end.files["inbox/dealers/late.wav"] == "late")
        #expect(names.contains("inbox/held/batch.ready.error.txt"))
        #expect(steps > 100)
    }

    @Test(
        "killed before any of its steps and started again, the service ends as if nothing had happened",
        arguments: 0..<lanes)
    func everyStep(lane: Int) async throws {
        let wanted = try await Self.undisturbed()
        var step = lane + 1
        // runs differ by a few steps: the last is the one that no run reaches any more
        while try await Self.live([step], wanted.end) == 1 { step += Self.lanes }
        #expect(step > wanted.steps * 9 / 10)
    }

    @Test("so it does when it is killed again while it recovers", arguments: 0..<lanes)
    func twice(lane: Int) async throws {
        let wanted = try await Self.undisturbed()
        var random = SeededGenerator(seed: UInt64(lane) + 1)
        for _ in 0..<Self.sample {
            let first = Int.random(in: 1...wanted.steps, using: &random)
            // what the first life has done the second doesn't do again, but it has to find out
            let second = Int.random(in: 1...(wanted.steps - first + Self.stepsOfAStart), using: &random)
            _ = try await Self.live([first, second], wanted.end)
        }
    }

    @Test("a note that a kill has cut off doesn't stay in the folder of the batch that was mended meanwhile")
    func cutNote() async throws {
        try await SteppedShare.with { stepped in
            let inbox = stepped.share.inbox
            let cut = inbox.appendingPathComponent("held/.batch.ready.error.txt.new")
            let life = try await stepped.live(until: "write(\"held/.batch.ready.error.txt.new\"")
            try #require(life.result.status == SIGKILL && FileManager.default.fileExists(atPath: cut.path))
            try stepped.share.drop(Data("title: Mended\n".utf8), "held/batch.ready")
            #expect(try await stepped.live().result.status == 0)
            #expect(try stepped.share.results("_held.zip").count == 1)
            #expect(!FileManager.default.fileExists(atPath: inbox.appendingPathComponent("held").path))
        }
    }

    private static let sample = 20
    private static let stepsOfAStart = 15
}

/// The same numbers in every run.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
