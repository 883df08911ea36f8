import Crypto
import Dispatch
import Foundation
import Synchronization

/// SHA-256 on a thread of its own: it takes as long as all else that is done with the bytes of an archive.
final class SideHash: Sendable {
    private enum Job: @unchecked Sendable {
        // valid until `free` has been signalled for it
        case piece(UnsafeRawBufferPointer)
        case tell(DispatchSemaphore)
        case end
    }

    private let jobs = Mutex<[Job]>([])
    private let waiting = DispatchSemaphore(value: 0)
    private let free: DispatchSemaphore
    private let ended = DispatchSemaphore(value: 0)
    private let hash = Mutex(SHA256())

    /// - Parameter buffers: how many pieces may be on their way.
    init(buffers: Int) {
        // a semaphore that is given less back than it began with may not go
        free = DispatchSemaphore(value: 0)
        for _ in 0..<buffers { free.signal() }
        let thread = Thread { [self] in work() }
        thread.name = "sha256"
        thread.start()
    }

    /// Returns when a buffer can be filled: they become free in the order in which they were given.
    func awaitBuffer() { free.wait() }

    /// Takes a buffer; it may be read meanwhile, and not be written before `awaitBuffer`.
    func take(_ piece: UnsafeRawBufferPointer) { give(.piece(piece)) }

    /// Of all that was taken so far, in lower-case hexadecimal digits.
    var value: String {
        let told = DispatchSemaphore(value: 0)
        give(.tell(told))
        told.wait()
        return hash.withLock { $0 }.finalize().hexadecimal
    }

    /// Returns when no buffer is used any more; to be called once, at last.
    func end() {
        give(.end)
        ended.wait()
    }

    private func give(_ job: Job) {
        jobs.withLock { $0.append(job) }
        waiting.signal()
    }

    private func work() {
        while true {
            waiting.wait()
            switch jobs.withLock({ $0.removeFirst() }) {
            case .piece(let piece):
                hash.withLock { $0.update(bufferPointer: piece) }
                free.signal()
            case .tell(let semaphore): semaphore.signal()
            case .end:
                ended.signal()
                return
            }
        }
    }
}
