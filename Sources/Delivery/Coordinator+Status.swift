import Batch
package import Foundation
import Logging
import Render
import SystemPackage
import Watch
import Words

extension Coordinator {
    /// What goes on now.
    package func status(process: Int32, started: Date) async -> ServiceStatus {
        let queue = await parts.queue.state
        tellSlow(queue.running)
        var status = ServiceStatus(process: process, started: started, changed: date(), language: language)
        let reports = reports()
        let waiting = queue.waiting.filter { facts.retryEnds[$0.key] == nil }
        status.batches = reports.map { open($0, waiting: waiting) }
        status.running = queue.running.map(running)
        status.queued = queue.queued
        status.retries = facts.retries.sorted { $0.key < $1.key }.map {
            ServiceStatus.Retry(batch: $1.title, item: $1.item, waitsFor: $1.waitsFor.text(language))
        }
        status.delivering = facts.delivering.values.map(delivering).sorted { $0.batch < $1.batch }
        status.delivered = facts.delivered
        status.pendingMoves = facts.pendingMoves
        let ignored = ignored(reports)
        status.ignoredCount = ignored.count
        status.keptCount = facts.keptCount
        status.ignored = Array(ignored.sorted { $0.path < $1.path }.prefix(ServiceStatus.ignoredLimit))
        status.troubles = facts.troubles.map { $0.text(language) }
        return status
    }

    private func open(_ report: BatchReport, waiting: [Pair: Phrase]) -> ServiceStatus.OpenBatch {
        // what can't go on says more than what is waited for
        let obstruction = waiting.first { $0.key.folder == report.folder }?.value
        var open = ServiceStatus.OpenBatch(
            name: report.name.text, items: report.waiting + report.rendering + report.ended, ended: report.ended,
            bad: facts.bad.count { $0.folder == report.folder },
            unpaired: report.halves.filter { !$0.isForeign }.map(\.string), others: report.others.map(\.string),
            copying: report.unsettled, hasMarker: report.hasMarker,
            waitsFor: (obstruction ?? advice(report.waitsFor)).text(language))
        open.title = report.title
        open.unusable = report.halves.filter(\.isForeign).map(\.string)
        open.problems = report.problems.map { .init(code: $0.reason, text: $0.text(language)) }
        open.expect = report.expect.map { .init(ended: $0.ended, wanted: $0.wanted) }
        return open
    }

    /// The words, and what to do.
    private func advice(_ wait: Wait) -> Phrase {
        guard wait == .marker else { return wait.words }
        let marker = PublisherSettings.markerName(patterns: patterns.map(\.glob))
        return Phrase("\(wait.words.en): an empty file \(marker)", zh: "\(wait.words.zh)：一个名为 \(marker) 的空文件")
    }

    private func running(_ running: RenderQueueState.Running) -> ServiceStatus.RunningItem {
        let retry = facts.retries.values.first { $0.names[running.pair] != nil }
        var item = ServiceStatus.RunningItem(
            batch: retry?.title ?? running.pair.folder.text,
            item: retry?.names[running.pair] ?? running.pair.label, frame: running.progress.frame,
            frames: running.progress.frames, started: running.started)
        item.seconds = Int(running.time.components.seconds)
        item.silentSeconds = Int(running.silence.components.seconds)
        item.isSlow = running.isSlow
        return item
    }

    private func delivering(_ delivery: Delivery) -> ServiceStatus.Delivering {
        guard let progress = facts.packing[delivery.id] else {
            return ServiceStatus.Delivering(batch: delivery.batch, waitsFor: delivery.waitsFor.text(language))
        }
        // what it waited for is there
        var delivering = ServiceStatus.Delivering(batch: delivery.batch, waitsFor: "")
        delivering.progress = progress.words.text(language)
        delivering.seconds = max(0, Int(date().timeIntervalSince(progress.since)))
        delivering.isSlow = progress.isSlow
        return delivering
    }

    private func ignored(_ reports: [BatchReport]) -> [ServiceStatus.IgnoredFile] {
        facts.ignored.filter { $0.value != .own }.map {
            ServiceStatus.IgnoredFile(path: $0.key.string, reason: $0.value.phrase.text(language))
        }
            + reports.flatMap(\.ignored).map {
                ServiceStatus.IgnoredFile(path: $0.path.string, reason: $0.reason.text(language))
            }
    }

    /// A line in the log for each render when it has become slow.
    private func tellSlow(_ running: [RenderQueueState.Running]) {
        facts.toldSlow.formIntersection(running.map(\.pair))
        for render in running where render.isSlow && facts.toldSlow.insert(render.pair).inserted {
            parts.logger.warning(
                "rendering takes long",
                metadata: [
                    "item": "\(render.pair.audio)", "for": "\(render.time.components.seconds) s",
                    "frame": "\(render.progress.frame) of \(render.progress.frames)",
                ])
        }
    }
}

extension FilePath {
    /// Of a kind that can't be used, so that no partner would help.
    fileprivate var isForeign: Bool { ForeignFormat.kind(of: self) != nil }
}
