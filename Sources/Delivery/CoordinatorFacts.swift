import Batch
import Disk
import Render
import SystemPackage
import Watch
import Words

/// What the coordinator keeps in mind beside the rules.
struct CoordinatorFacts {
    /// Of settled files: what is frozen when their batch closes.
    private(set) var signatures: [FilePath: FileSignature] = [:]
    /// Members of closed batches that still lie in the inbox: no news until their content changes.
    var frozen: [FilePath: FileSignature] = [:]
    /// Files that are never opened, with the reason.
    var ignored: [FilePath: Ignored] = [:]
    /// Pairs of open batches that ended without a video.
    var bad: Set<Pair> = []
    var troubles: [String] = []
    /// Closed batches on their way, with what each waits for.
    var delivering: [String: ServiceStatus.Delivering] = [:]
    /// Newest first.
    var delivered: [ServiceStatus.Delivered] = []
    var hasScanned = false

    /// - Returns: whether this is news, and not a file that lies there from a closed batch.
    mutating func noteSettled(_ path: FilePath, _ signature: FileSignature) -> Bool {
        guard frozen[path]?.isSameContent(as: signature) != true else { return false }
        frozen[path] = nil
        ignored[path] = nil
        signatures[path] = signature
        return true
    }

    mutating func noteGone(_ path: FilePath) {
        signatures[path] = nil
        frozen[path] = nil
        ignored[path] = nil
    }

    mutating func noteEnded(_ pair: Pair, _ render: RenderRecord) {
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

    /// From now on these files are news only with another content.
    ///
    /// - Returns: their signatures.
    mutating func freeze(_ members: [FilePath]) -> [FilePath: FileSignature] {
        var now: [FilePath: FileSignature] = [:]
        for path in members { now[path] = signatures.removeValue(forKey: path) }
        frozen.merge(now) { $1 }
        return now
    }

    mutating func noteDelivered(_ one: ServiceStatus.Delivered) {
        delivered.insert(one, at: 0)
        delivered = Array(delivered.prefix(ServiceStatus.deliveredLimit))
    }
}
