import Glibc

/// Seconds of computing: unlike a wall clock's they are the same on a machine that does other things too.
package enum CPUTime {
    /// Of this process with all its threads, those that have ended too.
    package static var ofProcess: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
    /// Of the calling thread.
    package static var ofThread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
