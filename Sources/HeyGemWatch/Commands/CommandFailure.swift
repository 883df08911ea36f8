import Words

/// How a command ends; README lists the numbers.
enum ExitStatus: Int32 {
    case well = 0
    /// A held batch, or a row that is not `ok`.
    case failedInPart = 1
    case usage = 2
    case configuration = 3
    case preflight = 4
}

/// An end of a command that is not well, with the sentence for stderr.
struct CommandFailure: Error {
    var status: ExitStatus
    var message: String
    /// What a worker said, where it was one.
    var problem: Problem?

    init(_ problem: Problem) {
        self.init(.failedInPart, problem.message)
        self.problem = problem
    }

    /// One line, whatever the names in it hold.
    init(_ status: ExitStatus, _ message: String) {
        self.init(status, lines: [message])
    }

    init(_ status: ExitStatus, lines: [String]) {
        self.status = status
        message = lines.map(PlainText.line).joined(separator: "\n")
    }
}
