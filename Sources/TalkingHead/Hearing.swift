import Dispatch
import Synchronization
import Words

/// Listens to the sound of a movie in a thread of its own, while another one looks at the avatar; then begins to encode it.
final class Hearing: Sendable {
    private let outcome = Mutex<Result<Heard, Problem>?>(nil)
    private let thread = DispatchGroup()

    struct Heard {
        let sound: HeardSound
        let encoded: EncodedSound
    }

    /// Starts at once.
    init(_ renderer: MovieRenderer) {
        DispatchQueue(label: "hearing").async(group: thread) { [self] in
            let heard = Result { () throws(Problem) in
                Heard(sound: try renderer.listen(with: MouthListener()), encoded: try renderer.encodeSound())
            }
            outcome.withLock { $0 = heard }
        }
    }

    /// Ends all threads and waits for them.
    func stop() {
        thread.wait()
        if case .success(let heard) = outcome.withLock({ $0 }) { heard.encoded.stop() }
    }

    /// What was heard; waits for the end of the sound.
    ///
    /// - Parameter alive: called ten times a second while it takes its time.
    /// - Throws: what is wrong with the sound.
    func wait(alive: () -> Void) throws(Problem) -> Heard {
        while thread.wait(timeout: .now() + .milliseconds(100)) == .timedOut { alive() }
        guard let heard = outcome.withLock({ $0 }) else { preconditionFailure("the thread ended without a word") }
        return try heard.get()
    }
}
