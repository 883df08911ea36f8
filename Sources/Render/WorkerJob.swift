package import Disk

/// What a worker is asked to do: one JSON line on its standard input, which then stays open; its end ends the worker.
package struct WorkerJob: Hashable, Sendable, Codable {
    package var task: Task
    package var limits: Limits
    /// Of stills in `render`.
    package var life = Life.calm
    /// Needed by tasks that look for a face; without it such a task is rejected.
    package var models: Models?
    /// Of video avatars in `render`.
    package var notebook: Notebook?

    package init(task: Task, life: Life = .calm, models: Models? = nil, limits: Limits = Limits()) {
        self.task = task
        self.limits = limits
        self.life = life
        self.models = models
    }

    /// How much a still blinks and moves its head.
    package struct Life: Hashable, Sendable, Codable {
        package enum Level: String, Hashable, Sendable, Codable, CaseIterable {
            case off, calm, lively
        }

        package static let off = Life(level: .off)
        package static let calm = Life(level: .calm)
        package static let lively = Life(level: .lively)
        /// What a factor may be.
        package static let factors = 0.0...2

        package var level: Level
        /// Of what the level has: 0 is none, 1 as much.
        package var blinks = 1.0
        package var headMotion = 1.0
        package var breathing = 1.0
        package var brows = 1.0

        package init(level: Level) {
            self.level = level
        }

        /// For the identity of an engine.
        var words: String {
            "life=\(level.rawValue) blinks=\(blinks) head_motion=\(headMotion) breathing=\(breathing) brows=\(brows)"
        }
    }

    /// How much work and how many bytes the encoder spends on a video.
    package enum Quality: String, Hashable, Sendable, Codable, CaseIterable {
        case draft, normal, high
    }

    package enum Task: Hashable, Sendable, Codable {
        /// Avatar and audio to a talking-head video.
        case render(audio: File, avatar: File, points: File?, output: File)
        /// Is this a whole video of about this many seconds? Hashes it in the same read.
        case check(video: File, seconds: Double)
        /// The mouth track as CSV.
        case mouth(audio: File, output: File)
        /// The points of a face: a PNG with them drawn, and a `.face.json` to correct.
        case face(picture: File, points: File?, drawing: File, sidecar: File)
        /// A PNG with `frames` frames of each video, one row a video.
        case sheet(videos: [File], frames: Int, output: File)
        /// Shut in as for any other task, it tries each forbidden thing and tells what came of it.
        case selfTest
    }

    /// A descriptor that the worker finds open. The name is for messages and for guessing the format.
    package struct File: Hashable, Sendable, Codable {
        package var descriptor: Int32
        package var name: String

        package init(descriptor: Int32, name: String) {
            self.descriptor = descriptor
            self.name = name
        }
    }

    /// Where a worker finds what others found out about the avatar, and notes what it finds out itself.
    package struct Notebook: Hashable, Sendable, Codable {
        /// Nobody has yet where it is nil.
        package var known: File?
        /// Stays empty when there is nothing new.
        package var fresh: File

        package init(known: File?, fresh: File) {
            self.known = known
            self.fresh = fresh
        }
    }

    /// What the worker puts on itself before it reads the first byte of an input, and what it makes of inputs.
    package struct Limits: Hashable, Sendable, Codable {
        /// The longest audio that is rendered.
        package var audioSeconds: Double
        /// Of the video in pixels, at most; larger avatars are reduced.
        package var height: Int
        /// What shows through transparent pictures, as `#RRGGBB`.
        package var background: String
        package var quality: Quality
        /// Writable memory. 1080p takes about 0.2 GB, on however many cores; a video avatar more.
        package var memoryBytes: UInt64
        /// Over all threads: a day of one core. An engine grants more where its renders may take longer.
        package var cpuSeconds: UInt64 = 86_400
        /// The largest file it may write: by default hours of 1080p.
        package var fileBytes: UInt64 = 16 << 30

        package init(
            audioSeconds: Double = 3600, height: Int = 1080, background: String = "#EDEDED",
            quality: Quality = .normal
        ) {
            self.audioSeconds = audioSeconds
            self.height = height
            self.background = background
            self.quality = quality
            // frames of twice the height take four times the memory
            let scale = max(1, Double(height) / 1080)
            memoryBytes = UInt64(min(scale * scale, 16) * Double(2 << 30))
        }
    }

    /// Paths, for LiteRT is loaded by name; opened before the worker shuts itself in.
    package struct Models: Hashable, Sendable, Codable {
        package var library: String
        package var folder: String

        package init(library: String, folder: String) {
            self.library = library
            self.folder = folder
        }
    }
}

/// The open files of a job, numbered in the order in which the worker will find them.
package struct WorkerFiles: Sendable {
    /// 0, 1 and 2 are the pipes.
    package static let first: Int32 = 3

    package private(set) var files: [OpenFile] = []

    package init() {}

    package mutating func add(_ file: OpenFile, name: String) -> WorkerJob.File {
        files.append(file)
        return WorkerJob.File(descriptor: Self.first + Int32(files.count) - 1, name: name)
    }

    package mutating func add(_ input: RenderInput) -> WorkerJob.File {
        add(input.file, name: input.name)
    }
}
