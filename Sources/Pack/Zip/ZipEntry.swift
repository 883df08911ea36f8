package import Disk
package import SystemPackage

/// A file to be packed.
package struct ZipEntry: Sendable {
    /// Where the bytes come from, from the first to the last.
    package enum Source: Sendable {
        /// Opened when its turn comes, and closed after it: a batch may have more files than a process may open.
        case opening(@Sendable () -> Result<OpenFile, Errno>)
        case bytes([UInt8])

        package static func file(_ file: OpenFile) -> Source {
            .opening { .success(file) }
        }
    }

    /// As `SafeName` gives it, with `/` between folders.
    package var name: String
    /// How many bytes are expected; another number is an error.
    package var size: Int64
    /// What is expected, when it is known; another one is an error.
    package var crc32: UInt32?
    /// Seconds since 1970.
    package var modified: Int64
    package var source: Source

    package init(name: String, size: Int64, crc32: UInt32?, modified: Int64, source: Source) {
        self.name = name
        self.size = size
        self.crc32 = crc32
        self.modified = modified
        self.source = source
    }

    package init(name: String, bytes: [UInt8], modified: Int64) {
        self.init(
            name: name, size: Int64(bytes.count), crc32: CRC32.of(bytes), modified: modified, source: .bytes(bytes))
    }
}

/// What an archive holds under a name.
package struct ZipContent: Hashable, Sendable {
    package var name: String
    package var size: Int64
    package var crc32: UInt32

    package init(name: String, size: Int64, crc32: UInt32) {
        self.name = name
        self.size = size
        self.crc32 = crc32
    }
}
