import Dispatch
import Synchronization
import Words

/// Listens to the sound of a movie in a thread of its own, while another one looks at the avatar.
final class Hearing: Sendable {
    private let outcome = Mutex<Result<HeardSound, Problem>?>(nil)
    private let thread = DispatchGroup()

    /// Starts at once.
    init(_ renderer: MovieRenderer) {
        DispatchQueue(label: "hearing").async(group: thread) { [self] in
            let heard = Result { () throws(Problem) in try renderer.listen(with: MouthListener()) }
            outcome.withLock { $0 = heard }
        }
    }

    /// What was heard; waits for the end of the sound.
    ///
    /// - Parameter alive: called ten times a second while it takes its time.
    /// - Throws: what is wrong with the sound.
    func wait(alive: () -> Void) throws(Problem) -> HeardSound {
        while thread.wait(timeout: .now() + .milliseconds(100)) == .timedOut { alive() }
        guard let heard = outcome.withLock({ $0 }) else { preconditionFailure("the thread ended without a word") }
        return try heard.get()
    }
}
