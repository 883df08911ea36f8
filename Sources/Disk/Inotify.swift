import Dispatch
import Glibc
import SystemPackage

/// An instance of inotify(7), read as soon as it has something; closed with its last reference.
final class Inotify: Sendable {
    let descriptor: Int32
    // a dispatch source may be used from any thread; the type isn't marked so everywhere
    private nonisolated(unsafe) let source: any DispatchSourceRead

    /// - Parameters:
    ///   - queue: where the kernel's events are read.
    ///   - take: is given what was read, records one after the other, on that queue.
    /// - Throws: `.tooManyOpenFiles` when this user has no instance left, `.noFunction` where there is no inotify.
    init(on queue: DispatchQueue, take: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) throws(Errno) {
        let descriptor = try systemCall { inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)) }
        self.descriptor = descriptor
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { Self.drain(descriptor, take) }
        // only after this may the number be used for another file
        source.setCancelHandler { _ = close(descriptor) }
        source.activate()
    }

    deinit {
        source.cancel()
    }

    private static func drain(_ descriptor: Int32, _ take: (UnsafeRawBufferPointer) -> Void) {
        // room for some 2,000 events with short names; one with the longest name takes 272 bytes
        withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 8) { buffer in
            while let count = try? systemCall({ read(descriptor, buffer.baseAddress, buffer.count) }), count > 0 {
                take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }
}
