/// First and longest wait before something that was refused is tried again; each is twice the one before.
extension ClosedRange<Duration> {
    /// - Parameter refusals: those before, 0 for the first wait.
    func wait(after refusals: Int) -> Duration {
        // past 2^16 any first wait has reached the longest
        Swift.min(upperBound, lowerBound * (1 << Swift.min(refusals, 16)))
    }
}
