import Dispatch
import Glibc

/// Tells when something has been mounted or unmounted on this machine: neither gives an event to those who watch the
/// folder.
package final class MountChanges: Sendable {
    /// Closed to end the wait.
    private let ending: Int32

    /// Nil where there is no /proc.
    ///
    /// - Parameter tell: called on a thread of its own, which waits meanwhile.
    package init?(tell: @escaping @Sendable () -> Void) {
        let table = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        var pipe: [Int32] = [-1, -1]
        guard table >= 0, pipe2(&pipe, O_CLOEXEC) == 0 else {
            if table >= 0 { _ = close(table) }
            return nil
        }
        let ended = pipe[0]
        ending = pipe[1]
        DispatchQueue(label: "heygem-watch.mounts").async {
            while Self.waits(for: table, or: ended) { tell() }
            _ = close(table)
            _ = close(ended)
        }
    }

    /// Tells no more; to be called once.
    package func end() {
        _ = close(ending)
    }

    /// - Returns: false at the end.
    private static func waits(for table: Int32, or ended: Int32) -> Bool {
        // the table is always readable; POLLPRI tells that it is another now
        var files = [
            pollfd(fd: table, events: Int16(POLLPRI), revents: 0), pollfd(fd: ended, events: 0, revents: 0),
        ]
        guard (try? systemCall { poll(&files, nfds_t(files.count), -1) }) != nil else { return false }
        return files[1].revents == 0
    }
}
