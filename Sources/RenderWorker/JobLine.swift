import FoundationEssentials
import Glibc
import Render

/// Standard input: the job as one line, then nothing, open as long as whoever asked still wants the answer.
enum JobLine {
    /// Far more than names of files need.
    private static let limit = 1 << 20

    /// The job; nil when standard input holds none.
    static func read() -> WorkerJob? {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while line.last != UInt8(ascii: "\n") {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0, line.count < limit else { return nil }
            line += buffer[..<count]
        }
        return try? JSONDecoder().decode(WorkerJob.self, from: Data(line))
    }

    /// Ends this process as soon as the other end of the pipe is closed, be it by a kill -9 of the service.
    ///
    /// PR_SET_PDEATHSIG would follow the thread that started us, which may end while the service lives.
    static func exitWhenItEnds() {
        var thread: pthread_t = 0
        let result = pthread_create(
            &thread, nil,
            { _ in
                var byte: UInt8 = 0
                while Glibc.read(STDIN_FILENO, &byte, 1) > 0 || errno == EINTR {}
                // at once: nobody is left to hear anything
                _exit(1)
            }, nil)
        if result != 0 { Replies.log("no thread to watch standard input") }
    }
}
