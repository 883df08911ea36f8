package import Disk
package import SystemPackage

/// How commands and the service call each other: a change in `state/requests/` says “look into the ledger”.
///
/// Heard by inotify, so that neither has to ask again and again. What is asked and answered stands in the ledger.
package struct RequestFolder: Sendable {
    private let state: Folder

    private static let name: FilePath = "requests"

    /// - Parameter state: the state folder, on a local disk.
    package init(state: Folder) throws(Errno) {
        self.state = state
        // whoever may write the state folder may ask
        try state.makeFolder(Self.name, mode: 0o775)
    }

    /// Wakes the service, after a request was committed.
    package func knock() throws(Errno) { try touch("knock") }

    /// Wakes those who wait for an answer.
    func tellAnswer() throws(Errno) { try touch("answer") }

    private func touch(_ file: FilePath.Component) throws(Errno) {
        // a new name each time is a change even where times are coarse
        try state.writeWhole([], to: Self.name.appending(file), isDurable: false)
    }

    /// Ends when the task is cancelled.
    ///
    /// - Returns: an element at once and after every change, several changes in one.
    func changes() throws(Errno) -> AsyncStream<Void> {
        let stream = EventStream()
        let isFirst = FirstTime()
        do throws(Errno) {
            try stream.open()
            // before the first look, or what comes in between would be heard of only with the next
            try watch(stream)
        } catch {
            guard [.noSpace, .tooManyOpenFiles, .tooManyOpenFilesInSystem, .noFunction].contains(error) else {
                throw error
            }
            // this system has no watcher left for us: somebody looks now and then
            return AsyncStream {
                if isFirst.take() { return () }
                try? await Task.sleep(for: Self.pause)
                return Task.isCancelled ? nil : ()
            }
        }
        return AsyncStream {
            if isFirst.take() { return () }
            await stream.wait()
            _ = stream.take()
            // somebody may have removed the folder: it is made again, for who knocks needs it too
            while !Task.isCancelled, (try? watch(stream)) == nil { try? await Task.sleep(for: Self.pause) }
            return Task.isCancelled ? nil : ()
        }
    }

    /// While the folder can be neither found nor made.
    private static let pause = Duration.seconds(1)

    /// Nothing new where it is watched already.
    private func watch(_ stream: EventStream) throws(Errno) {
        try state.makeFolder(Self.name, mode: 0o775)
        _ = try stream.addWatch(Self.name, beneath: state)
    }

    /// Waits until a service has answered.
    ///
    /// - Returns: the first answer that is as wanted; nil when none came in time: no service runs, or it is at it still.
    package func answer(
        of request: Int64, in ledger: Ledger, within limit: Duration,
        where isWanted: @escaping @Sendable (RequestAnswer) -> Bool = { _ in true }
    ) async throws -> RequestAnswer? {
        let changes = try changes()
        return try await withThrowingTaskGroup(of: RequestAnswer?.self) { group in
            group.addTask {
                for await _ in changes {
                    if let answer = try await ledger.answer(of: request), isWanted(answer) { return answer }
                }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
