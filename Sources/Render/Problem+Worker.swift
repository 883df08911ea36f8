import Glibc
package import Words

/// What can go wrong with a worker, in plain words, with what to do next.
extension Problem {
    package static func died(_ exit: WorkerExit) -> Problem {
        switch exit {
        case .signal(SIGKILL):
            of(
                .memory,
                Phrase("the system ended the renderer, most likely for want of memory", zh: "系统终止了渲染程序，很可能是内存不足"),
                .lessToDo)
        case .signal(SIGXCPU):
            of(.timeout, Phrase("it used up its computing time", zh: "计算时间已用完"), .shorterAudio)
        case .signal(SIGXFSZ):
            of(.engine, Phrase("it grew larger than it may", zh: "视频文件超出上限"), .shorterAudio)
        case .signal(let number):
            of(.engine, Phrase("the renderer crashed (\(name(of: number)))", zh: "渲染程序崩溃（\(name(of: number))）"))
        case .code(let code):
            of(
                .engine,
                Phrase("the renderer ended without a result (exit code \(code))", zh: "渲染程序没有给出结果就结束了（退出码 \(code)）"))
        case .unknown:
            of(.engine, Phrase("the renderer ended without a result", zh: "渲染程序没有给出结果就结束了"))
        }
    }

    package static func silent(_ silence: Duration) -> Problem {
        let seconds = silence.components.seconds
        return of(.timeout, Phrase("no progress for \(seconds) seconds", zh: "\(seconds) 秒没有进展"))
    }

    /// - Parameter audio: its seconds, where they are known.
    package static func tooSlow(_ time: Duration, limit: Duration, audio: Double?) -> Problem {
        var what = Phrase("not ready after \(length(time).en)", zh: "\(length(time).zh)后仍未完成")
        let most = length(limit)
        if let audio {
            let sound = length(.seconds(audio))
            what = Phrase(
                "\(what.en); the limit for \(sound.en) of audio is \(most.en)",
                zh: "\(what.zh)（\(sound.zh)音频的上限为 \(most.zh)）")
        } else {
            what = Phrase("\(what.en); the limit is \(most.en)", zh: "\(what.zh)（上限为 \(most.zh)）")
        }
        return of(.timeout, what, .lessToDo)
    }

    package static func tooMuchMemory(_ bytes: Int64) -> Problem {
        of(
            .memory, Phrase("the renderer needed more than \(bytes >> 20) MB", zh: "渲染程序需要超过 \(bytes >> 20) MB"),
            .smallerPicture)
    }

    /// `what`: half a sentence.
    package static func garbled(_ what: String) -> Problem {
        of(.engine, Phrase("the renderer misbehaved (\(what))", zh: "渲染程序行为异常（\(what)）"))
    }

    /// `what`: half a sentence about the video.
    package static func badResult(_ what: Phrase) -> Problem { of(.badResult, what) }

    package static func notStarted(_ program: String, _ error: String) -> Problem {
        of(.engine, Phrase("\(program) could not be started (\(error))", zh: "无法启动 \(program)（\(error)）"), .runSetup)
    }

    /// In whole seconds below two minutes, else in whole minutes.
    private static func length(_ time: Duration) -> Phrase {
        let seconds = Int(time / .seconds(1))
        guard seconds >= 120 else {
            return Phrase(seconds == 1 ? "1 second" : "\(seconds) seconds", zh: "\(seconds) 秒")
        }
        return Phrase("\(seconds / 60) minutes", zh: "\(seconds / 60) 分钟")
    }

    private static func of(_ reason: Reason, _ what: Phrase, _ advice: Phrase = .tryAgain) -> Problem {
        Problem(reason, ["what": what, "advice": advice])
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
