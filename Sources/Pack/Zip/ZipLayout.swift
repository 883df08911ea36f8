package import Foundation

/// Where everything in an archive stands, from names, sizes and times alone.
///
/// Stored entries one after the other, the directory, the end record: nothing before, between or after. zip64 appears
/// only where a number needs it.
package struct ZipLayout: Sendable {
    /// Data that starts at a multiple of it can share its blocks with a file on btrfs and xfs.
    private static let blockSize: UInt16 = 4096

    /// What data has to start at a multiple of, if the archive's file system may share blocks with that of the data.
    package static func alignment(sharing isSharing: Bool) -> UInt16 { isSharing ? blockSize : 1 }

    package let members: ZipMembers
    package let archiveSize: UInt64
    /// Where each local header starts; then, where the directory does.
    private let headers: [UInt64]
    /// Where each record of the directory starts; then, where the end record does.
    private let records: [UInt64]
    private let alignment: UInt16
    private let timeZone: TimeZone

    /// - Parameters:
    ///   - alignment: the data of each entry that has any starts at a multiple of it (a power of two below 32768);
    ///     1 for none.
    ///   - timeZone: of MS-DOS's local times.
    /// - Throws: `unusableName`, `nameTaken`.
    package init(_ members: ZipMembers, alignment: UInt16 = 1, timeZone: TimeZone) throws(ZipProblem) {
        try members.checkNames()
        var (headers, records): ([UInt64], [UInt64]) = ([], [])
        headers.reserveCapacity(members.count + 1)
        records.reserveCapacity(members.count + 1)
        let end = Self.walk(members, alignment) { header, record in
            headers.append(header)
            records.append(record)
        }
        let offset = end.directoryOffset
        self.members = members
        self.headers = headers + [offset]
        self.records = records.map { offset + $0 } + [offset + end.directorySize]
        (self.alignment, self.timeZone) = (alignment, timeZone)
        archiveSize = end.archiveSize
    }

    /// The size of the archive alone, for whoever has to find out how much one may hold; names are not looked at.
    package static func archiveSize(of members: ZipMembers, alignment: UInt16 = 1) -> UInt64 {
        walk(members, alignment) { _, _ in }.archiveSize
    }

    /// - Parameter entry: told where each header starts, and where in the directory its record does.
    private static func walk(
        _ members: ZipMembers, _ alignment: UInt16, _ entry: (_ header: UInt64, _ record: UInt64) -> Void
    ) -> ZipEnd {
        var offset: UInt64 = 0
        var directorySize: UInt64 = 0
        for index in 0..<members.count {
            // no length depends on the time zone
            let header = ZipHeader(members, index, offset: offset, alignment: alignment, timeZone: .gmt)
            entry(offset, directorySize)
            offset = header.dataOffset + members.sizes[index]
            directorySize += UInt64(header.recordSize)
        }
        return ZipEnd(count: UInt64(members.count), directoryOffset: offset, directorySize: directorySize)
    }

    package var count: Int { members.count }

    /// Offsets from the start of the archive.
    package func headerOffset(of index: Int) -> UInt64 { headers[index] }
    package func dataOffset(of index: Int) -> UInt64 { headers[index + 1] - members.sizes[index] }
    package var directoryOffset: UInt64 { headers[count] }
    var endOffset: UInt64 { records[count] }
    func recordOffset(of index: Int) -> UInt64 { records[index] }

    /// The header that stands before the data of an entry, with all its extra fields.
    package func localHeader(of index: Int, crc32: UInt32) -> [UInt8] { header(of: index).local(crc32: crc32) }

    /// What the directory says of an entry.
    func record(of index: Int, crc32: UInt32) -> [UInt8] { header(of: index).record(crc32: crc32) }

    var end: [UInt8] {
        ZipEnd(
            count: UInt64(count), directoryOffset: directoryOffset, directorySize: endOffset - directoryOffset
        ).bytes
    }

    /// The entry whose header or data an offset before the directory lies in.
    func entry(at offset: UInt64) -> Int { Self.last(of: headers, notAfter: offset) }

    /// The entry whose record an offset in the directory lies in.
    func entryOfRecord(at offset: UInt64) -> Int { Self.last(of: records, notAfter: offset) }

    private func header(of index: Int) -> ZipHeader {
        ZipHeader(members, index, offset: headers[index], alignment: alignment, timeZone: timeZone)
    }

    private static func last(of starts: [UInt64], notAfter offset: UInt64) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
