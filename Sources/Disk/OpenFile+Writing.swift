import CInotify
import Glibc
package import SystemPackage

extension OpenFile {
    /// Writes all of the bytes.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(Errno) {
        try observer?.willDo(.write(path, bytes: bytes.count))
        try writeAll(bytes, at: offset)
    }

    /// Writes all of the bytes.
    package func write(_ bytes: [UInt8], at offset: Int64) throws(Errno) {
        try bytes.span.withUnsafeBytes { buffer throws(Errno) in try write(buffer, at: offset) }
    }

    /// Writes all of the bytes after the end.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
        try write(bytes, at: try status().signature.size)
    }

    /// Reserves the space for the first `bytes` bytes, so that a full disk is known before the work.
    ///
    /// Where the file system can't, nothing happens. The file's size becomes at least `bytes`.
    package func allocate(_ bytes: Int64) throws(Errno) {
        guard bytes > 0 else { return }
        try observer?.willDo(.allocate(path, bytes: bytes))
        do {
            _ = try systemCall { hgw_allocate(descriptor, 0, bytes) }
        } catch Errno.notSupported, Errno.noFunction {}
    }

    /// Cuts or extends the file to `size` bytes.
    package func resize(to size: Int64) throws(Errno) {
        try observer?.willDo(.allocate(path, bytes: size))
        _ = try systemCall { ftruncate(descriptor, off_t(size)) }
    }

    /// Copies `count` bytes of another file into this one; the kernel does it where it can, and shares the extents
    /// where the file system can. Throws `.ioError` when the source ends early.
    package func copyRange(
        from source: OpenFile, at start: Int64, to offset: Int64, count: Int64
    ) throws(Errno) {
        try observer?.willDo(.copy(path, bytes: count))
        var done: Int64 = 0
        while done < count {
            let copied: Int
            do {
                copied = try systemCall {
                    // the kernel's own limit of one call is just below 2 GiB
                    hgw_copy_range(
                        source.descriptor, start + done, descriptor, offset + done, Int(min(count - done, 1 << 30)))
                }
            } catch Errno.improperLink, Errno.notSupported, Errno.noFunction, Errno.invalidArgument {
                return try copyByHand(from: source, at: start + done, to: offset + done, count: count - done)
            }
            // the end of the source, or one of the file systems that say so wrongly: reading tells
            guard copied > 0 else {
                return try copyByHand(from: source, at: start + done, to: offset + done, count: count - done)
            }
            done += Int64(copied)
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(Errno) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            done += try systemCall { pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + done) }
        }
    }

    private func copyByHand(
        from source: OpenFile, at start: Int64, to offset: Int64, count: Int64
    ) throws(Errno) {
        // large enough that the calls don't count, small enough for a level-2 cache
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { buffer.deallocate() }
        var done: Int64 = 0
        while done < count {
            let count = Int(min(Int64(buffer.count), count - done))
            let copied = try source.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: start + done)
            guard copied > 0 else { throw .ioError }
            try writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<copied]), at: offset + done)
            done += Int64(copied)
        }
    }

    /// Returns when the content and the size are on the disk.
    package func sync() throws(Errno) {
        try observer?.willDo(.sync(path))
        _ = try systemCall { fsync(descriptor) }
    }

    package func setMode(_ mode: UInt32) throws(Errno) {
        try observer?.willDo(.setPermissions(path))
        _ = try systemCall { fchmod(descriptor, mode_t(mode)) }
    }

    /// Changes the owner and group; nil leaves one as it is.
    package func setOwner(_ owner: UInt32?, group: UInt32?) throws(Errno) {
        try observer?.willDo(.setPermissions(path))
        _ = try systemCall { fchown(descriptor, owner ?? .max, group ?? .max) }
    }
}
