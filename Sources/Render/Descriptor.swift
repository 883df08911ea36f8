import Glibc
import SystemPackage

/// Owns a file descriptor; closed when the last user lets go.
final class Descriptor: Sendable {
    enum Input {
        case bytes(ArraySlice<UInt8>)
        /// Nothing now, perhaps later.
        case nothing
        case end
    }

    let number: Int32

    init(owning number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Both ends close-on-exec. The corresponding C function is `pipe2`.
    static func pipe() throws(Errno) -> (reading: Descriptor, writing: Descriptor) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Errno(rawValue: errno) }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }

    /// The same open file under another number, `lowest` or above, close-on-exec.
    static func copy(of number: Int32, lowest: Int32) throws(Errno) -> Descriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, lowest)
        guard copy >= 0 else { throw Errno(rawValue: errno) }
        return Descriptor(owning: copy)
    }

    func setNonBlocking() throws(Errno) {
        let flags = fcntl(number, F_GETFL)
        guard flags >= 0, fcntl(number, F_SETFL, flags | O_NONBLOCK) == 0 else { throw Errno(rawValue: errno) }
    }

    /// One read into a buffer that is used again and again. An error counts as the end.
    func read(into buffer: inout [UInt8]) -> Input {
        let count = Glibc.read(number, &buffer, buffer.count)
        if count > 0 { return .bytes(buffer[..<count]) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
    }

    /// How many bytes were taken; nil when nobody reads any more.
    func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = bytes.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }
}
