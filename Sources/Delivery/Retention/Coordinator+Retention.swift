import Logging
import Words

extension Coordinator {
    /// Between two sweeps after deliveries: of a thousand batches not each has to look at all others.
    private static let pause = Duration.seconds(600)

    /// What is kept no longer goes: after deliveries and once a day.
    func forgetOld() async {
        guard let retention = parts.retention else { return }
        facts.isForgettingWanted = true
        guard !facts.isForgetting else { return }
        (facts.isForgetting, facts.isForgettingWanted) = (true, false)
        tell(await retention.sweep { await neededVideos() })
        later(Self.pause) { await $0.forgetAgain() }
    }

    private func forgetAgain() async {
        facts.isForgetting = false
        if facts.isForgettingWanted { await forgetOld() }
    }

    private func tell(_ outcome: Retention.Outcome) {
        for removed in outcome.removed { tell(removed) }
        if outcome.forgotten > 0 {
            parts.logger.info("history forgotten", metadata: ["batches": "\(outcome.forgotten)"])
        }
        let words = outcome.obstruction?.phrase
        // it is tried again and again, and told once
        if let words, words != facts.toldKept, !Task.isCancelled {
            parts.logger.warning("waiting", metadata: ["why": "\(words.text(language))"])
        }
        facts.toldKept = words
    }

    private func tell(_ removed: Removed) {
        parts.logger.info(
            "old files removed",
            metadata: [
                "what": "\(removed.part.rawValue)", "batch": "\(removed.batch)", "files": "\(removed.files)",
                "bytes": "\(removed.bytes)", "because of": "\(removed.key)",
            ])
        guard removed.left > 0 else { return }
        parts.logger.warning(
            "files that are not ours stay",
            metadata: ["what": "\(removed.part.rawValue)", "batch": "\(removed.batch)", "files": "\(removed.left)"])
    }
}
