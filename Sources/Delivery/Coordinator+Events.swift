import Batch
import Disk
import Logging
import SystemPackage
import Watch
import Words

/// What the watcher tells, into the rules.
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
            if facts.hasScanned { facts.noteChange(of: path, at: elapsed()) }
            apply(.unsettled(path))
        case .settled(let path, let signature): await takeSettled(path, signature)
        case .gone(let path):
            if facts.noteGone(path) { add(.forgetKept(path)) }
            apply(.gone(path))
        case .ignored(let path, let reason): takeIgnored(path, reason)
        case .stirred(let path): apply(.stirred(path))
        case .scanned: takeScanned()
        case .watching(let watching, let fileSystem):
            facts.watching = (watching, fileSystem)
            takeFileSystem(fileSystem)
            parts.logger.info(
                "changes are seen", metadata: ["by": "\(watching.rawValue)", "file system": "\(fileSystem)"])
        case .trouble(.missing(let away)):
            facts.isInboxUnwatched = true
            noteAway(away)
        case .troubleOver(.missing):
            facts.isInboxUnwatched = false
            await lookAtRoots()
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
        facts.noteRest(of: path, at: elapsed())
        var news = facts.noteSettled(path, signature)
        if case .touched(let before) = news {
            guard let isSame = await isSameContent(path, before, signature) else {
                return takeSettledLater(path, signature)
            }
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

    /// It can't be read now, so nobody knows whether it is what was delivered.
    private func takeSettledLater(_ path: FilePath, _ signature: FileSignature) {
        facts.noteDoubt(path)
        later(ManifestReader.pause) { await $0.settleAgain(path, signature) }
    }

    private func settleAgain(_ path: FilePath, _ signature: FileSignature) async {
        // else the watcher has told more of it since then
        guard facts.lookedAt.contains(path) else { return }
        await takeSettled(path, signature)
        changed()
    }

    private func takeNew(_ path: FilePath, _ signature: FileSignature) async {
        guard let role = manifestRole(path) else { return apply(.settled(path)) }
        let outcome = await manifests.read(path, signature, as: role)
        // changed or gone while it was read: that was told already
        guard facts.signatures[path] == signature else { return }
        switch outcome {
        case .content(let manifest): apply(.read(path, manifest))
        case .refused(let manifest):
            apply(.read(path, manifest))
            readLater(path)
        case .away: readLater(path)
        case .changed:
            // the watcher tells what has become of it
            facts.forgetSignature(path)
        }
        if let note = path.noteOfMarker, facts.ignored[note] == .own { add(.clearNotes([note])) }
    }

    private func readLater(_ path: FilePath) {
        // one wait for each, however often it is told meanwhile
        if facts.rereads.insert(path).inserted { later(ManifestReader.pause) { await $0.readAgain(path) } }
    }

    /// Something outside of us refused; the file itself has not changed.
    private func readAgain(_ path: FilePath) async {
        facts.rereads.remove(path)
        guard let signature = facts.signatures[path] else { return }
        await takeNew(path, signature)
        changed()
    }

    private func manifestRole(_ path: FilePath) -> FileRole? { Inbox.manifestRole(of: path, patterns: patterns) }

    /// Only number or change time are others: somebody changed rights or made a copy. The content decides.
    ///
    /// - Returns: nil when it can't be read now.
    private func isSameContent(_ path: FilePath, _ before: FileSignature, _ now: FileSignature) async -> Bool? {
        guard let known = try? await ledger.sha256(of: path, signature: before) else {
            return before.inode == now.inode
        }
        let inbox = parts.queue.inbox
        do {
            let hash = try await cancellableOffPool {
                try ContentHash.sha256(of: inbox.folder().open(path), cancellation: $0)
            }
            guard hash == known else { return false }
            try? await ledger.keep(path, now, sha256: known)
            return true
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory, Errno.invalidArgument,
            Errno.tooManySymbolicLinkLevels, Errno.permissionDenied
        {
            return false
        } catch {
            return nil
        }
    }
}
