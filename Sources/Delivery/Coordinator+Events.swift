import Batch
import Disk
import Logging
import SystemPackage
import Watch
import Words

/// What comes in: from the watcher, the queue and the publisher, into the rules.
extension Coordinator {
    func readWatcher() async {
        for await event in parts.watcher.events {
            await take(event)
            changed()
        }
    }

    private func take(_ event: WatchEvent) async {
        switch event {
        case .unsettled(let path):
            if !facts.hasScanned, manifestRole(path) != nil { facts.manifests.insert(path) }
            guard facts.noteUnsettled(path) else { return }
            if facts.noteChanged(path) { add(.forgetKept(path)) }
            apply(.unsettled(path))
        case .settled(let path, let signature): await takeSettled(path, signature)
        case .gone(let path):
            if facts.noteGone(path) { add(.forgetKept(path)) }
            apply(.gone(path))
        case .ignored(let path, let reason): takeIgnored(path, reason)
        case .scanned: takeScanned()
        case .trouble(let trouble):
            facts.troubles.append(trouble.phrase)
            parts.logger.error("trouble", metadata: ["what": "\(trouble.phrase.text(language))"])
        case .troubleOver(let trouble):
            facts.troubles.removeAll { $0 == trouble.phrase }
            parts.logger.info("trouble is over", metadata: ["what": "\(trouble.phrase.text(language))"])
        }
    }

    private func takeIgnored(_ path: FilePath, _ reason: Ignored) {
        guard facts.ignored.updateValue(reason, forKey: path) == nil, reason != .own else { return }
        let level: Logger.Level = reason.isTold ? .info : .debug
        parts.logger.log(
            level: level, "left alone", metadata: ["file": "\(path)", "why": "\(reason.phrase.text(language))"])
    }

    private func takeScanned() {
        facts.hasScanned = true
        // notes whose marker is gone or was delivered; those of others are looked at when their marker is read
        let stale = facts.ownNotes.filter { note in
            note.markerOfNote.map { !facts.manifests.contains($0) || facts.isDelivered($0) } ?? true
        }
        add(.clearNotes(stale))
        add(.clearNotesInOutbox)
        facts.manifests = []
        knocks.continuation.yield()
        startUpkeep()
    }

    private func takeSettled(_ path: FilePath, _ signature: FileSignature) async {
        var news = facts.noteSettled(path, signature)
        if case .touched(let before) = news {
            let isSame = await isSameContent(path, before, signature)
            news = facts.noteTouched(path, signature, isSameContent: isSame)
        }
        switch news {
        case .known: break
        case .kept: apply(.kept(path))
        case .new, .touched:
            if facts.noteChanged(path) { add(.forgetKept(path)) }
            await takeNew(path, signature)
        }
    }

    private func takeNew(_ path: FilePath, _ signature: FileSignature) async {
        guard let role = manifestRole(path) else { return apply(.settled(path)) }
        switch await manifests.read(path, signature, as: role) {
        case .content(let manifest): apply(.read(path, manifest))
        case .refused(let manifest):
            apply(.read(path, manifest))
            later(ManifestReader.pause) { await $0.readAgain(path, signature) }
        case .changed:
            // the watcher tells what has become of it
            facts.forgetSignature(path)
        }
        if let note = path.noteOfMarker, facts.ignored[note] == .own { add(.clearNotes([note])) }
    }

    /// Something outside of us refused; the file itself has not changed.
    private func readAgain(_ path: FilePath, _ signature: FileSignature) async {
        guard facts.signatures[path] == signature else { return }
        await takeNew(path, signature)
        changed()
    }

    private func manifestRole(_ path: FilePath) -> FileRole? { Inbox.manifestRole(of: path, patterns: patterns) }

    /// Only number or change time are others: somebody changed rights or made a copy. The content decides.
    private func isSameContent(_ path: FilePath, _ before: FileSignature, _ now: FileSignature) async -> Bool {
        guard let known = try? await ledger.sha256(of: path, signature: before) else {
            return before.inode == now.inode
        }
        let inbox = parts.queue.inbox
        let hash = try? await cancellableOffPool { try ContentHash.sha256(of: inbox.open(path), cancellation: $0) }
        guard hash == known else { return false }
        try? await ledger.keep(path, now, sha256: known)
        return true
    }

    // MARK: Queue and publisher

    func readQueue() async {
        for await event in parts.queue.events {
            switch event {
            case .started(let pair):
                parts.logger.info("rendering", metadata: ["item": "\(pair.audio)", "avatar": "\(pair.avatar)"])
            case .ended(let pair, let render): takeEnd(pair, render)
            case .failed(let pair, let problem, let pause):
                parts.logger.warning(
                    "trying again",
                    metadata: [
                        "item": "\(pair.audio)", "in": "\(pause.components.seconds) s",
                        "why": "\(problem.text(language))",
                    ])
            case .waiting(let pair, let words):
                facts.retryEnds[pair]?.yield((pair, nil))
                parts.logger.warning(
                    "waiting", metadata: ["item": "\(pair.audio)", "why": "\(words.text(language))"])
            }
            changed()
        }
    }

    private func takeEnd(_ pair: Pair, _ render: RenderRecord) {
        if let problem = render.problem, render.state != .ok {
            parts.logger.warning(
                "no video", metadata: ["item": "\(pair.audio)", "why": "\(problem.text(language))"])
        } else {
            parts.logger.info("rendered", metadata: ["item": "\(pair.audio)"])
        }
        if let outlet = facts.retryEnds[pair] {
            outlet.yield((pair, render))
        } else {
            facts.noteEnded(pair, render)
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

    // MARK: Rules

    func apply(_ event: InboxEvent) {
        var now = elapsed()
        if event == .tick {
            instants.end()
        } else {
            now = instants.instant(at: now, isFirstScan: !facts.hasScanned)
        }
        for action in rules.handle(event, now: now) {
            var frozen: [FilePath: FileSignature] = [:]
            if case .close(let closing) = action {
                frozen = facts.freeze(closing.members)
                facts.closing[closing.folder] = closing.name.text
            }
            add(.rules(action, frozen: frozen))
        }
        guard let deadline = rules.nextDeadline, alarm.map({ deadline < $0 }) ?? true else { return }
        alarm = deadline
        alarms.continuation.yield(deadline)
    }

    /// Gives the rules their tick at each deadline. A deadline that moved to later wakes once in vain.
    func tick() async {
        await withDiscardingTaskGroup { group in
            for await alarm in alarms.stream {
                group.addTask {
                    // cancelled: the whole service ends
                    guard (try? await self.clock.sleep(for: max(.zero, alarm - self.elapsed()))) != nil else { return }
                    await self.ring(alarm)
                }
            }
        }
    }

    private func ring(_ rung: Duration) {
        if alarm == rung { alarm = nil }
        apply(.tick)
        changed()
    }
}
