import CInotify
import Glibc
package import SystemPackage

/// An opened regular file; the descriptor is closed with the last reference.
///
/// Offsets are in bytes from the start. Reads and writes may be made from several threads at once, `append` from one.
package final class OpenFile: Sendable {
    /// For handing on to a worker; stays valid as long as this object lives.
    package let descriptor: Int32
    /// Relative to the folder that opened it; for messages.
    package let path: FilePath
    let observer: (any DiskObserver)?

    init(owning descriptor: Int32, path: FilePath, observer: (any DiskObserver)?) {
        self.descriptor = descriptor
        self.path = path
        self.observer = observer
    }

    deinit {
        _ = close(descriptor)
    }

    package func status() throws(Errno) -> FileStatus {
        try Folder.status(of: descriptor)
    }

    /// What it lies on.
    package func fileSystem() throws(Errno) -> FileSystemKind { try Folder.fileSystem(of: descriptor) }

    /// Reads as much as there is, up to the buffer's size. Less than asked for only at the end of the file; 0 there.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(Errno) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try systemCall { pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + done) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The whole content, or nil when there is more than `limit` bytes.
    package func contents(limit: Int) throws(Errno) -> [UInt8]? {
        // one byte more than it has now shows whether it has grown since
        let size = Int(clamping: try status().signature.size)
        var bytes = [UInt8](repeating: 0, count: min(size, limit) + 1)
        while true {
            var span = bytes.mutableSpan
            let count = try span.withUnsafeMutableBytes { buffer throws(Errno) in try read(into: buffer, at: 0) }
            guard count <= limit else { return nil }
            if count < bytes.count { return Array(bytes.prefix(count)) }
            bytes = [UInt8](repeating: 0, count: limit + 1)
        }
    }

    /// Whether somebody has the file open for writing: true, a writer is left; false, none is; nil, this can't be told
    /// (not our file, no leases there, or opened for writing by ourselves).
    ///
    /// Sees the writers of this machine only, so nothing of those behind a network mount.
    package func isOpenForWritingElsewhere() -> Bool? {
        switch hgw_has_writer(descriptor) {
        case 1: true
        case 0: false
        default: nil
        }
    }
}
