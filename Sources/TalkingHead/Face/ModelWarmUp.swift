import Dispatch

/// Runs models for the first time, in a thread of its own while a picture is read: their first run takes three times as
/// long as the others.
final class ModelWarmUp: @unchecked Sendable {
    // Unchecked: nobody else touches the finders before `wait` has returned.
    private let finder: FaceFinder?
    private let persons: PersonFinder?
    private let thread = DispatchGroup()

    /// Starts at once.
    init(_ finder: FaceFinder?, _ persons: PersonFinder?) {
        (self.finder, self.persons) = (finder, persons)
        DispatchQueue(label: "models").async(group: thread) { [self] in
            self.finder?.warmUp()
            self.persons?.warmUp()
        }
    }

    func wait() { thread.wait() }
}
