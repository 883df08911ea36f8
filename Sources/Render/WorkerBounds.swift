/// What the service grants a worker. The worker limits itself too; these hold when it was taken over.
package struct WorkerBounds: Hashable, Sendable {
    /// Resident memory of its whole process group, looked at every second.
    package var memoryBytes: Int64 = 2 << 30
    /// Wall clock. While the audio's length is not known it is as for a short one: reading an hour of audio takes
    /// minutes on the slowest of machines.
    package var time = TimeLimits()
    /// Seconds of audio that are believed at most, whatever a worker claims.
    package var longestAudio = 3600.0
    /// The longest silence.
    package var silence: Duration = .seconds(120)
    /// From its answer to its exit.
    package var leaving: Duration = .seconds(10)
    /// From the request to end (SIGTERM) to the end (SIGKILL).
    package var mercy: Duration = .seconds(2)
    package var lineBytes = 64 << 10
    /// A worker says its progress ten times a second; after the service was held up, a full pipe of 1300 lines comes at
    /// once.
    package var linesASecond = 2000
    /// Of its standard error, the last.
    package var logBytes = 8 << 10

    package init() {}

    /// All in all: twice the ten lines a second that it says, as long as it may take.
    var lines: Int { 1000 + 20 * Int(clamping: time.hard(audio: longestAudio).components.seconds) }
}
