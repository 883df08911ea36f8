import SystemPackage

/// What a batch's pairing says for people. As long as nothing changes in the batch it stays, for pairing looks at
/// every file.
struct PairingSummary: Sendable {
    /// Items that wait for a file to settle or for quiet.
    let waiting: Int
    /// Audios and avatars without a partner.
    let halves: FileSample
    /// Files of a kind that can't be used.
    let foreign: FileSample
    /// Files that are only archived.
    let others: FileSample

    init(of batch: OpenBatch) {
        let pairing = Pairing(of: batch)
        waiting = pairing.couples.count { $0.pair == nil }
        halves = FileSample(pairing.halves.lazy.filter { $0.role != .foreign }.map(\.path))
        foreign = FileSample(pairing.halves.lazy.filter { $0.role == .foreign }.map(\.path))
        others = FileSample(pairing.others)
    }
}
