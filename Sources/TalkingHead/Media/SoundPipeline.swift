import CFFmpeg
import Dispatch
import Synchronization
import Words

/// Reads and encodes the sound of a movie in a thread of its own, a little ahead of the pictures.
final class SoundPipeline: @unchecked Sendable {
    // Unchecked: reader and encoder are touched by the sound's thread only, the rest is behind the lock.
    private let reader: SoundReader
    private let encoder: SoundEncoder
    private let state = Mutex(State())
    private let ready = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore.slots(SoundPipeline.ahead)
    private let thread = DispatchGroup()

    /// What became of a stretch of sound.
    struct Stretch: Sendable {
        let packets: [Packet]
        /// How many samples a channel went in.
        let samples: Int
    }

    private struct State {
        var stretches: [Stretch] = []
        var isStopped = false
        var problem: Problem?
    }

    /// Stretches that wait at most; of PCM and most codecs each is some 20 ms.
    private static let ahead = 32

    /// Starts at once.
    init(_ reader: SoundReader, _ encoder: SoundEncoder) {
        (self.reader, self.encoder) = (reader, encoder)
        DispatchQueue(label: "sound").async(group: thread) { [self] in encodeAll() }
    }

    /// The next stretch; nil at the end.
    ///
    /// - Throws: what is wrong with the sound, or with its encoder.
    func next() throws(Problem) -> Stretch? {
        ready.wait()
        let (stretch, problem) = state.withLock { state in
            (state.stretches.isEmpty ? nil : state.stretches.removeFirst(), state.problem)
        }
        if let stretch {
            room.signal()
            return stretch
        }
        // whoever asks again gets the same answer
        ready.signal()
        if let problem { throw problem }
        return nil
    }

    /// Ends the thread and waits for it.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
        thread.wait()
    }

    private func encodeAll() {
        do throws(Problem) {
            while let block = try reader.next() {
                room.wait()
                if state.withLock({ $0.isStopped }) { return }
                try give(block.count) { write throws(Problem) in try encoder.add(block, write: write) }
            }
            try give(0) { write throws(Problem) in try encoder.finish(write: write) }
        } catch {
            state.withLock { $0.problem = error }
        }
        ready.signal()
    }

    private func give(_ samples: Int, _ encode: (SoundEncoder.Write) throws(Problem) -> Void) throws(Problem) {
        var packets: [Packet] = []
        try encode { packet throws(Problem) in packets.append(try Packet(taking: packet)) }
        let stretch = Stretch(packets: packets, samples: samples)
        state.withLock { $0.stretches.append(stretch) }
        ready.signal()
    }
}
