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
        let bad = Dictionary(grouping: facts.bad, by: \.folder)
        status.batches = reports.map { open($0, bad: bad[$0.folder] ?? [], waiting: waiting) }
        status.running = queue.running.map(running)
        status.queued = queue.queued
        status.retries = facts.retries.sorted { $0.key < $1.key }.map {
            ServiceStatus.Retry(batch: $1.title, item: $1.item, waitsFor: $1.waitsFor.text(language))
        }
        status.delivering = facts.delivering.values.map(delivering).sorted { $0.batch < $1.batch }
        status.delivered = facts.delivered
        status.pendingMoves = facts.pendingMoves
        (status.ignored, status.ignoredCount) = ignored(reports)
        status.keptCount = facts.keptCount
        status.troubles = (facts.awayWords + facts.troubles).map { $0.text(language) }
        status.watching = facts.watching?.way.rawValue
        status.fileSystem = facts.watching?.fileSystem
        return status
    }

    private func open(
        _ report: BatchReport, bad: [Pair], waiting: [Pair: Phrase]
    ) -> ServiceStatus.OpenBatch {
        // what can't go on says more than what is waited for
        let obstruction = waiting.first { $0.key.folder == report.folder }?.value
        var open = ServiceStatus.OpenBatch(
            name: report.name.text, items: report.waiting + report.rendering + report.ended, ended: report.ended,
            bad: Set(bad).subtracting(report.incomplete.map(\.pair)).count,
            unpaired: report.halves.first.map(\.string), others: report.others.first.map(\.string),
            copying: report.unsettled, hasMarker: report.hasMarker,
            waitsFor: (obstruction ?? advice(report.waitsFor)).text(language))
        open.title = report.title
        open.unusable = report.foreign.first.map(\.string)
        (open.unpairedCount, open.othersCount) = (report.halves.count, report.others.count)
        open.unusableCount = report.foreign.count
        open.problems = report.problems.map { .init(code: $0.reason, text: $0.text(language)) }
        open.unproven = report.unproven.map { .init(path: $0.name, reason: $0.words.text(language)) }
        open.unprovenCount = report.unprovenCount
        open.incomplete = report.incomplete.prefix(ServiceStatus.ignoredLimit).map {
            .init(path: $0.file.string, until: date(of: $0.until))
        }
        open.expect = report.expect.map { .init(ended: $0.ended, wanted: $0.wanted) }
        return open
    }

    /// The words, and what to do.
    private func advice(_ wait: Wait) -> Phrase {
        if case .completion(_, _, let until) = wait {
            let time = clockTime(until)
            return Phrase("\(wait.words.en); until \(time)", zh: "\(wait.words.zh)；至 \(time)")
        }
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

    /// The first ones, and how many there are in all.
    private func ignored(_ reports: [BatchReport]) -> ([ServiceStatus.IgnoredFile], Int) {
        let files = FileSample(facts.ignored.lazy.filter { $0.value != .own }.map(\.key))
        var ignored = files.first.compactMap { path in
            facts.ignored[path].map {
                ServiceStatus.IgnoredFile(path: path.string, reason: $0.phrase.text(language))
            }
        }
        let others = reports.flatMap(\.ignored)
        ignored += others.map { .init(path: $0.path.string, reason: $0.reason.text(language)) }
        let first = ignored.sorted { $0.path < $1.path }.prefix(ServiceStatus.ignoredLimit)
        return (Array(first), files.count + others.count)
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
