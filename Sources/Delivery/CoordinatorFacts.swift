import Batch
import Disk
import Render
import SystemPackage
import Watch
import Words

/// What the coordinator keeps in mind beside the rules.
struct CoordinatorFacts {
    /// What a file that has settled is.
    enum News {
        /// It lies there from a batch that is being delivered.
        case known
        /// It was delivered, and stays.
        case kept
        case new
        /// One that was kept with this signature, with the same size and time: its content has to be looked at.
        case touched(before: FileSignature)
    }

    /// Of settled files: what is frozen when their batch closes.
    private(set) var signatures: [FilePath: FileSignature] = [:]
    /// Members of closed batches that still lie in the inbox: no news until their content changes.
    var frozen: [FilePath: FileSignature] = [:]
    /// Delivered files that stay in the inbox; those of earlier runs are not seen before they have settled.
    private(set) var kept: [FilePath: (signature: FileSignature, isSeen: Bool)] = [:]
    /// Delivered files of which it is not known yet whether they are still what they were.
    private(set) var lookedAt: Set<FilePath> = []
    /// Files that are never opened, with the reason.
    var ignored: [FilePath: Ignored] = [:]
    /// Markers and tables that the first scan has found.
    var manifests: Set<FilePath> = []
    /// Pairs of open batches that are being rendered or have ended.
    private var wanted: Set<Pair> = []
    /// Those of them that ended without a video.
    private(set) var bad: Set<Pair> = []
    var troubles: [Phrase] = []
    /// The roots that are away.
    var away: [RootRole: RootAway] = [:]
    /// Whether the watcher, too, has found the inbox to be away.
    var isInboxUnwatched = false
    /// What the rules are told when the inbox is back.
    var held: [InboxEvent] = []
    var pauses = PausedTime()
    /// Deliveries that wait for a root.
    var parked: [Delivery] = []
    var isLookingForRoots = false
    /// How changes in the inbox become known; nil before the first look.
    var watching: (way: Watching, fileSystem: String)?
    /// Batches that have closed and are not in the ledger yet.
    var closing: [BatchFolder: String] = [:]
    /// Closed batches on their way, with what each waits for.
    var delivering: [String: Delivery] = [:]
    /// How far packs are.
    var packing: [String: PackProgress] = [:]
    /// Newest first.
    var delivered: [ServiceStatus.Delivered] = []
    var pendingMoves: [PendingMove] = []
    var isWaitingForMoves = false
    /// Notes that could not be written are to be tried again, after so many refusals.
    var isSettlingNotes = false
    var noteRefusals = 0
    /// What is kept no longer is being removed, or was a moment ago; and whether there may be more by now.
    var isForgetting = false
    var isForgettingWanted = false
    /// Why something of that could not be removed, as it was told.
    var toldKept: Phrase?
    /// What people asked for and is under way, by the request's number.
    var requests: Set<Int64> = []
    var retries: [Int64: Retry] = [:]
    /// Where the ends of renders go that a retry waits for; nil for a render that can't go on now.
    var retryEnds: [Pair: AsyncStream<(Pair, RenderRecord?)>.Continuation] = [:]
    /// Slow renders that were logged.
    var toldSlow: Set<Pair> = []
    /// Markers and tables that could not be read, and are read again after a while.
    var rereads: Set<FilePath> = []
    /// What the list of each batch names.
    var listed: [BatchFolder: Set<FilePath>] = [:]
    /// Listed files that were found to be otherwise: they have to rest as long as others.
    var slow: Set<FilePath> = []
    var isHurryDue = false
    /// When audios and avatars were last seen to change in this run.
    private(set) var changes: [FilePath: Duration] = [:]
    /// A change is told after a while, for what could not be told before.
    var isChangeDue = false
    var hasScanned = false
    var hasTakenRequests = false

    /// Delivered files that lie in the inbox and stay there.
    var keptCount: Int { kept.values.count(where: \.isSeen) }

    mutating func noteDelivered(_ one: ServiceStatus.Delivered) {
        delivered.insert(one, at: 0)
        delivered = Array(delivered.prefix(ServiceStatus.deliveredLimit))
    }

    mutating func want(_ pair: Pair) { wanted.insert(pair) }

    mutating func wantNoMore(_ pair: Pair) {
        wanted.remove(pair)
        bad.remove(pair)
    }

