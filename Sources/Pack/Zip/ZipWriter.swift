package import Disk
import SystemPackage

/// Writes an archive, its entries in any order; the memory that it takes does not grow with them.
///
/// After an error the file holds a part of the archive and is of no use.
package struct ZipWriter: ~Copyable {
    /// Measured: larger ones fall out of the processor's cache before the CRC has read them.
    private static let bufferSize = 256 << 10
    /// What the kernel copies at a time: short enough to be ended between two.
    private static let rangeSize: Int64 = 64 << 20

    private let layout: ZipLayout
    private let archive: OpenFile
    private let isSharing: Bool
    private let cancellation: Cancellation?
    /// Of the entries that have been written.
    package private(set) var crc32s: [UInt32]
    private let buffer: UnsafeMutableRawBufferPointer

    /// - Parameters:
    ///   - archive: new and empty; it is not synced.
    ///   - sharing: files and archive may be able to share blocks, so that copying is left to the kernel.
    ///   - cancellation: ends it with `unwritable(.canceled)`, and is told of every byte.
    /// - Throws: `unwritable`, with `.noSpace` where there is no room for all of it.
    package init(
        _ layout: ZipLayout, to archive: OpenFile, sharing: Bool = false, cancellation: Cancellation? = nil
    ) throws(ZipProblem) {
        (self.layout, self.archive, isSharing, self.cancellation) = (layout, archive, sharing, cancellation)
        crc32s = [UInt32](repeating: 0, count: layout.count)
        buffer = .allocate(byteCount: Self.bufferSize, alignment: 4096)
        let size = Int64(layout.archiveSize)
        try Self.writing { () throws(Errno) in
            // blocks that will be shared take no room
            if sharing { try archive.resize(to: size) } else { try archive.allocate(size) }
        }
    }

    deinit { buffer.deallocate() }

    /// Writes the content of an entry from a file.
    ///
    /// - Parameters:
    ///   - crc32: where it is known. It is believed where the kernel copies, so whoever gives it has made sure that the
    ///     file is still the one that it is of; bytes that are read must have it.
    ///   - wantsHash: also tell the SHA-256, so that the bytes are read in any case.
    /// - Returns: what the bytes are.
    /// - Throws: `sourceChanged`, `unreadable`, `unwritable`.
    @discardableResult
    package mutating func write(
        _ index: Int, from source: ZipSource, crc32: UInt32? = nil, wantsHash: Bool = false
    ) throws(ZipProblem) -> EntryData {
        let name = layout.members.name(of: index)
        let size = Int64(layout.members.sizes[index])
        try source.check(name, wanted: size)
        var sums = EntrySums(hashing: wantsHash, keeping: nil)
        let mustRead = !isSharing || wantsHash || crc32 == nil
        if mustRead { try read(source, of: index, into: &sums) }
        let data = mustRead ? sums.data : EntryData(crc32: crc32 ?? 0)
        guard data.crc32 == crc32 ?? data.crc32 else {
            throw .sourceChanged(entry: name, "its bytes are not those that were checked")
        }
        if isSharing { try share(source, with: index) }
        try source.checkUnchanged(name)
        try putHeader(of: index, crc32: data.crc32)
        return data
    }

    /// Writes the content of an entry piece by piece.
    ///
    /// - Throws: `sourceChanged` when they are not as many bytes as the layout has room for; `unwritable`.
    package mutating func write(_ index: Int, _ pieces: some Sequence<[UInt8]>) throws(ZipProblem) {
        let size = layout.members.sizes[index]
        var crc = CRC32()
        var done: UInt64 = 0
        try gather(pieces) { piece, writer throws(ZipProblem) in
            guard done + UInt64(piece.count) <= size else { return done += UInt64(piece.count) }
            crc.update(piece)
            try writer.put(piece, at: writer.layout.dataOffset(of: index) + done)
            done += UInt64(piece.count)
        }
        guard done == size else {
            throw .sourceChanged(
                entry: layout.members.name(of: index), "it has \(done) bytes instead of \(size)")
        }
        try putHeader(of: index, crc32: crc.value)
    }

    /// Writes the directory, once all entries are written.
    ///
    /// - Returns: what the archive is now.
    package consuming func finish() throws(ZipProblem) -> ZipImage {
        let image = ZipImage(layout, crc32s: crc32s)
        var offset = layout.directoryOffset
        try gather(image.parts(of: offset..<layout.archiveSize).lazy.compactMap(\.bytes)) {
            piece, writer throws(ZipProblem) in
            try writer.put(piece, at: offset)
            offset += UInt64(piece.count)
        }
        return image
    }

    /// Sums the source up, and writes it unless the kernel will.
    private mutating func read(
        _ source: ZipSource, of index: Int, into sums: inout EntrySums
    ) throws(ZipProblem) {
        let size = Int64(layout.members.sizes[index])
        var done: Int64 = 0
        while done < size {
            try checkCancelled()
            let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(Int64(buffer.count), size - done))])
            let got: Int
            do { got = try source.file.read(into: wanted, at: source.start + done) } catch {
                throw .unreadable(entry: layout.members.name(of: index), error)
            }
            guard got > 0 else {
                throw .sourceChanged(
                    entry: layout.members.name(of: index), "it has \(done) bytes instead of \(size)")
            }
            let piece = UnsafeRawBufferPointer(rebasing: wanted[..<got])
            sums.update(piece)
            if !isSharing { try put(piece, at: layout.dataOffset(of: index) + UInt64(done)) }
            done += Int64(got)
        }
    }

    /// The file's blocks become the archive's as well where the file system can do that; else they are copied.
    private func share(_ source: ZipSource, with index: Int) throws(ZipProblem) {
        let size = Int64(layout.members.sizes[index])
        let target = Int64(layout.dataOffset(of: index))
        for done in stride(from: 0, to: size, by: Int(Self.rangeSize)) {
            let done = Int64(done)
            let count = min(Self.rangeSize, size - done)
            try checkCancelled()
            try Self.writing { () throws(Errno) in
                try archive.copyRange(
                    from: source.file, at: source.start + done, to: target + done, count: count)
            }
            cancellation?.advance(Int(count))
        }
    }

    /// Few large writes instead of many small ones.
    private mutating func gather(
        _ pieces: some Sequence<[UInt8]>,
        _ write: (UnsafeRawBufferPointer, borrowing ZipWriter) throws(ZipProblem) -> Void
    ) throws(ZipProblem) {
        var filled = 0
        for piece in pieces {
            var rest = piece[...]
            while !rest.isEmpty {
                let part = rest.prefix(buffer.count - filled)
                UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyBytes(from: part)
                filled += part.count
                rest = rest.dropFirst(part.count)
                guard filled == buffer.count else { continue }
                try write(UnsafeRawBufferPointer(buffer), self)
                filled = 0
            }
        }
        if filled > 0 { try write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), self) }
    }

    /// After the data, for only now its CRC is known: one small write, and nothing to mend.
    private mutating func putHeader(of index: Int, crc32: UInt32) throws(ZipProblem) {
        crc32s[index] = crc32
        let header = layout.localHeader(of: index, crc32: crc32)
        let offset = Int64(layout.headerOffset(of: index))
        try Self.writing { () throws(Errno) in try archive.write(header, at: offset) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(ZipProblem) {
        try checkCancelled()
        try Self.writing { () throws(Errno) in try archive.write(bytes, at: Int64(offset)) }
        cancellation?.advance(bytes.count)
    }

    private func checkCancelled() throws(ZipProblem) {
        try Self.writing { () throws(Errno) in try cancellation?.check() }
    }

    private static func writing(_ body: () throws(Errno) -> Void) throws(ZipProblem) {
        do { try body() } catch { throw .unwritable(error) }
    }
}
