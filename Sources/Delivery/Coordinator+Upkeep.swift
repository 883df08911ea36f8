import Batch
import Logging
import Words

/// What is looked after from time to time: videos that nobody needs any more, and inputs that may not be moved.
extension Coordinator {
    static let hour = Duration.seconds(3600)
    private static let day = Duration.seconds(86_400)

    func startUpkeep() {
        tryMoves(after: .zero)
        // an hour in which open batches tell what they need
        later(Self.hour) { await $0.sweepDaily() }
    }

    private func sweepDaily() async {
        await sweep()
        await forgetOld()
        parts.tidyDaily?()
        later(Self.day) { await $0.sweepDaily() }
    }

    func sweep() async {
        guard let janitor = parts.janitor else { return }
        do throws(Obstruction) {
            let outcome = try await janitor.sweep { await neededVideos() }
            if outcome.removed > 0 {
                parts.logger.info(
                    "old videos removed", metadata: ["videos": "\(outcome.removed)", "bytes": "\(outcome.bytes)"])
            }
            if let isShort = outcome.isShort { setShort(isShort) }
        } catch {
            parts.logger.warning("waiting", metadata: ["why": "\(error.phrase.text(language))"])
        }
    }

    /// nil while there is a pair that is still being read: its key isn't known.
    func neededVideos() async -> Set<String>? {
        await parts.queue.neededKeys?.union(facts.retries.values.flatMap(\.keys))
    }

    private func setShort(_ isShort: Bool) {
        let words = Phrase(
            "The disk of the state folder is nearly full (less than min_free is left). Make room on it.",
            zh: "状态文件夹所在磁盘空间不足（低于 min_free）。请清理磁盘空间。")
        guard isShort != facts.troubles.contains(words) else { return }
        if isShort {
            facts.troubles.append(words)
            parts.logger.warning("trouble", metadata: ["what": "\(words.text(language))"])
        } else {
            facts.troubles.removeAll { $0 == words }
        }
    }

    // MARK: Inputs that may not be moved

    /// At the start, and every hour as long as there are any.
    func tryMoves(after delay: Duration) {
        guard !facts.pendingMoves.isEmpty, !facts.isWaitingForMoves else { return }
        facts.isWaitingForMoves = true
        later(delay) { await $0.tryMoves() }
    }

    private func tryMoves() async {
        facts.isWaitingForMoves = false
        do throws(Obstruction) {
            let count = try await parts.publisher.retryMoves()
            if count > 0 { parts.logger.info("moved at last", metadata: ["files": "\(count)"]) }
        } catch {
            // the whole service ends
            guard !Task.isCancelled else { return }
            if let away = error.away {
                noteAway(away)
            } else {
                parts.logger.warning("waiting", metadata: ["why": "\(error.phrase.text(language))"])
            }
        }
        await noteWhatStays()
        changed()
    }
}
