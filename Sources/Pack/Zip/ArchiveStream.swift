import Disk
import SystemPackage

/// Reads an archive once, from its first byte to its last, and hashes all that passes by.
struct ArchiveStream: ~Copyable {
    private static let bufferSize = 256 << 10

    /// Of the next byte.
    private(set) var offset: UInt64 = 0
    private let file: OpenFile
    private let cancellation: Cancellation?
    /// Filled in turn: while one is hashed, the next is read.
    private let buffers: [UnsafeMutableRawBufferPointer]
    private var current = 0
    /// What of the current buffer was not taken yet.
    private var rest: Range<Int> = 0..<0
    private let hash: SideHash

    init(_ file: OpenFile, _ cancellation: Cancellation?) {
        self.file = file
        self.cancellation = cancellation
        buffers = (0..<4).map { _ in .allocate(byteCount: Self.bufferSize, alignment: 4096) }
        hash = SideHash(buffers: buffers.count)
    }

    deinit {
        hash.end()
        for buffer in buffers { buffer.deallocate() }
    }

    /// The next bytes; nil when the archive ends before.
    mutating func take(_ count: Int) throws(ZipProblem) -> [UInt8]? {
        var taken: [UInt8] = []
        while taken.count < count {
            guard let piece = try next(UInt64(count - taken.count)) else { return nil }
            taken += piece
        }
        return taken
    }

    /// The checksums of the next bytes; nil when the archive ends before.
    ///
    /// - Parameters:
    ///   - hashing: also their SHA-256.
    ///   - limit: at most so many of them are kept; nil for none.
    mutating func data(_ count: UInt64, hashing: Bool, keeping limit: Int?) throws(ZipProblem) -> EntryData? {
        var sums = EntrySums(hashing: hashing, keeping: limit)
        var left = count
        while left > 0 {
            guard let piece = try next(left) else { return nil }
            sums.update(piece)
            left -= UInt64(piece.count)
        }
        return sums.data
    }

    /// Reads what is left.
    /// - Returns: how many bytes that were.
    mutating func drain() throws(ZipProblem) -> UInt64 {
        let start = offset
        while try next(.max) != nil {}
        return offset - start
    }

    /// Of all bytes so far, in lower-case hexadecimal digits.
    var sha256: String { hash.value }

    /// At most `count` bytes, valid until the next call; nil at the end.
    private mutating func next(_ count: UInt64) throws(ZipProblem) -> UnsafeRawBufferPointer? {
        if rest.isEmpty {
            guard try refill() else { return nil }
        }
        let end = rest.lowerBound + Int(min(UInt64(rest.count), count))
        let piece = UnsafeRawBufferPointer(rebasing: buffers[current][rest.lowerBound..<end])
        rest = end..<rest.upperBound
        offset += UInt64(piece.count)
        return piece
    }

    /// - Returns: false at the end.
    private mutating func refill() throws(ZipProblem) -> Bool {
        let next = (current + 1) % buffers.count
        hash.awaitBuffer()
        let got: Int
        do {
            try cancellation?.check()
            got = try file.read(into: buffers[next], at: Int64(offset))
        } catch {
            throw .archiveUnreadable(error)
        }
        (current, rest) = (next, 0..<got)
        hash.take(UnsafeRawBufferPointer(rebasing: buffers[next][rest]))
        cancellation?.advance(got)
        return got > 0
    }
}
