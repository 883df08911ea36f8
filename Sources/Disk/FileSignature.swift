import Glibc

/// What tells one content of a file from another without reading it.
///
/// Size and modification time aren't enough: Samba's clients set the final size before the first byte and put the old
/// time back after each write. The change time moves with every write and can't be set; the blocks grow. The device's
/// number is left out, for it changes when a share is mounted again.
///
/// Copies share one place in memory: of 100,000 files the watcher and the rules keep the same ones.
@dynamicMemberLookup
package struct FileSignature: Sendable {
    package struct Values: Hashable, Sendable, Codable {
        package var inode: UInt64
        /// Bytes.
        package var size: Int64
        /// Modification time, nanoseconds since 1970.
        package var modified: Int64
        /// Change time, nanoseconds since 1970.
        package var changed: Int64
        /// Allocated blocks of 512 bytes.
        package var blocks: Int64
    }

    private final class Shared: Sendable {
        let values: Values

        init(_ values: Values) { self.values = values }
    }

    private var shared: Shared

    package init(inode: UInt64, size: Int64, modified: Int64, changed: Int64, blocks: Int64) {
        shared = Shared(Values(inode: inode, size: size, modified: modified, changed: changed, blocks: blocks))
    }

    package subscript<Value>(dynamicMember member: WritableKeyPath<Values, Value>) -> Value {
        get { shared.values[keyPath: member] }
        set {
            var values = shared.values
            values[keyPath: member] = newValue
            shared = Shared(values)
        }
    }

    /// Whether both are of the same content, as the ledger sees it: blocks don't count. Some file systems (ZFS, btrfs
    /// with compression, XFS) still change their number seconds or minutes after the last write.
    package func isSameContent(as other: FileSignature) -> Bool {
        var (mine, theirs) = (shared.values, other.shared.values)
        (mine.blocks, theirs.blocks) = (0, 0)
        return mine == theirs
    }
}

extension FileSignature: Hashable, Codable {
    package static func == (left: FileSignature, right: FileSignature) -> Bool {
        left.shared === right.shared || left.shared.values == right.shared.values
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(shared.values) }

    package init(from decoder: any Decoder) throws {
        shared = Shared(try Values(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws { try shared.values.encode(to: encoder) }
}

extension timespec {
    /// Nanoseconds since 1970, wrapping in the year 2262: file systems hold stranger times than that.
    var nanoseconds: Int64 { Int64(tv_sec) &* 1_000_000_000 &+ Int64(tv_nsec) }
}
