import Disk
package import Foundation
import Pack
import SystemPackage

/// One delivery of a batch, and how far it has come.
package struct DeliveryRecord: Hashable, Sendable {
    /// What has been committed; each step goes on from there.
    package enum Step: String, Sendable {
        /// L1: members and outcomes are frozen.
        case closed
        /// L2: it has a base name.
        case planned
        /// L4: the files are written, verified and known. Never packed again.
        case prepared
        /// L6: they stand in the outbox; the inputs are to be moved.
        case delivered
        /// L8: nothing is left to do.
        case archived
    }

    /// In the hidden names of its files; 16 hexadecimal digits.
    package var id: String
    package var batch: BatchRecord
    /// Of a retry: the first delivery of what it repeats, and the name of its (first) ZIP.
    package var first: String?
    package var firstZip: String?
    package var step: Step
    package var baseName: String?
    /// Base names that turned out to be taken, oldest first.
    package var formerBaseNames: [String]
    package var createdAt: Date
    package var deliveredAt: Date?
    package var archivedAt: Date?
    package var csv: ResultIdentity?
    /// Its ZIPs in their order; empty before they are prepared.
    package var zips: [ResultIdentity]
    /// The id of the outbox where its files stand; nil before they are prepared.
    package var outbox: String?

    /// The name of its ZIP, of several that of the first; nil before it is planned.
    package var zipName: String? { baseName.map { Self.zipName($0, of: zips.count) } }

    static func zipName(_ baseName: String, of count: Int) -> String {
        ResultFile.zip(ZipPart(number: 1, count: count)).finalName(baseName).string
    }

    /// nil before they are prepared.
    func zip(_ part: ZipPart) -> ResultIdentity? {
        zips.indices.contains(part.number - 1) ? zips[part.number - 1] : nil
    }

    /// The names of its ZIPs in their order; empty before it is planned.
    var zipNames: [FilePath] {
        baseName.map { name in ZipPart.all(zips.count).map { ResultFile.zip($0).finalName(name) } } ?? []
    }

    /// The names of all its files; empty before it is planned.
    package var fileNames: [String] {
        baseName.map { name in ResultFile.all(zips: zips.count).map { $0.finalName(name).string } } ?? []
    }
}

/// By what a file of ours is known again in the outbox.
package struct ResultIdentity: Hashable, Sendable {
    package var inode: UInt64
    package var bytes: Int64
    package var sha256: String

    package init(inode: UInt64, bytes: Int64, sha256: String) {
        (self.inode, self.bytes, self.sha256) = (inode, bytes, sha256)
    }
}

extension ResultIdentity {
    /// Whether what stands under a name is the file that was prepared.
    ///
    /// Blocks: not for the cooperative threads.
    /// - Parameter trustsNumber: the same file of the same size is not read: a ZIP has gigabytes. One that was edited in
    ///   place may have both.
    func matches(
        _ path: FilePath, in folder: Folder, trustsNumber: Bool, _ cancellation: Cancellation? = nil
    ) throws -> Bool {
        guard let status = try folder.statusIfThere(path), status.kind == .regular, status.signature.size == bytes
        else { return false }
        if trustsNumber && status.signature.inode == inode { return true }
        return try ContentHash.sha256(of: folder.open(path), cancellation: cancellation) == sha256
    }
}

/// A delivery in a line, for `status` and `history`.
package struct DeliverySummary: Hashable, Sendable {
    package var delivery: DeliveryRecord
    package var videos: Int
    /// Rows of the CSV that are not `ok`.
    package var bad: Int
    /// Inputs that may not be moved.
    package var refused: Int
}

/// Inputs of a delivered batch that may not be moved, and stay in the inbox until they may.
package struct PendingMove: Codable, Hashable, Sendable {
    /// The batch's id.
    package var batch: String
    /// The batch's name for people.
    package var title: String
    package var zip: String
    /// Paths relative to the inbox, for people.
    package var files: [String]
}
