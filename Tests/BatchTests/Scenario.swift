import Batch
import Testing

/// What happens to an inbox and what must come of it, as text.
///
/// `events`, one a line, paths separated by ", ":
/// `0 copy a.wav, a.png` (being written from 0 s, settled at 2 s), `0 new a.wav` (being written), `9 set a.wav` (settled),
/// `9 gone a.wav`, `9 stir .a.wav.tmp` (an ignored file has grown), `9 end a.wav` (its render has its outcome), `9 kept a.wav` (delivered already),
/// `0 write d/items.csv: audio,avatar|a.wav,b.png` (copied with this content, `|` for the end of a line),
/// `9 cut a.wav` (its render finds that it ends too early), `0 write d/a.wav: new` (with this content; else a file holds its own name),
/// `0 write d/SHA256SUMS: <new>  a.wav` (in `<>` a content, of which the checksum stands there),
/// `9 cancel d` and `9 resume d` (by a person; the loose files are `.`).
/// `outcome`: what closed, with its content, then the batches that are still open, in the words of the report, with what holds them.
struct Scenario: Sendable, CustomTestStringConvertible {
    let title: String
    let events: String
    var rules = BatchRules()
    /// How long each render takes; nil where the script ends them.
    var renders: Duration? = .seconds(1)
    /// The outcome is the same, but for its times, whatever the order of all events, not only of those of one instant.
    var inAnyOrder = false
    var outcome: String
    /// What is rendered, given up and held on the way, in the written order of events; not compared where nil.
    var log: String?

    var testDescription: String { title }

    init(
        _ title: String, _ events: String, rules: BatchRules = BatchRules(), renders: Duration? = .seconds(1),
        inAnyOrder: Bool = false, gives outcome: String, log: String? = nil
    ) {
        self.title = title
        self.events = events
        self.rules = rules
        self.renders = renders
        self.inAnyOrder = inAnyOrder
        self.outcome = outcome
        self.log = log
    }

    struct Step: Hashable, Sendable {
        enum Verb: String { case new, set, gone, stir, end, kept, read, cut, cancel, resume }
        var time: Duration
        let verb: Verb
        let path: String
        /// What stands in a file that is read.
        var content = ""
    }

    /// Two looks, two seconds apart, settle a file.
    private static let settle = Duration.seconds(2)

    /// In order of time; as written within an instant.
    var steps: [Step] {
        let steps = events.split(separator: "\n").flatMap { line -> [Step] in
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            let time = Duration.seconds(Double(words[0]) ?? .nan)
            if words[1] == "write" { return Self.writing(words[2], at: time) }
            let paths = words[2].split(separator: ", ").map(String.init)
            if words[1] == "copy" {
                return paths.map { Step(time: time, verb: .new, path: $0) }
                    + paths.map { Step(time: time + Self.settle, verb: .set, path: $0) }
            }
            guard let verb = Step.Verb(rawValue: words[1]) else { return [] }
            return paths.map { Step(time: time, verb: verb, path: $0) }
        }
        return steps.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    /// In place of a SHA-256: FNV-1a.
    static func sum(of content: String) -> String {
        let sum = content.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    /// With the checksums of the contents that stand in `<>`.
    static func summed(_ text: String) -> String {
        text.replacing(/<([^>]*)>/) { sum(of: String($0.output.1)) }
    }

    private static func writing(_ words: String, at time: Duration) -> [Step] {
        let parts = words.split(separator: ": ", maxSplits: 1).map(String.init)
        let content = parts[1].replacing("|", with: "\n")
        return [
            Step(time: time, verb: .new, path: parts[0]),
            Step(time: time + settle, verb: .read, path: parts[0], content: content),
        ]
    }
}
