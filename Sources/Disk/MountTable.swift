import Glibc
package import SystemPackage

/// What is mounted where, as this process sees it (/proc/self/mountinfo).
package struct MountTable: Sendable {
    package struct Mount: Sendable, Hashable {
        /// Its number, as `mnt_id` in /proc/self/fdinfo.
        package var id: Int
        package var point: FilePath
        /// For example `ext4`, `fuse.sshfs`.
        package var type: String
    }

    /// In the order in which they were mounted: of several at one place the last is seen.
    package let mounts: [Mount]

    package init(parsing text: [UInt8]) {
        mounts = text.split(separator: UInt8(ascii: "\n")).compactMap(Self.mount)
    }

    /// The table as it is now; empty where there is no /proc.
    package static func current() -> MountTable {
        MountTable(parsing: (try? contents(of: "/proc/self/mountinfo")) ?? [])
    }

    package func mount(id: Int) -> Mount? { mounts.last { $0.id == id } }

    /// Those at places below `path`, which has no symlinks in it.
    package func mounts(below path: FilePath) -> [Mount] {
        mounts.filter { $0.point != path && $0.point.starts(with: path) }
    }

    /// `36 35 98:0 /root /point options optional... - type source options`, with `\040` for a space and the like.
    private static func mount(_ line: ArraySlice<UInt8>) -> Mount? {
        let fields = line.split(separator: UInt8(ascii: " "))
        guard fields.count > 5, let id = Int(String(decoding: fields[0], as: UTF8.self)),
            let dash = fields[5...].firstIndex(where: { $0.elementsEqual([UInt8(ascii: "-")]) }),
            dash + 1 < fields.count
        else { return nil }
        let point = unescaped(fields[4]).map { CChar(bitPattern: $0) } + [0]
        return Mount(
            id: id, point: FilePath(platformString: point), type: String(decoding: fields[dash + 1], as: UTF8.self))
    }

    private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            let isEscape = byte == UInt8(ascii: "\\") && digits.count == 3
            if isEscape, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Files of /proc tell no size.
    private static func contents(of path: FilePath) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        return try file.closeAfter {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
                guard count > 0 else { return bytes }
                bytes += buffer[..<count]
            }
        }
    }
}

extension MountTable {
    /// The mount on which an opened folder lies; nil where that can't be told.
    func mount(of descriptor: Int32) -> Mount? {
        guard let info = try? Self.contents(of: FilePath("/proc/self/fdinfo/\(descriptor)")) else { return nil }
        for line in String(decoding: info, as: UTF8.self).split(separator: "\n") where line.hasPrefix("mnt_id:") {
            let number = line.dropFirst("mnt_id:".count).drop { $0 == "\t" || $0 == " " }
            return Int(number).flatMap(mount(id:))
        }
        return nil
    }
}
