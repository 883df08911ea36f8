import Dispatch
import Synchronization
import Words

/// Paints frames in its own thread while the caller encodes those before: a belt of three pictures that go round.
final class PaintPipeline: @unchecked Sendable {
    // Unchecked: the painter is touched by the painting thread only, the pictures by one side at a time, which the two
    // semaphores see to; the rest is behind the lock.
    private let painter: any Painter
    private let track: MouthTrack
    private let frames: Int
    private let pictures: [YUVPicture]
    private let state = Mutex(State())
    private let free: DispatchSemaphore
    private let painted = DispatchSemaphore(value: 0)
    private let thread = DispatchGroup()
    private var taken = 0

    private struct State {
        var isStopped = false
        var paintingSeconds = 0.0
        var problem: Problem?
    }

    /// Starts painting at once.
    init(painter: any Painter, track: MouthTrack, frames: Int) {
        self.painter = painter
        self.track = track
        self.frames = frames
        // one being encoded, one waiting, one being painted
        pictures = (0..<3).map { _ in YUVPicture(width: painter.width, height: painter.height) }
        free = .slots(pictures.count)
        DispatchQueue(label: "painter").async(group: thread) { [self] in paintAll() }
    }

    /// The next picture, to be read until the following call; then it is painted over.
    func next() throws(Problem) -> YUVPicture {
        if taken > 0 { free.signal() }
        painted.wait()
        if let problem = state.withLock({ $0.problem }) { throw problem }
        defer { taken += 1 }
        return pictures[taken % pictures.count]
    }

    /// Ends painting and waits for it.
    func stop() {
        state.withLock { $0.isStopped = true }
        free.signal()
        thread.wait()
    }

    /// CPU time that painting took so far.
    var paintingSeconds: Double { state.withLock { $0.paintingSeconds } }

    private func paintAll() {
        for frame in 0..<frames {
            free.wait()
            guard !state.withLock({ $0.isStopped }) else { return }
            let time = painter.frameRate.start(of: frame) + 0.5 / painter.frameRate.perSecond
            do throws(Problem) {
                let start = CPUTime.ofThread
                try painter.paint(frame: frame, time: time, track: track, into: pictures[frame % pictures.count])
                state.withLock { $0.paintingSeconds += CPUTime.ofThread - start }
            } catch {
                state.withLock { $0.problem = error }
                painted.signal()
                return
            }
            painted.signal()
        }
    }
}
