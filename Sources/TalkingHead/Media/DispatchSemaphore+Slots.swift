import Dispatch

extension DispatchSemaphore {
    /// A semaphore that may be waited for so many times before anybody signals.
    ///
    /// One must not end below the value that it was made with: this is made with 0 and raised.
    static func slots(_ count: Int) -> DispatchSemaphore {
        let semaphore = DispatchSemaphore(value: 0)
        for _ in 0..<count { semaphore.signal() }
        return semaphore
    }
}
