import Batch
import Logging
import SystemPackage
import Words

/// What queue and publisher tell.
extension Coordinator {
    func readQueue() async {
        for await event in parts.queue.events {
            switch event {
            case .started(let pair):
                noteRetry(of: pair, nil)
                parts.logger.info("rendering", metadata: ["item": "\(pair.audio)", "avatar": "\(pair.avatar)"])
            case .ended(let pair, let render): takeEnd(pair, render)
            case .failed(let pair, let problem, let pause):
                parts.logger.warning(
                    "trying again",
                    metadata: [
                        "item": "\(pair.audio)", "in": "\(pause.components.seconds) s",
                        "why": "\(problem.text(language))",
                    ])
            case .away(let away): noteAway(away)
            case .hindered(let words):
                parts.logger.warning("waiting", metadata: ["why": "\(words.text(language))"])
            case .waiting(let pair, let obstruction):
                facts.retryEnds[pair]?.yield((pair, nil))
                noteRetry(of: pair, obstruction)
                parts.logger.warning(
                    "waiting", metadata: ["item": "\(pair.audio)", "why": "\(obstruction.phrase.text(language))"])
            }
            changed()
        }
    }

    private func takeEnd(_ pair: Pair, _ render: RenderRecord) {
        noteRetry(of: pair, nil)
        facts.noteEnded(pair, render)
        guard facts.retryEnds[pair] != nil || !isGraced(pair, render) else { return }
        if let problem = render.problem, render.state != .ok {
            parts.logger.warning(
                "no video", metadata: ["item": "\(pair.audio)", "why": "\(problem.text(language))"])
        } else {
            parts.logger.info("rendered", metadata: ["item": "\(pair.audio)"])
        }
        if let outlet = facts.retryEnds[pair] {
            outlet.yield((pair, render))
        } else {
            apply(.ended(pair))
        }
    }

    func readPublisher() async {
        for await news in parts.publisher.news {
            switch news {
            case .packing(let progress): note(progress)
            case .packed(let delivery): facts.packing[delivery] = nil
            case .trouble(let words):
                facts.troubles.append(words)
                parts.logger.warning("trouble", metadata: ["what": "\(words.text(language))"])
            }
            changed()
        }
    }

    private func note(_ progress: PackProgress) {
        if progress.isSlow, facts.packing[progress.delivery]?.isSlow != true {
            parts.logger.warning(
                "packing takes long",
                metadata: ["batch": "\(progress.batch)", "what": "\(progress.words.text(language))"])
        }
        facts.packing[progress.delivery] = progress
    }
}
