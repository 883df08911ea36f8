/// The times that the rules are told: events that come together are of one instant.
///
/// A scan, or a folder that was moved in whole, has no order of its own; without this the marker would seem to have
/// come before the files that happened to be listed after it.
package struct EventInstants {
    private var start: Duration?
    private var last = Duration.zero

    /// Longer than a busy machine takes between two files of one folder, shorter than a person between two actions.
    private static let gap = Duration.milliseconds(100)
    /// An instant has to end: quiet is counted from its start.
    private static let longest = Duration.seconds(1)

    package init() {}

    /// - Parameters:
    ///   - now: never less than before.
    ///   - isFirstScan: what was there before is of one instant, however long the scan takes.
    /// - Returns: the time to be told to the rules; never less than before either.
    package mutating func instant(at now: Duration, isFirstScan: Bool) -> Duration {
        if let start, isFirstScan || (now - last <= Self.gap && now - start <= Self.longest) {
            last = now
            return start
        }
        start = now
        last = now
        return now
    }

    /// The rules were told a later time: what comes now is of another instant.
    package mutating func end() { start = nil }
}
