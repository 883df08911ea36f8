package import Words

/// What a worker says: JSON lines on its standard output. First `limits`, then any number of `progress`, then exactly
/// one of the other three.
package enum WorkerReply: Hashable, Sendable, Codable {
    case limits(report: LimitsReport)
    /// 0 of 0 while the inputs are looked at.
    ///
    /// `seconds`: of the audio, as soon as they are known.
    case progress(frame: Int, frames: Int, seconds: Double? = nil)
    case done(result: WorkerResult)
    /// The input is unusable.
    case rejected(problem: Problem)
    /// The worker gave up.
    case failed(problem: Problem)
}

package struct WorkerResult: Hashable, Sendable, Codable {
    /// Of the decoded audio; 0 for tasks without.
    package var audioSeconds: Double = 0
    /// What was found in a video; only of `check`.
    package var facts: VideoFacts?
    /// What the user may want to know, for example that a large picture was reduced.
    package var note = Phrase(verbatim: "")
    /// Only of `selfTest`.
    package var attempts: [EscapeAttempt]?

    package init(
        audioSeconds: Double = 0, facts: VideoFacts? = nil, note: Phrase = Phrase(verbatim: ""),
        attempts: [EscapeAttempt]? = nil
    ) {
        self.audioSeconds = audioSeconds
        self.facts = facts
        self.note = note
        self.attempts = attempts
    }
}

/// One forbidden thing that a worker tried inside its limits.
package struct EscapeAttempt: Hashable, Sendable, Codable {
    package var name: String
    package var isRefused: Bool
    /// The system's words.
    package var answer: String

    package init(name: String, isRefused: Bool, answer: String) {
        self.name = name
        self.isRefused = isRefused
        self.answer = answer
    }
}

/// Which of its limits a worker could put in force; old kernels lack some.
package struct LimitsReport: Hashable, Sendable, Codable {
    package var noNewPrivileges = false
    /// The kernel's version of Landlock; 0 where there is none.
    package var landlock = 0
    package var seccomp = false
    /// Names of resource limits that were refused.
    package var missing: [String] = []

    package init() {}

    /// Whether a hostile file would find every door shut.
    package var isComplete: Bool { noNewPrivileges && landlock > 0 && seccomp && missing.isEmpty }
}
