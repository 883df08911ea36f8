package import Disk
package import Foundation
import SystemPackage

/// Packs entries into a new archive: one pass over the sources, memory that does not grow with them.
package enum ZipWriter {
    /// Blocks of this size can be shared between the sources and the archive on btrfs and xfs.
    private static let blockSize: UInt16 = 4096
    /// Measured: larger buffers fall out of the processor's cache before the CRC has read them.
    private static let bufferSize = 256 << 10

    /// Writes the archive; it is not synced.
    ///
    /// After an error the file holds a part of the archive and is of no use.
    /// - Parameters:
    ///   - archive: new and empty.
    ///   - align: whether the data of each entry starts at a multiple of 4096.
    ///   - timeZone: of the entries' MS-DOS times.
    ///   - cancellation: ends it with `unwritable(.canceled)`.
    /// - Throws: `sourceChanged`, `unreadable`, `unusableName`, `nameTaken` with the entry's name; `unwritable`.
    package static func write(
        _ entries: [ZipEntry], to archive: OpenFile, align: Bool = false, timeZone: TimeZone = .current,
        cancellation: Cancellation? = nil
    ) throws(ZipProblem) -> ZipReceipt {
        let members = entries.map {
            ZipLayout.Member(name: $0.name, size: UInt64(max(0, $0.size)), modified: $0.modified)
        }
        let layout = try ZipLayout(members, alignment: align ? blockSize : 1, timeZone: timeZone)
        try writing { () throws(Errno) in try archive.allocate(Int64(layout.archiveSize)) }

        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: Int(blockSize))
        defer { buffer.deallocate() }
        var contents: [ZipContent] = []
        for (index, entry) in entries.enumerated() {
            let placement = layout.placements[index]
            let crc32 = try copy(
                entry, to: archive, at: Int64(placement.data), through: buffer, cancellation: cancellation)
            // After the data, for only now its CRC is known: one small write, and nothing to mend.
            try write(layout.localHeader(of: index, crc32: crc32), to: archive, at: placement.header)
            contents.append(ZipContent(name: entry.name, size: entry.size, crc32: crc32))
        }
        try write(layout.directory(crc32s: contents.map(\.crc32)), to: archive, at: layout.directoryOffset)
        return ZipReceipt(bytes: Int64(layout.archiveSize), contents: contents)
    }

    /// - Returns: the CRC of what was copied, which is the expected one where one was given.
    private static func copy(
        _ entry: ZipEntry, to archive: OpenFile, at start: Int64, through buffer: UnsafeMutableRawBufferPointer,
        cancellation: Cancellation?
    ) throws(ZipProblem) -> UInt32 {
        let source = try open(entry)
        var crc = CRC32()
        var done: Int64 = 0
        while done < entry.size {
            try writing { () throws(Errno) in try cancellation?.check() }
            let wanted = Int(min(Int64(buffer.count), entry.size - done))
            let got = try source.read(entry, at: done, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
            guard got > 0 else {
                throw .sourceChanged(entry: entry.name, "it has \(done) bytes instead of \(entry.size)")
            }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<got])
            crc.update(piece)
            let offset = start + done
            try writing { () throws(Errno) in try archive.write(piece, at: offset) }
            done += Int64(got)
            cancellation?.advance(got)
        }
        guard try source.read(entry, at: done, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<1])) == 0 else {
            throw .sourceChanged(entry: entry.name, "it has more than \(entry.size) bytes")
        }
        guard crc.value == entry.crc32 ?? crc.value else {
            throw .sourceChanged(entry: entry.name, "its bytes are not those that were checked")
        }
        return crc.value
    }

    private static func open(_ entry: ZipEntry) throws(ZipProblem) -> OpenedSource {
        switch entry.source {
        case .bytes(let bytes): return .bytes(bytes)
        case .opening(let open):
            do { return .file(try open().get()) } catch { throw .unreadable(entry: entry.name, error) }
        }
    }

    private static func write(_ bytes: [UInt8], to archive: OpenFile, at offset: UInt64) throws(ZipProblem) {
        try writing { () throws(Errno) in try archive.write(bytes, at: Int64(offset)) }
    }

    private static func writing(_ body: () throws(Errno) -> Void) throws(ZipProblem) {
        do { try body() } catch { throw .unwritable(error) }
    }
}

/// A source whose turn has come.
private enum OpenedSource {
    case file(OpenFile)
    case bytes([UInt8])

    func read(
        _ entry: ZipEntry, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipProblem) -> Int {
        switch self {
        case .file(let file):
            do { return try file.read(into: buffer, at: offset) } catch {
                throw .unreadable(entry: entry.name, error)
            }
        case .bytes(let bytes):
            let rest = bytes.dropFirst(Int(offset)).prefix(buffer.count)
            buffer.copyBytes(from: rest)
            return rest.count
        }
    }
}

/// What was written.
package struct ZipReceipt: Hashable, Sendable {
    /// The size of the archive.
    package var bytes: Int64
    /// What `ZipVerifier` is to find, in the order of the entries.
    package var contents: [ZipContent]

    package init(bytes: Int64, contents: [ZipContent]) {
        self.bytes = bytes
        self.contents = contents
    }
}
