package import Foundation

/// What goes on and why, as one value: `status.txt`, `status`, `status --json` and the progress bar all show this.
package struct ServiceStatus: Codable, Sendable, Equatable {
    /// Process that wrote this.
    package var process: Int32
    package var started: Date
    package var changed: Date
    /// Open batches in the order of their names.
    package var batches: [OpenBatch] = []
    package var running: [RunningItem] = []
    /// Items that wait for a free worker.
    package var queued = 0
    /// Closed batches that are being packed, or wait to be.
    package var delivering: [Delivering] = []
    /// The last deliveries, newest first.
    package var delivered: [Delivered] = []
    /// Files that are left alone, with the reason; the first `ignoredLimit` of `ignoredCount`.
    package var ignored: [IgnoredFile] = []
    package var ignoredCount = 0
    /// What keeps the whole service from working, in words.
    package var troubles: [String] = []

    /// More would make a text that nobody reads.
    package static let ignoredLimit = 50
    package static let deliveredLimit = 20

    package init(process: Int32, started: Date, changed: Date) {
        self.process = process
        self.started = started
        self.changed = changed
    }

    package struct OpenBatch: Codable, Sendable, Equatable {
        package var name: String
        package var items: Int
        package var ended: Int
        /// Items that ended without a video.
        package var bad: Int
        package var unpaired: [String]
        /// Files that will only be archived with the batch.
        package var others: [String]
        package var copying: Int
        package var hasMarker: Bool
        /// For example “waits for a marker”.
        package var waitsFor: String

        package init(
            name: String, items: Int, ended: Int, bad: Int, unpaired: [String], others: [String] = [], copying: Int,
            hasMarker: Bool, waitsFor: String
        ) {
            self.name = name
            self.items = items
            self.ended = ended
            self.bad = bad
            self.unpaired = unpaired
            self.others = others
            self.copying = copying
            self.hasMarker = hasMarker
            self.waitsFor = waitsFor
        }
    }

    package struct RunningItem: Codable, Sendable, Equatable {
        package var batch: String
        package var item: String
        package var frame: Int
        /// 0 while it is not known.
        package var frames: Int
        package var started: Date

        package init(batch: String, item: String, frame: Int, frames: Int, started: Date) {
            self.batch = batch
            self.item = item
            self.frame = frame
            self.frames = frames
            self.started = started
        }
    }

    package struct Delivering: Codable, Sendable, Equatable {
        package var batch: String
        /// What it waits for, empty while it is being packed.
        package var waitsFor: String

        package init(batch: String, waitsFor: String) {
            self.batch = batch
            self.waitsFor = waitsFor
        }
    }

    package struct Delivered: Codable, Sendable, Equatable {
        package var batch: String
        package var zip: String
        package var at: Date
        package var videos: Int
        /// Rows of the CSV that are not `ok`.
        package var bad: Int
        /// Inputs that could not be moved to the archive.
        package var moveProblem: String?

        package init(batch: String, zip: String, at: Date, videos: Int, bad: Int, moveProblem: String?) {
            self.batch = batch
            self.zip = zip
            self.at = at
            self.videos = videos
            self.bad = bad
            self.moveProblem = moveProblem
        }
    }

    package struct IgnoredFile: Codable, Sendable, Equatable {
        package var path: String
        package var reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }
}

extension ServiceStatus {
    /// The form of `state/status.json` and `status --json`.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    package static func decode(_ data: Data) throws -> ServiceStatus {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(ServiceStatus.self, from: data)
    }
}
