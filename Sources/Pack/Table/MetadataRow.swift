package import Foundation
package import SystemPackage

/// A line of `metadata.csv`: one item, or one half without partner. What is not known stays nil.
package struct MetadataRow: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case ok, rejected, failed, unpaired
    }

    package var batch: String
    package var batchID: String
    package var item: String
    package var status: Status
    package var tags: [String] = []
    /// Relative to the inbox or to the batch; what is no text in them is written as ``PathText`` does.
    package var audio: FilePath?
    package var avatar: FilePath?
    /// The name in the ZIP.
    package var video: String?
    /// A stable code for programs.
    package var reason: String?
    /// A sentence for people.
    package var message: String?
    package var note: String?
    package var engine: String?
    package var attempts: Int?
    package var queuedAt: Date?
    package var startedAt: Date?
    package var finishedAt: Date?
    package var renderSeconds: Double?
    package var audioSeconds: Double?
    package var videoSeconds: Double?
    package var width: Int?
    package var height: Int?
    package var fps: Double?
    package var videoCodec: String?
    package var audioCodec: String?
    package var bytes: Int64?
    package var crc32: UInt32?
    /// 64 lower-case hexadecimal digits each.
    package var sha256: String?
    package var audioSHA256: String?
    package var avatarSHA256: String?

    package init(batch: String, batchID: String, item: String, status: Status) {
        self.batch = batch
        self.batchID = batchID
        self.item = item
        self.status = status
    }
}
