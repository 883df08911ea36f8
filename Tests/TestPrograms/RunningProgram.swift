package import Foundation
import Synchronization

/// A child process whose lines of standard error can be waited for.
package final class RunningProgram: Sendable {
    private let process: Process
    private let output = Collected()
    private let errors = Collected()
    private let ended = Collected()

    package init(_ program: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]) {
        process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let bare = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": NSTemporaryDirectory(), "LC_ALL": "C.UTF-8"]
        process.environment = bare.merging(environment) { $1 }
        process.terminationHandler = { [ended] _ in ended.take(Data()) }
    }

    package func start() throws {
        process.standardOutput = output.pipe()
        process.standardError = errors.pipe()
        // a pool's threads block signals, which a child inherits: programs are to hear them as if a shell had started them
        var none = sigset_t()
        var former = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        try process.run()
    }

    /// The process's end, and all that it printed.
    package func end() async -> BuiltProgram.Result {
        await output.finished()
        await errors.finished()
        await ended.finished()
        return BuiltProgram.Result(status: process.terminationStatus, output: output.text, errors: errors.text)
    }

    /// Waits until standard error holds a text; false when the program ended without it.
    package func printsError(_ text: String) async -> Bool {
        await errors.contains(text)
    }

    /// What standard error holds by now.
    package var errorsSoFar: String { errors.text }

    package func terminate() { process.terminate() }

    package func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// The process's number.
    package var identifier: Int32 { process.processIdentifier }
}

/// What a pipe has brought so far, and who waits for what in it.
private final class Collected: Sendable {
    private struct State {
        var data = Data()
        var isFinished = false
        var waiting: [(text: String?, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private let state = Mutex(State())

    package var text: String { state.withLock { String(decoding: $0.data, as: UTF8.self) } }

    package func pipe() -> Pipe {
        let pipe = Pipe()
        // a thread of its own, which may block: it ends with the last writer
        Thread.detachNewThread { [self] in
            while true {
                let data = pipe.fileHandleForReading.availableData
                take(data)
                if data.isEmpty { return }
            }
        }
        return pipe
    }

    package func finished() async { _ = await wait(for: nil) }

    package func contains(_ text: String) async -> Bool { await wait(for: text) }

    private func wait(for text: String?) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if let answer = Self.answer(to: text, state) { return answer }
                state.waiting.append((text, continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// No data is the end.
    package func take(_ data: Data) {
        let answered = state.withLock { state in
            state.data.append(data)
            state.isFinished = state.isFinished || data.isEmpty
            let all = state.waiting.map { ($0, Self.answer(to: $0.text, state)) }
            state.waiting = all.filter { $0.1 == nil }.map(\.0)
            return all.compactMap { waiting, answer in answer.map { (waiting.continuation, $0) } }
        }
        for (continuation, answer) in answered { continuation.resume(returning: answer) }
    }

    /// nil while it can't be said yet.
    private static func answer(to text: String?, _ state: State) -> Bool? {
        if let text, String(decoding: state.data, as: UTF8.self).contains(text) { return true }
        return state.isFinished ? text == nil : nil
    }
}
