import Dispatch
import Synchronization
import Words

/// Things that are made in order in a thread of its own, a little ahead of whoever takes them.
final class ReadAhead<Element: Sendable>: @unchecked Sendable {
    typealias Make = () throws(Problem) -> Element?

    // Unchecked: until the thread has ended only it touches what `make` does; the rest is behind the lock.
    private let make: Make
    private let state = Mutex(State())
    private let ready = DispatchSemaphore(value: 0)
    private let room: DispatchSemaphore
    private let thread = DispatchGroup()

    private struct State {
        var waiting: [Element] = []
        var isStopped = false
        var problem: Problem?
    }

    /// Starts at once.
    ///
    /// - Parameters:
    ///   - label: names the thread.
    ///   - count: of things that wait at most.
    ///   - make: the next one; nil at the end. Called in the thread, until it has given nil or thrown.
    init(_ label: String, count: Int, make: @escaping Make) {
        self.make = make
        room = .slots(count)
        DispatchQueue(label: label).async(group: thread) { [self] in makeAll() }
    }

    /// The next one; nil at the end.
    ///
    /// - Throws: what `make` threw, as often as it is asked.
    func next() throws(Problem) -> Element? {
        ready.wait()
        let (element, problem) = state.withLock { state in
            (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.problem)
        }
        if let element {
            room.signal()
            return element
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

    private func makeAll() {
        do throws(Problem) {
            while true {
                room.wait()
                if state.withLock({ $0.isStopped }) { return }
                guard let element = try make() else { break }
                state.withLock { $0.waiting.append(element) }
                ready.signal()
            }
        } catch {
            state.withLock { $0.problem = error }
        }
        ready.signal()
    }
}
