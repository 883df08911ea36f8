import Batch
import Disk
import Logging
import SystemPackage
import Watch

/// Compares files with the `SHA256SUMS` of their batch.
extension Coordinator {
    /// Reading keeps a disk and a core busy; two at a time let one wait for the disk while the other counts.
    private static let checkLimit = 2

    /// One to be compared.
    struct Checking: Sendable {
        let check: FileCheck
        /// It was told that it can't be read.
        var isAgain = false
    }

    func checkFiles() async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await checking in checks.stream {
                if running == Self.checkLimit { await group.next() } else { running += 1 }
                group.addTask { await self.compare(checking) }
            }
        }
    }

    private func compare(_ checking: Checking) async {
        let check = checking.check
        // changed, closed or not listed any more
        guard rules.needs(check) else { return }
        do {
            let sha256 = try await ledger.sha256(of: check.path, in: parts.queue.inbox)
            apply(.checked(check, sha256 == check.sha256 ? .matches : .differs))
            if sha256 != check.sha256 { noteDiffers(check) }
        } catch {
            // the whole service ends
            guard !Task.isCancelled else { return }
            let isTold = checking.isAgain || !(error is RootAway || error is InputChanged)
            later(ManifestReader.pause) { $0.checks.continuation.yield(Checking(check: check, isAgain: isTold)) }
            if let away = error as? RootAway { return noteAway(away) }
            // of what was changed or removed meanwhile the watcher tells
            guard !checking.isAgain, !(error is InputChanged) else { return }
            parts.logger.warning("can't be compared", metadata: ["file": "\(check.path)", "why": "\(error)"])
            apply(.checked(check, .unreadable))
        }
        changed()
    }

    private func noteDiffers(_ check: FileCheck) {
        parts.logger.info("not as SHA256SUMS says", metadata: ["file": "\(check.path)"])
        // a large file that comes slowly is not to be read anew after each small pause
        guard facts.slow.insert(check.path).inserted, !facts.isHurryDue else { return }
        facts.isHurryDue = true
        later(.seconds(1)) { await $0.tellHurry() }
    }

    /// The files that a batch's list names now.
    func hurry(_ folder: BatchFolder, _ paths: Set<FilePath>) {
        facts.slow.subtract(facts.listed.removeValue(forKey: folder) ?? [])
        if !paths.isEmpty {
            facts.listed[folder] = paths
            parts.logger.info("listed", metadata: ["batch": "\(folder.text)", "files": "\(paths.count)"])
        }
        tellHurry()
    }

    private func tellHurry() {
        facts.isHurryDue = false
        parts.watcher.hurry(Set(facts.listed.values.joined()).subtracting(facts.slow))
    }
}
