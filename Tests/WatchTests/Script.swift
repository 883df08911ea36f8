import Disk
import Watch

/// How one program brings one file in: what happens at which second, as seen under the file's final name.
struct Script: Sendable, CustomStringConvertible {
    enum Step: Sendable {
        /// The file appears, with this many bytes in it, as an inode of its own.
        case appear(Int64)
        /// It appears or is replaced by a rename or a link: complete, with an old time.
        case arrive(Int64)
        case open, close
        /// A write that makes the file this long.
        case write(Int64)
        /// A write into space that was there before: blocks grow, the size stays; the time is put back at once.
        case fill(blocks: Int64)
        /// The file system counts its blocks anew.
        case recount(blocks: Int64)
        /// The time of the last change is set to an old one.
        case setTime
        /// A write through shared memory: no event.
        case quietWrite(Int64)
        /// An event without any change.
        case idleEvent
        case remove
    }

    var name: String
    var steps: [(second: Double, step: Step)]
    /// When it must settle; default: once, 2 s after the last step.
    var settles: [Double]?

    var description: String { name }
    var expected: [Double] { settles ?? [(steps.last?.second ?? 0) + 2] }
    var lastByte: Double { steps.last?.second ?? 0 }
}

/// A file under a script, and how many writers have it open.
struct ScriptedFile {
    private(set) var signature: FileSignature?
    private(set) var writers = 0
    private var inodes: UInt64 = 0

    /// Answers whether an event tells of it.
    mutating func apply(_ step: Script.Step, at second: Double) -> Bool {
        let time = Int64(second * 1e9)
        switch step {
        case .appear(let size), .arrive(let size):
            inodes += 1
            var modified = time
            if case .arrive = step { modified = 1 }
            signature = FileSignature(inode: inodes, size: size, modified: modified, changed: time, blocks: size / 512)
        case .open: writers += 1
        case .close: writers -= 1
        case .write(let size), .quietWrite(let size):
            change(at: time) {
                $0.size = size
                $0.blocks = size / 512
                $0.modified = time
            }
        case .fill(let blocks): change(at: time) { $0.blocks = blocks }
        case .recount(let blocks): signature?.blocks = blocks
        case .setTime: change(at: time) { $0.modified = 1 }
        case .idleEvent: break
        case .remove: signature = nil
        }
        switch step {
        case .quietWrite, .open: return false
        default: return true
        }
    }

    private mutating func change(at time: Int64, _ body: (inout FileSignature) -> Void) {
        guard var new = signature else { return }
        body(&new)
        new.changed = time
        signature = new
    }
}

/// Scripts for every row of the table of events that programs were seen to cause.
enum Scripts {
    static let all: [Script] = [
        Script(
            name: "cp, curl, wget, dd, sftp put: the final name from the start",
            steps: [
                (0, .appear(0)), (0, .open), (0.1, .write(4096)), (1.9, .write(8192)), (3.8, .write(9000)), (4, .close),
            ]),
        Script(
            name: "tar and wget set the time after closing",
            steps: [(0, .appear(0)), (0, .open), (1, .write(4096)), (1, .close), (1.5, .setTime)]),
        Script(name: "mv on the same file system, rsync's final rename", steps: [(3, .arrive(4096))]),
        Script(name: "an upload finished by a link and a removal", steps: [(3, .arrive(4096)), (3.1, .idleEvent)]),
        Script(
            name: "O_TMPFILE and linkat, closed after the link",
            steps: [(1, .open), (1, .arrive(4096)), (1.2, .close)]),
        Script(
            name: "mv across file systems, cp -p",
            steps: [(0, .appear(0)), (0, .open), (1, .write(4096)), (1.1, .setTime), (1.1, .close), (1.1, .setTime)]),
        Script(
            name: "rsync --inplace",
            steps: [
                (0, .appear(0)), (0, .open), (2.5, .write(4096)), (4.9, .write(8192)), (4.9, .close), (5, .setTime),
            ]),
        Script(
            name: "Explorer over SMB: full size first, then data with the time put back",
            steps: [
                (0, .appear(0)), (0, .open), (0.1, .write(1 << 20)), (0.1, .fill(blocks: 0)), (0.2, .setTime),
                (2, .fill(blocks: 512)), (2, .setTime), (4, .fill(blocks: 1024)), (4, .setTime),
                (6, .fill(blocks: 2048)), (6, .setTime), (6.2, .close),
            ]),
        Script(
            name: "Finder over SMB: created and closed, opened again and written",
            steps: [
                (0, .appear(0)), (0, .open), (0, .close), (0.5, .open), (1.5, .write(4096)), (2, .close),
            ]),
        Script(
            name: "two writers, the first is done early",
            steps: [
                (0, .appear(0)), (0, .open), (0, .open), (1, .write(4096)), (1, .close), (6, .write(8192)), (6, .close),
            ]),
        Script(
            name: "a writer that pauses 30 s and goes on",
            steps: [(0, .appear(0)), (0, .open), (1, .write(4096)), (31, .write(8192)), (31, .close)]),
        Script(
            name: "writes through shared memory give no event until the close",
            steps: [(0, .appear(4096)), (0, .open), (3, .quietWrite(4097)), (9, .quietWrite(4098)), (12, .close)]),
        Script(
            name: "a quiet writer that can't be seen: the signature alone keeps it out",
            // looks at 2 (changed at 1.5), 4 (changed at 3.5), 6 (equal)
            steps: [(0, .appear(1)), (1.5, .quietWrite(2)), (3.5, .quietWrite(3))], settles: [6]),
        Script(
            name: "removed before it was quiet", steps: [(0, .appear(1)), (1, .remove)], settles: []),
        Script(
            name: "removed and dropped again",
            steps: [(0, .appear(10)), (1, .remove), (1.5, .arrive(10))]),
        Script(
            name: "changed after it had settled: settled again with the new content",
            steps: [(0, .arrive(10)), (10, .open), (10, .write(20)), (11, .close)], settles: [2, 13]),
        Script(
            name: "replaced after it had settled",
            steps: [(0, .arrive(10)), (10, .arrive(10))], settles: [2, 12]),
        Script(
            name: "opened and closed after it had settled: nothing new",
            steps: [(0, .arrive(10)), (10, .open), (10.1, .close), (11, .idleEvent)], settles: [2]),
        Script(
            name: "its blocks were counted anew after it had settled: nothing new",
            steps: [(0, .arrive(4096)), (5, .recount(blocks: 3)), (6, .idleEvent)], settles: [2]),
        Script(
            name: "only its time was touched after it had settled",
            steps: [(0, .arrive(10)), (10, .setTime)], settles: [2, 12]),
    ]
}
