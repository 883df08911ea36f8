import Crypto
import Disk
import SystemPackage

/// Reads an archive once, from its first byte to its last, and hashes all that passes by.
struct ArchiveStream: ~Copyable {
    private static let bufferSize = 256 << 10

    /// Of the next byte.
    private(set) var offset: UInt64 = 0
    private let file: OpenFile
    private let cancellation: Cancellation?
    private let buffer: UnsafeMutableRawBufferPointer
    /// What of the buffer was not taken yet.
    private var rest: Range<Int> = 0..<0
    private var hash = SHA256()

    init(_ file: OpenFile, _ cancellation: Cancellation?) {
        self.file = file
        self.cancellation = cancellation
        buffer = .allocate(byteCount: Self.bufferSize, alignment: 4096)
    }

    deinit { buffer.deallocate() }

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
    var sha256: String {
        hash.finalize().hexadecimal
    }

    /// At most `count` bytes, valid until the next call; nil at the end.
    private mutating func next(_ count: UInt64) throws(ZipProblem) -> UnsafeRawBufferPointer? {
        if rest.isEmpty {
            let got: Int
            do {
                try cancellation?.check()
                got = try file.read(into: buffer, at: Int64(offset))
            } catch {
                throw .archiveUnreadable(error)
            }
            guard got > 0 else { return nil }
            rest = 0..<got
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[rest]))
            cancellation?.advance(got)
        }
        let end = rest.lowerBound + Int(min(UInt64(rest.count), count))
        let piece = UnsafeRawBufferPointer(rebasing: buffer[rest.lowerBound..<end])
        rest = end..<rest.upperBound
        offset += UInt64(piece.count)
        return piece
    }
}
