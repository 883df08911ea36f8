package import Foundation
package import Words

/// What goes on and why, as one value: `status.txt`, `status`, `status --json` and the progress bar all show this.
package struct ServiceStatus: Codable, Sendable, Equatable {
    /// Process that wrote this.
    package var process: Int32
    package var started: Date
    package var changed: Date
    /// Of the sentences in it; codes are the same in all.
    package var language: Language
    /// Open batches in the order of their names.
    package var batches: [OpenBatch] = []
    package var running: [RunningItem] = []
    /// Items that wait for a free worker.
    package var queued = 0
    /// Delivered batches that are tried again because somebody asked for it.
    package var retries: [Retry] = []
    /// Closed batches that are being packed, or wait to be.
    package var delivering: [Delivering] = []
    /// The last deliveries, newest first.
    package var delivered: [Delivered] = []
    /// Inputs of delivered batches that may not be moved.
    package var pendingMoves: [PendingMove] = []
    /// Files that are left alone, with the reason; the first `ignoredLimit` of `ignoredCount`.
    package var ignored: [IgnoredFile] = []
    package var ignoredCount = 0
    /// Delivered files that stay in the inbox.
    package var keptCount = 0
    /// What keeps the whole service from working, in words.
    package var troubles: [String] = []
    /// How changes in the inbox become known: `events`, `polling` or `events and polling`; nil before the first look.
    package var watching: String?
    /// Of the inbox, for example `ext4`.
    package var fileSystem: String?

    /// More would make a text that nobody reads.
    package static let ignoredLimit = 50
    package static let deliveredLimit = 20

    package init(process: Int32, started: Date, changed: Date, language: Language = .en) {
        self.process = process
        self.started = started
        self.changed = changed
        self.language = language
    }

    package struct OpenBatch: Codable, Sendable, Equatable {
        package var name: String
        /// What its marker calls it.
        package var title: String?
        package var items: Int
        package var ended: Int
        /// Items that ended without a video.
        package var bad: Int
        /// The first audios and avatars without a partner, and how many there are in all.
        package var unpaired: [String]
        package var unpairedCount: Int
        /// The same of files of a kind that can't be used.
        package var unusable: [String] = []
        package var unusableCount = 0
        /// And of files that will only be archived with the batch.
        package var others: [String]
        package var othersCount: Int
        package var copying: Int
        /// The first files that are not as `SHA256SUMS` says, with what they are, and how many there are in all.
        package var unproven: [IgnoredFile] = []
        package var unprovenCount = 0
        /// Files that end too early: rejected unless more of them comes until then.
        package var incomplete: [IncompleteFile] = []
        package var hasMarker: Bool
        /// What holds it; empty for a batch that is not held.
        package var problems: [HeldProblem] = []
        /// How many items its marker expects.
        package var expect: Expectation?
        /// For example “waits for a marker”.
        package var waitsFor: String

        package var isHeld: Bool { !problems.isEmpty }

        package init(
            name: String, items: Int, ended: Int, bad: Int, unpaired: [String], others: [String] = [], copying: Int,
            hasMarker: Bool, waitsFor: String
        ) {
            self.name = name
            self.items = items
            self.ended = ended
            self.bad = bad
            (self.unpaired, unpairedCount) = (unpaired, unpaired.count)
            (self.others, othersCount) = (others, others.count)
            self.copying = copying
            self.hasMarker = hasMarker
            self.waitsFor = waitsFor
        }
    }

    package struct HeldProblem: Codable, Sendable, Equatable {
        package var code: Reason
        /// What happened and what to do.
        package var text: String

        package init(code: Reason, text: String) {
            self.code = code
            self.text = text
        }
    }

    package struct IncompleteFile: Codable, Sendable, Equatable {
        package var path: String
        package var until: Date

        package init(path: String, until: Date) {
            self.path = path
            self.until = until
        }
    }

    package struct Expectation: Codable, Sendable, Equatable {
        package var ended: Int
        package var wanted: Int

        package init(ended: Int, wanted: Int) {
            self.ended = ended
            self.wanted = wanted
        }
    }

    package struct RunningItem: Codable, Sendable, Equatable {
        package var batch: String
        package var item: String
        package var frame: Int
        /// 0 while it is not known.
        package var frames: Int
        package var started: Date
        /// For how long it has been rendering, and how long ago it last made progress.
        package var seconds = 0
        package var silentSeconds = 0
        /// It takes longer than such an audio should.
        package var isSlow = false

        package init(batch: String, item: String, frame: Int, frames: Int, started: Date) {
            self.batch = batch
            self.item = item
            self.frame = frame
            self.frames = frames
            self.started = started
        }
    }

    package struct Retry: Codable, Sendable, Equatable {
        package var batch: String
        /// nil: all that have no video.
        package var item: String?
        /// What it waits for; empty while it renders.
        package var waitsFor: String

        package init(batch: String, item: String?, waitsFor: String) {
            self.batch = batch
            self.item = item
            self.waitsFor = waitsFor
        }
    }

    package struct Delivering: Codable, Sendable, Equatable {
        package var batch: String
        /// What it waits for, empty while it is being packed.
        package var waitsFor: String
        /// How far the pack is, in words.
        package var progress: String?
        /// For how long it has been packing.
        package var seconds = 0
        /// It takes longer than it should.
        package var isSlow = false

        package init(batch: String, waitsFor: String) {
            self.batch = batch
            self.waitsFor = waitsFor
        }
    }

    package struct Delivered: Codable, Sendable, Equatable {
        package var batch: String
        /// Of several the first.
        package var zip: String
        /// How many; nil for one.
        package var zips: Int?
        package var at: Date
        package var videos: Int
        /// Rows of the CSV that are not `ok`.
        package var bad: Int

        package init(batch: String, zip: String, at: Date, videos: Int, bad: Int) {
            self.batch = batch
            self.zip = zip
            self.at = at
            self.videos = videos
            self.bad = bad
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
        return Data(PlainText.json(String(decoding: try encoder.encode(self), as: UTF8.self)).utf8)
    }

    package static func decode(_ data: Data) throws -> ServiceStatus {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(ServiceStatus.self, from: data)
    }
}
