import Foundation
import SystemPackage

/// The log's file while it is written to; closed with the last reference.
final class OpenLog: Sendable {
    private let file: FileDescriptor
    /// Device and inode.
    private let identity: [UInt64]
    /// The time of its first line.
    let firstLine: Date

    init(_ path: FilePath, now: Date) throws(Errno) {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .readWrite, options: [.append, .create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch { throw error as? Errno ?? .ioError }
        self.file = file
        let status = Self.status(of: file)
        identity = Self.identity(status)
        firstLine = status.st_size == 0 ? now : Self.firstLine(of: file) ?? Self.lastWrite(status)
    }

    deinit { try? file.close() }

    /// Bytes.
    var size: Int64 { Int64(Self.status(of: file).st_size) }

    func stands(at path: FilePath) -> Bool {
        var status = stat()
        let isThere = path.withPlatformString { stat($0, &status) } == 0
        return isThere && Self.identity(status) == identity
    }

    /// All of it, or nothing.
    func append(_ bytes: [UInt8]) throws(Errno) {
        let before = size
        do { _ = try file.writeAll(bytes) } catch {
            // half a line would be taken for one
            try? file.resize(to: before)
            throw error as? Errno ?? .ioError
        }
    }

    private static func status(of file: FileDescriptor) -> stat {
        var status = stat()
        _ = fstat(file.rawValue, &status)
        return status
    }

    private static func identity(_ status: stat) -> [UInt64] { [UInt64(status.st_dev), UInt64(status.st_ino)] }

    private static func lastWrite(_ status: stat) -> Date {
        Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
    }

    /// nil when it doesn't begin with the time of a line.
    private static func firstLine(of file: FileDescriptor) -> Date? {
        // longer than any time
        var bytes = [UInt8](repeating: 0, count: 40)
        let count = (try? bytes.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: 0, into: $0) }) ?? 0
        return LineLogHandler.date(ofLine: String(decoding: bytes.prefix(count), as: UTF8.self))
    }
}
