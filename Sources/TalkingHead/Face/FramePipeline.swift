import Dispatch
import Synchronization
import Words

/// Decodes and prepares a video's frames in a thread of its own, a little ahead of whoever looks for faces in them.
final class FramePipeline: @unchecked Sendable {
    // Unchecked: until this has ended the reader is touched by its thread only; the rest is behind the lock.
    private let reader: PingPongReader
    private let first: Int
    private let state = Mutex(State())
    private let ready = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore.slots(FramePipeline.ahead)
    private let thread = DispatchGroup()

    private struct State {
        var frames: [SeenFrame] = []
        var isStopped = false
        var problem: Problem?
    }

    /// Frames that wait at most.
    private static let ahead = 2

    /// Starts at once, with frame `first` of the source.
    init(_ reader: PingPongReader, from first: Int) {
        (self.reader, self.first) = (reader, first)
        DispatchQueue(label: "frames").async(group: thread) { [self] in readAll() }
    }

    /// The next frame; nil at the end of the video. A repeated picture is the same object.
    ///
    /// - Throws: what is wrong with the video.
    func next() throws(Problem) -> SeenFrame? {
        ready.wait()
        let (frame, problem) = state.withLock { state in
            (state.frames.isEmpty ? nil : state.frames.removeFirst(), state.problem)
        }
        if let frame {
            room.signal()
            return frame
        }
        // whoever asks again gets the same answer
        ready.signal()
        if let problem { throw problem }
        return nil
    }

    /// Ends the thread and waits for it; from then on the reader is free again.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
        thread.wait()
    }

    private func readAll() {
        var last: SeenFrame?
        do throws(Problem) {
            for index in first... {
                room.wait()
                if state.withLock({ $0.isStopped }) { return }
                guard let picture = try reader.source(index) else { break }
                let repeated = last.flatMap { $0.picture === picture ? $0 : nil }
                let frame = repeated ?? SeenFrame(picture)
                last = frame
                state.withLock { $0.frames.append(frame) }
                ready.signal()
            }
        } catch {
            state.withLock { $0.problem = error }
        }
        ready.signal()
    }
}