    mutating func noteEnded(_ pair: Pair, _ render: RenderRecord) {
        // withdrawn while its end was on its way
        guard wanted.contains(pair) else { return }
        if render.state == .ok { bad.remove(pair) } else { bad.insert(pair) }
    }

    /// What a batch holds that is never opened, and may have been meant as an audio or avatar.
    func refused(in folder: BatchFolder) -> [Half: Problem] {
        var refused: [Half: Problem] = [:]
        for (path, reason) in ignored where reason.isTold {
            guard let (home, half) = Inbox.half(at: path), home == folder else { continue }
            refused[half] = Problem(
                .notAFile, file: path.lastComponent?.string ?? "", ["what": reason.phrase])
        }
        return refused
    }

    /// Notes beside markers, also such of earlier runs.
    var ownNotes: [FilePath] { ignored.filter { $0.value == .own }.map(\.key) }
}

// MARK: Files

extension CoordinatorFacts {
    /// - Returns: whether this is news, and not the first look at a file that was delivered.
    mutating func noteUnsettled(_ path: FilePath) -> Bool {
        // a frozen file that is looked at anew is news only when it settles with another content
        let isNews = frozen[path] == nil && kept[path]?.isSeen != false
        if !isNews { lookedAt.insert(path) }
        return isNews
    }

    mutating func noteSettled(_ path: FilePath, _ signature: FileSignature) -> News {
        lookedAt.remove(path)
        if frozen[path]?.isSameContent(as: signature) == true { return .known }
        frozen[path] = nil
        if let (before, _) = kept[path] {
            if before.isSameContent(as: signature) {
                kept[path]?.isSeen = true
                return .kept
            }
            if before.size == signature.size, before.modified == signature.modified { return .touched(before: before) }
        }
        noteNew(path, signature)
        return .new
    }

    /// - Returns: `.kept` or `.new`.
    mutating func noteTouched(_ path: FilePath, _ signature: FileSignature, isSameContent: Bool) -> News {
        if isSameContent {
            kept[path] = (signature, true)
            return .kept
        }
        noteNew(path, signature)
        return .new
    }

    private mutating func noteNew(_ path: FilePath, _ signature: FileSignature) {
        ignored[path] = nil
        signatures[path] = signature
    }

    /// It is another file now than the one that was kept.
    ///
    /// - Returns: whether there was one.
    mutating func noteChanged(_ path: FilePath) -> Bool { kept.removeValue(forKey: path) != nil }

    /// - Returns: whether it was a kept one.
    mutating func noteGone(_ path: FilePath) -> Bool {
        lookedAt.remove(path)
        changes[path] = nil
        signatures[path] = nil
        frozen[path] = nil
        ignored[path] = nil
        return noteChanged(path)
    }

    mutating func noteDoubt(_ path: FilePath) { lookedAt.insert(path) }

    mutating func forgetSignature(_ path: FilePath) { signatures[path] = nil }

    /// A file has changed.
    mutating func noteChange(of path: FilePath, at time: Duration) {
        if Inbox.isMedia(path) { changes[path] = time }
    }

    /// It has settled: its last change was not long ago.
    mutating func noteRest(of path: FilePath, at time: Duration) {
        if changes[path] != nil { changes[path] = time }
    }

    func signature(of path: FilePath) -> FileSignature? { signatures[path] ?? kept[path]?.signature }

    func isDelivered(_ path: FilePath) -> Bool { frozen[path] != nil || kept[path] != nil }

    /// From now on these files are news only with another content.
    ///
    /// - Returns: their signatures.
    mutating func freeze(_ members: [FilePath]) -> [FilePath: FileSignature] {
        var now: [FilePath: FileSignature] = [:]
        for path in members {
            now[path] = signatures.removeValue(forKey: path)
            changes[path] = nil
        }
        frozen.merge(now) { $1 }
        return now
    }

    /// Those of earlier runs.
    mutating func expectKept(_ files: [FilePath: FileSignature]) {
        for (path, signature) in files { kept[path] = (signature, false) }
    }

    /// What stays in the inbox after a delivery.
    ///
    /// - Parameter files: all that the ledger keeps.
    /// - Returns: those that are new among them.
    mutating func keep(_ files: [FilePath: FileSignature]) -> [FilePath] {
        files.compactMap { path, signature in
            guard frozen[path]?.isSameContent(as: signature) == true else { return nil }
            frozen[path] = nil
            kept[path] = (signature, true)
            return path
        }
    }
}
