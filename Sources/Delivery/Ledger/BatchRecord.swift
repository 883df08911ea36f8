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
    /// What its markers say.
    package var marker = MarkerContent.empty
    /// How many items fewer than the marker expects there are; nil where none are missing.
    package var shortfall: Int?
    /// Who dropped it, as far as that can be told: the marker's operator, else the owner of the marker or of an input.
    package var who: String?

    /// The name for people.
    package var title: String { marker.title ?? name.text }
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
        /// What `items.csv` says about it.
        package var row: TableRow?
    }

    /// A row of `items.csv`; paths are relative to the batch's folder.
    package struct TableRow: Hashable, Sendable, Codable {
        package var audio: Data
        package var avatar: Data?
        package var name: String?
        package var tags: [String]
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
        /// Removed; on its way it lies in a hidden folder of ours for a moment.
        case delete
        /// Where it is.
        case stay
    }

    /// What became of it after the delivery.
    package enum Fate: String, Sendable {
        case moved
        /// It changed after closing and stays for the folder's next batch.
        case late
        /// Somebody took it away.
        case gone
        /// It may not be moved: that is tried again from time to time.
        case refused
        /// It stays where it is, as it was asked for.
        case kept
        case deleted
    }

    /// Relative to the inbox.
    package var path: FilePath
    /// Of a retry: the path under which it was delivered first, by which items name it.
    package var origin: FilePath?
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

    /// The path by which items name it.
    package var named: FilePath { origin ?? path }
}
