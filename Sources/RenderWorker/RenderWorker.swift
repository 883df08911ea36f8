import Glibc
import Render
import Words

/// `heygem-watch-render`: one job, given as a line on standard input with open files beside it, under its own limits.
///
/// It opens nothing, reads media only through the descriptors it was given, and ends when its standard input does.
@main
enum RenderWorker {
    static func main() {
        guard CommandLine.arguments.count == 1, let job = JobLine.read() else {
            Replies.log("heygem-watch-render is run by heygem-watch, which tells it what to do.")
            exit(2)
        }
        do throws(Problem) {
            // models are opened by name, so before the limits
            let runner = try JobRunner(job)
            Replies.send(.limits(report: OwnLimits.enforce(job.limits)))
            JobLine.exitWhenItEnds()
            Replies.send(.done(result: try runner.run()))
        } catch {
            Replies.send(error.reason.isOfInput ? .rejected(problem: error) : .failed(problem: error))
        }
        exit(0)
    }
}
