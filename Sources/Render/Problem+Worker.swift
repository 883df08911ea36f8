import Glibc

/// What can go wrong with a worker, in plain words, with what to do next.
extension Problem {
    private static let replace =
        "Try again; if it happens again, save the audio and the avatar anew from the program that made them."

    package static func died(_ exit: WorkerExit) -> Problem {
        switch exit {
        case .signal(SIGKILL):
            Problem(
                .memory,
                "The system ended the renderer, most likely because memory was short. "
                    + "Try again when the machine has less to do, or with a smaller picture.")
        case .signal(SIGXCPU):
            Problem(.timeout, "Rendering used up its computing time. Try again with a shorter audio.")
        case .signal(SIGXFSZ):
            Problem(.engine, "The video grew larger than it may. Try again with a shorter audio.")
        case .signal(let number):
            Problem(.engine, "The renderer crashed (\(name(of: number))). \(replace)")
        case .code(let code):
            Problem(.engine, "The renderer ended without a result (exit code \(code)). \(replace)")
        case .unknown:
            Problem(.engine, "The renderer ended without a result. \(replace)")
        }
    }

    package static func silent(_ silence: Duration) -> Problem {
        Problem(
            .timeout,
            "The renderer made no progress for \(silence.components.seconds) seconds and was ended. \(replace)")
    }

    package static func tooSlow(_ time: Duration) -> Problem {
        Problem(
            .timeout,
            "The renderer was not ready after \(time.components.seconds / 60) minutes and was ended. "
                + "Try again when the machine has less to do, or with a shorter audio.")
    }

    package static func tooMuchMemory(_ bytes: Int64) -> Problem {
        Problem(
            .memory,
            "The renderer needed more than \(bytes >> 20) MB of memory and was ended. Try again with a smaller picture or video."
        )
    }

    /// `what`: half a sentence.
    package static func garbled(_ what: String) -> Problem {
        Problem(.engine, "The renderer misbehaved (\(what)) and was ended. \(replace)")
    }

    /// `what`: half a sentence about the video. For the worker that checks, too.
    package static func badResult(_ what: String) -> Problem {
        Problem(.badResult, "The rendered video is not as it should be: \(what). \(replace)")
    }

    package static func notStarted(_ program: String, _ error: String) -> Problem {
        Problem(.engine, "The renderer \(program) could not be started: \(error). Install HeyGemWatch again.")
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "SIGSEGV"
        case SIGBUS: "SIGBUS"
        case SIGABRT: "SIGABRT"
        case SIGILL: "SIGILL"
        case SIGFPE: "SIGFPE"
        case SIGTRAP: "SIGTRAP"
        case SIGSYS: "SIGSYS"
        default: "signal \(signal)"
        }
    }
}
