import Batch
import SystemPackage
import Testing

@Suite struct ChaosTests {
    private static let names =
        ["a.wav", "A.mp3", "a.png", "a.mp4", "a.face.json", "avatar.png", "Avatar.mp4", "avatar.face.json"]
        + ["b.wav", "b.webp", "audio.wav", "Audio.mp3", "audio.png", "c.heic", "batch.ready", "x.batch", "notes.xyz"]
        + ["items.csv", "ITEMS.csv"]
    private static let paths =
        ["d.batch", "D.batch.txt"] + ["", "d/", "D/", "d/vip/"].flatMap { folder in names.map { folder + $0 } }
    private static let tables = [
        "audio,avatar\na.wav,b.webp", "audio,avatar,name\nA.mp3,a.png,x/y\nb.wav,,a", "audio\nvip/a.wav",
        "audio,avatar,name\naudio.wav,VIP/B.webp,b", "audio,avatar\nB.WAV,c.heic\na.wav,A.PNG", "audio,avatar\n,b.png",
        "audio,avatar\na.wav,avatar.png\nA.WAV,audio.png", "",
    ]
    private static let markers = ["", "title: July", "expect: 2\ntags: [x, vip]", "expect: 9", "nonsense"]

    private static func rules(_ seed: Int) -> BatchRules {
        BatchRules(
            closeAfter: seed % 3 == 0 ? .seconds(60) : nil, expectTimeout: .seconds(100),
            defaultAvatar: seed % 5 == 0 ? "/srv/face.png" : nil)
    }

    @Test("whatever happens, every file is in one place and what is rendered is wanted", arguments: 0..<60)
    func chaos(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var simulation = Simulation(rules: Self.rules(seed), renderTime: .seconds(3))
        // few files meet more often
        let paths = Array(Self.paths.shuffled(using: &random).prefix([12, 30, 200][seed % 3]))
        for _ in 0..<250 {
            let pause = [0, 0, 0, 100, 2000, 6000, 70_000].randomElement(using: &random) ?? 0
            if pause > 0 { simulation.advance(to: simulation.now + .milliseconds(pause)) }
            simulation.take(step(paths, at: simulation.now, using: &random))
        }
        for folder in ["d", "D", "."] {
            simulation.take(.init(time: simulation.now, verb: .resume, path: folder))
        }
        for path in paths { simulation.take(.init(time: simulation.now, verb: .gone, path: path)) }
        #expect(simulation.inbox.isResting && simulation.outcome.allSatisfy { !$0.hasPrefix("open") })
    }

    private static let lists = [
        "<a.wav>  a.wav|<a.png>  a.png", "<x>  a.wav|<b.wav>  B.WAV|<y>  batch.ready",
        "<a.wav>  a.wav|<a.wav>  vip/a.wav", "nonsense", "", "<items.csv>  items.csv|<b.png>  b.webp|<z>  SHA256SUMS",
        "<unreadable>  b.wav|<a.mp4>  a.mp4",
        "<avatar.png>  Avatar.PNG|<audio.wav>  audio.wav",
    ]
    private static let contents = ["x", "unreadable", "y"]

    @Test("the same with lists that say which files are complete", arguments: 0..<40)
    func lists(seed: Int) {
        var random = SeededGenerator(seed: UInt64(1000 + seed))
        var simulation = Simulation(rules: Self.rules(seed), renderTime: .seconds(3))
        let lists = ["SHA256SUMS", "d/SHA256SUMS", "d/sha256sums.txt", "D/SHA256SUMS"]
        let paths = lists + Array(Self.paths.shuffled(using: &random).prefix([12, 30, 200][seed % 3]))
        for _ in 0..<250 {
            let pause = [0, 0, 0, 100, 2000, 6000, 70_000].randomElement(using: &random) ?? 0
            if pause > 0 { simulation.advance(to: simulation.now + .milliseconds(pause)) }
            let isList = Int.random(in: 0..<8, using: &random) == 0
            var step = step(isList ? lists : paths, at: simulation.now, using: &random)
            let isOfList = lists.contains(step.path)
            if isOfList, step.verb == .read { step.content = Self.lists.randomElement(using: &random) ?? "" }
            if !isOfList, step.verb == .set, Bool.random(using: &random), !Self.isManifest(step.path) {
                step = .init(
                    time: step.time, verb: .read, path: step.path,
                    content: Self.contents.randomElement(using: &random) ?? "")
            }
            simulation.take(step)
        }
        for folder in ["d", "D", "."] {
            simulation.take(.init(time: simulation.now, verb: .resume, path: folder))
        }
        for path in paths { simulation.take(.init(time: simulation.now, verb: .gone, path: path)) }
        simulation.advance(to: simulation.now + .seconds(1))
        #expect(simulation.inbox.isResting && simulation.outcome.allSatisfy { !$0.hasPrefix("open") })
    }

    private static func isManifest(_ path: String) -> Bool {
        ["items.csv", "batch", "txt", "ready"].contains { path.lowercased().hasSuffix($0) }
    }

    private func step(
        _ paths: [String], at time: Duration, using random: inout SeededGenerator
    ) -> Scenario.Step {
        let verbs: [Scenario.Step.Verb] = [.new, .set, .set, .set, .read, .read, .gone, .kept]
        if Int.random(in: 0..<40, using: &random) == 0 {
            let folder = ["d", "D", "."].randomElement(using: &random) ?? "."
            return .init(time: time, verb: Bool.random(using: &random) ? .cancel : .resume, path: folder)
        }
        let path = paths.randomElement(using: &random) ?? ""
        let contents = path.lowercased().hasSuffix("items.csv") ? Self.tables : Self.markers
        return .init(
            time: time, verb: verbs.randomElement(using: &random) ?? .new, path: path,
            content: contents.randomElement(using: &random) ?? "")
    }
}
