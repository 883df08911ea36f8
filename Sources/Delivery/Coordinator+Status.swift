import Batch
package import Foundation
import Render
import SystemPackage
import Words

extension Coordinator {
    /// What goes on now.
    package func status(process: Int32, started: Date) async -> ServiceStatus {
        let queue = await parts.queue.state
        var status = ServiceStatus(process: process, started: started, changed: date())
        let reports = reports()
        status.batches = reports.map { open($0, waiting: queue.waiting) }
        status.running = queue.running.map {
            ServiceStatus.RunningItem(
                batch: $0.pair.folder.text, item: $0.pair.itemText, frame: $0.progress.frame,
                frames: $0.progress.frames, started: $0.started)
        }
        status.queued = queue.queued
        status.delivering = facts.delivering.values.sorted { $0.batch < $1.batch }
        status.delivered = facts.delivered
        let ignored =
            facts.ignored.map { ServiceStatus.IgnoredFile(path: $0.key.string, reason: $0.value.phrase.en) }
            + reports.flatMap(\.ignored).map { ServiceStatus.IgnoredFile(path: $0.path.string, reason: $0.reason) }
        status.ignoredCount = ignored.count
        status.ignored = Array(ignored.sorted { $0.path < $1.path }.prefix(ServiceStatus.ignoredLimit))
        status.troubles = facts.troubles
        return status
    }

    private func open(_ report: BatchReport, waiting: [Pair: String]) -> ServiceStatus.OpenBatch {
        // what can't go on says more than what is waited for
        let obstruction = waiting.first { $0.key.folder == report.folder }?.value
        return ServiceStatus.OpenBatch(
            name: report.name.text, items: report.waiting + report.rendering + report.ended, ended: report.ended,
            bad: facts.bad.count { $0.folder == report.folder }, unpaired: report.halves.map(\.string),
            others: report.others.map(\.string), copying: report.unsettled, hasMarker: report.hasMarker,
            waitsFor: obstruction ?? report.waitsFor.advice)
    }
}

extension Wait {
    /// The words, and what to do.
    fileprivate var advice: String { self == .marker ? "\(words): an empty file batch.ready" : words }
}

extension BatchFolder {
    /// For people.
    fileprivate var text: String {
        switch self {
        case .folder(let name): name.string
        case .loose: "inbox"
        }
    }
}

extension Pair {
    /// The audio's path within its batch, without ending: for people.
    fileprivate var itemText: String {
        let components = folder == .loose ? Array(audio.components) : Array(audio.components.dropFirst())
        let folders = components.dropLast().map(\.string)
        return (folders + [audio.stem ?? audio.string]).joined(separator: "/")
    }
}
