package import Words

/// What becomes of the inputs once their videos are delivered.
package enum AfterDelivery: String, CaseIterable, Sendable {
    /// They move to `_archive`, those without a video to `_failed`.
    case archive
    /// They are removed; those without a video move to `_failed`.
    case delete
    /// They stay where they are.
    case keep
}

package struct PublisherSettings: Sendable {
    package var afterDelivery: AfterDelivery
    /// Of results and of our folders in the inbox; nil leaves what the system gives.
    package var owner: UInt32?
    package var group: UInt32?
    /// Permission bits of results. Our folders get these, and may be entered by whoever may read them.
    package var mode: UInt32
    /// Of sentences and notes in CSV.
    package var language: Language
    /// The name of the marker in `_failed` folders: one that closes a batch.
    package var failedMarker: String
    package var packLimits: PackLimits
    /// Bytes that stay free on the outbox's disk when a ZIP is written.
    package var minFree: UInt64
    /// Bytes that a ZIP may have: a larger delivery gets several. nil for any number.
    package var maxZipSize: UInt64?

    package init(
        afterDelivery: AfterDelivery = .archive, owner: UInt32? = nil, group: UInt32? = nil, mode: UInt32 = 0o644,
        language: Language = .en, failedMarker: String = "batch.ready", packLimits: PackLimits = PackLimits(),
        minFree: UInt64 = 0, maxZipSize: UInt64? = nil
    ) {
        (self.afterDelivery, self.owner, self.group, self.mode) = (afterDelivery, owner, group, mode)
        (self.language, self.failedMarker, self.packLimits) = (language, failedMarker, packLimits)
        (self.minFree, self.maxZipSize) = (minFree, maxZipSize)
    }

    /// A name that is a marker where these patterns say what is one: `batch.ready` where it can be.
    ///
    /// - Parameter patterns: not empty; `*` stands for any text, `?` for one character.
    package static func markerName(patterns: [String]) -> String {
        let usual = "batch.ready"
        guard !patterns.contains(usual), let first = patterns.first(where: { !$0.contains("*") }) ?? patterns.first
        else { return usual }
        return first.replacing("*", with: "batch").replacing("?", with: "1")
    }

    var folderMode: UInt32 { mode | (mode & 0o444) >> 2 }
}

/// What a publisher tells while it works.
package enum PublisherNews: Sendable {
    /// About once a second while a batch is being packed.
    case packing(PackProgress)
    /// Packing has ended, in whichever way.
    case packed(delivery: String)
    /// Something is not as it was asked for, and the delivery goes on without it. Told once.
    case trouble(Phrase)
}
