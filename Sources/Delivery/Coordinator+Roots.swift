import Batch
import Disk
import Logging
import SystemPackage
import Words

/// Inbox and outbox that are away: all that needs them waits, and goes on by itself when they are back.
///
/// As long as the inbox is away the rules are told nothing and their time stands still: nothing closes, nothing is
/// forgotten, and no render begins.
extension Coordinator {
    /// Between two looks whether a root is back: soon enough for a person who has just mended it.
    private static let lookPause = Duration.seconds(2)

    /// Time as the rules have it.
    func elapsed() -> Duration { facts.pauses.time(at: running()) }

    var isInboxAway: Bool { facts.away[.inbox] != nil }

    private func root(_ role: RootRole) -> Root {
        switch role {
        case .inbox: parts.publisher.inboxRoot
        case .outbox: parts.publisher.outboxRoot
        }
    }

    /// At the start, before anything is done: a share may be mounted later than the service starts.
    func lookForRoots() async {
        for role in RootRole.allCases {
            if let away = await absence(of: role) { noteAway(away) }
        }
    }

    /// A share that hangs must hold nobody else.
    private func absence(of role: RootRole) async -> RootAway? {
        let root = root(role)
        return try? await offPool {
            do throws(RootAway) { _ = try root.folder() } catch { return error }
            return nil
        }
    }

    /// Somebody has found a root to be away: said once, until it is back.
    func noteAway(_ away: RootAway) {
        let role: RootRole = away.path == root(.inbox).path ? .inbox : .outbox
        let before = facts.away.updateValue(away, forKey: role)
        if case .lost = away.cause { failure.continuation.yield(away) }
        guard before == nil else {
            if before != away { changed() }
            return
        }
        parts.logger.warning("waiting", metadata: ["why": "\(away.phrase.text(language))"])
        if role == .inbox {
            facts.pauses.pause(at: running())
            later(.zero) { await $0.pauseQueue() }
        }
        // who runs once has nobody to wait for
        if isOnce { failure.continuation.yield(away) }
        if !facts.isLookingForRoots {
            facts.isLookingForRoots = true
            later(Self.lookPause) { await $0.keepLooking() }
        }
        changed()
    }

    private func pauseQueue() async {
        guard isInboxAway else { return }
        await parts.queue.pause()
        // back already
        if !isInboxAway { await parts.queue.resume() }
    }

    private func keepLooking() async {
        await lookAtRoots()
        facts.isLookingForRoots = !facts.away.isEmpty
        if facts.isLookingForRoots { later(Self.lookPause) { await $0.keepLooking() } }
    }

    /// What is back goes on; what is away for another reason by now is told so by the status. Where one share goes, the
    /// other often goes as well.
    func lookAtRoots() async {
        // the status is not written anew at each look
        var isNews = false
        for role in RootRole.allCases {
            let absence = await absence(of: role)
            guard facts.away[role] != nil else {
                // of the inbox the watcher tells; of the outbox nobody does before something is to be written there
                if let absence, role == .outbox { noteAway(absence) }
                continue
            }
            if let absence {
                if facts.away.updateValue(absence, forKey: role) != absence { isNews = true }
            } else if role == .outbox || !facts.isInboxUnwatched {
                // not before the watcher has told what happened to the inbox while it was away
                await noteBack(role)
                isNews = true
            }
        }
        if isNews { changed() }
    }

    private func noteBack(_ role: RootRole) async {
        guard facts.away.removeValue(forKey: role) != nil else { return }
        parts.logger.info("it is back, work goes on", metadata: ["folder": "\(root(role).path)"])
        if role == .inbox {
            facts.pauses.resume(at: running())
            let held = facts.held
            facts.held = []
            for event in held { apply(event) }
            apply(.tick)
            await parts.queue.resume()
        }
        guard facts.away.isEmpty else { return }
        let parked = facts.parked
        facts.parked = []
        for delivery in parked { deliveries.continuation.yield(delivery) }
    }
}

extension CoordinatorFacts {
    /// A tick is not kept: the time that it was for stands still.
    mutating func heldBack(_ event: InboxEvent) {
        if event != .tick { held.append(event) }
    }

    /// For the status.
    var awayWords: [Phrase] { RootRole.allCases.compactMap { away[$0]?.phrase } }
}
