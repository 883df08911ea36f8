package import Foundation

/// Every offset and every header byte of an archive, from names, sizes, times and CRCs alone.
///
/// Stored entries one after the other, the directory, the end record: nothing before, between or after. The CRCs
/// don't move anything, so they may come later. zip64 appears only where a number needs it.
package struct ZipLayout: Sendable {
    package struct Member: Hashable, Sendable {
        /// As `SafeName` gives it.
        package var name: String
        package var size: UInt64
        /// Seconds since 1970.
        package var modified: Int64

        package init(name: String, size: UInt64, modified: Int64) {
            self.name = name
            self.size = size
            self.modified = modified
        }
    }

    /// Offsets from the start of the archive.
    package struct Placement: Hashable, Sendable {
        package let header: UInt64
        package let data: UInt64
    }

    package let placements: [Placement]
    package let directoryOffset: UInt64
    package let archiveSize: UInt64
    private let headers: [ZipHeader]
    private let end: ZipEnd

    /// - Parameters:
    ///   - alignment: the data of each entry that has any starts at a multiple of it (a power of two below 32768);
    ///     1 for none.
    ///   - timeZone: of MS-DOS's local times.
    /// - Throws: `unusableName`, `nameTaken`.
    package init(_ members: [Member], alignment: UInt16 = 1, timeZone: TimeZone) throws(ZipProblem) {
        try Self.checkNames(members)
        var placements: [Placement] = []
        var headers: [ZipHeader] = []
        var offset: UInt64 = 0
        for member in members {
            let header = ZipHeader(member, offset: offset, alignment: alignment, timeZone: timeZone)
            placements.append(Placement(header: offset, data: header.dataOffset))
            headers.append(header)
            offset = header.dataOffset + member.size
        }
        self.placements = placements
        self.headers = headers
        let directorySize = headers.reduce(0) { $0 + UInt64($1.centralSize) }
        end = ZipEnd(count: UInt64(headers.count), directoryOffset: offset, directorySize: directorySize)
        directoryOffset = offset
        archiveSize = offset + directorySize + UInt64(end.bytes.count)
    }

    /// The header that stands before the data of an entry, with all its extra fields.
    package func localHeader(of index: Int, crc32: UInt32) -> [UInt8] {
        headers[index].local(crc32: crc32)
    }

    /// The central directory and the end records.
    package func directory(crc32s: [UInt32]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(archiveSize - directoryOffset))
        for (header, crc32) in zip(headers, crc32s) { bytes += header.central(crc32: crc32) }
        return bytes + end.bytes
    }

    /// Readers don't mind names that fail on unpacking: only the packer can prevent them.
    private static func checkNames(_ members: [Member]) throws(ZipProblem) {
        var files: Set<String> = []
        var folders: Set<String> = []
        for member in members {
            guard SafeName.isSafe(member.name), member.name.utf8.count <= Int(UInt16.max) else {
                throw .unusableName(member.name)
            }
            let key = NameKey(member.name)
            guard files.insert(key.text).inserted else { throw .nameTaken(member.name) }
            folders.formUnion(key.folders)
        }
        for member in members where folders.contains(NameKey(member.name).text) { throw .nameTaken(member.name) }
    }
}
