package import Batch
package import Disk
package import Foundation
package import Pack
package import Render
package import SystemPackage
package import Words

/// A closed batch: frozen for ever.
package struct BatchRecord: Hashable, Sendable {
    /// Also the name of its folder in the archive, for example `20251219_142007_dealers-july`.
    package var id: String
    package var name: Name
    /// nil for loose files.
    package var folder: FilePath?
    package var closedAt: Date
    /// Of the names and times in the results.
    package var timeZone: TimeZone
}

/// A row of the CSV: one item, or one half without partner.
package struct ItemRecord: Hashable, Sendable {
    package var name: Name
    package var audio: FilePath?
    package var avatar: FilePath?
    package var points: FilePath?
    package var status: MetadataRow.Status
    /// The key of its render.
    package var render: String?
    package var detail: Detail

    package struct Detail: Hashable, Sendable, Codable {
        package var tags: [String]
        package var note: Phrase
        package var problem: Problem?
        package var engine: String?
        package var attempts: Int?
        package var queuedAt: Date?
        package var startedAt: Date?
        package var finishedAt: Date?
        package var facts: VideoFacts?
        package var audioSHA256: String?
        package var avatarSHA256: String?
        package var pointsSHA256: String?
    }

    /// The files that it is made of.
    var inputs: [FilePath] { [audio, avatar, points].compactMap(\.self) }
}

/// A file of a closed batch, as it was when the batch closed.
package struct MemberRecord: Hashable, Sendable {
    package enum Role: String, Sendable {
        /// Of an item or a half.
        case input
        /// A manifest, or an unknown ending.
        case other
        case marker
    }

    package enum Place: String, Sendable {
        case archive, failed
    }

    /// What became of it after the delivery.
    package enum Fate: String, Sendable {
        case moved
        /// It changed after closing and stays for the folder's next batch.
        case late
        /// Somebody took it away.
        case gone
        /// It may not be moved.
        case refused
    }

    /// Relative to the inbox.
    package var path: FilePath
    package var role: Role
    package var signature: FileSignature
    /// Of inputs that were rendered.
    package var sha256: String?
    /// Where it goes, planned when the batch is delivered.
    package var place: Place?
    /// Relative to the batch's folder in that place.
    package var target: FilePath?
    /// Relative to the batch's folder in `_failed`, of an input that a bad item needs as well.
    package var secondTarget: FilePath?
    package var fate: Fate?
    package var note: String?
}
