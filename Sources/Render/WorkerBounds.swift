/// What the service grants a worker. The worker limits itself too; these hold when it was taken over.
package struct WorkerBounds: Hashable, Sendable {
    /// Resident memory of its whole process group, looked at every second.
    package var memoryBytes: Int64 = 2 << 30
    /// Wall clock before the number of frames is known: reading an hour of audio, following a face through a video.
    package var start: Duration = .seconds(1800)
    /// More wall clock for each frame: 50 times what 1080p takes on two slow cores.
    package var perFrame: Duration = .seconds(2)
    /// The most that both give, whatever number of frames a worker claims.
    package var ceiling: Duration = .seconds(24 * 3600)
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
    /// All in all: a day of ten lines a second.
    package var lines = 1_000_000
    /// Of its standard error, the last.
    package var logBytes = 8 << 10

    package init() {}
}
