import Foundation
import TestPrograms
import Testing

/// The running service where the system gives it few file watchers, none, or tells it nothing.
@Suite(.timeLimit(.minutes(3))) struct WatchLimitTests {
    /// A system that keeps something from the service.
    struct Scarcity: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What starts the service there; its path and arguments follow.
        var launcher: [String]
        var watching: String
        /// What a person is told: the setting to raise, or what is wrong.
        var sentence: String

        /// A user namespace of its own has limits of its own.
        private static func limited(_ file: String, _ most: Int) -> [String] {
            let script = "echo \(most) > /proc/sys/user/\(file) && exec \"$@\""
            return ["/usr/bin/unshare", "--user", "--map-root-user", "/bin/sh", "-c", script, "sh"]
        }

        private static func injected(_ call: String, _ answer: String) -> [String] {
            // as a grandchild, so that signals reach the service
            ["/usr/bin/strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):\(answer)"]
        }

        static let all = [
            Scarcity(
                testDescription: "four watches for nine folders",
                launcher: limited("max_inotify_watches", 4), watching: "events and polling",
                sentence: "fs.inotify.max_user_watches"),
            Scarcity(
                testDescription: "no watcher at all", launcher: limited("max_inotify_instances", 0),
                watching: "polling", sentence: "fs.inotify.max_user_instances"),
            Scarcity(
                testDescription: "a kernel without inotify",
                launcher: injected("inotify_init1", "error=ENOSYS"), watching: "polling",
                sentence: "does not tell of changes"),
            Scarcity(
                testDescription: "a kernel that says yes and never tells anything",
                launcher: injected("inotify_add_watch", "retval=1"), watching: "polling",
                sentence: "does not tell of changes"),
        ]

        /// Whether this machine lets the tests make it so.
        var isPossible: Bool {
            let trial = Process()
            trial.executableURL = URL(fileURLWithPath: launcher[0])
            trial.arguments = launcher.dropFirst() + ["/bin/true"]
            trial.standardError = FileHandle.nullDevice
            guard FileManager.default.isExecutableFile(atPath: launcher[0]), (try? trial.run()) != nil else {
                return false
            }
            trial.waitUntilExit()
            return trial.terminationStatus == 0
        }
    }

    @Test(
        "every folder is looked into, by listing what no event tells of, and the sentence says what to raise",
        .enabled(
            if: Scarcity.all.contains(where: \.isPossible), "skipped: no user namespaces and no strace here"),
        arguments: Scarcity.all.filter(\.isPossible))
    func scarce(scarcity: Scarcity) async throws {
        try await Share.with { share in
            for folder in 1...8 { try share.drop(Data([1]), "folder \(folder)/first.wav") }
            let environment = Share.quick.merging(["HEYGEM_WATCH_POLL": "1s", "HEYGEM_WATCH_FOLDER_QUIET": "1s"]) { $1 }
            let service = RunningProgram(
                URL(fileURLWithPath: scarcity.launcher[0]),
                scarcity.launcher.dropFirst() + [BuiltProgram.service.path, "run"] + share.options,
                environment: environment)
            try service.start()
            defer { service.terminate() }
            try #require(await service.printsError(scarcity.sentence))
            // each folder's batch, and its new file, are known only to who looks into it
            for folder in 1...8 { try share.drop(Data([1]), "folder \(folder)/second.wav") }
            let status = try await share.status { status in
                status.watching == scarcity.watching && status.batches.count == 8
                    && status.batches.allSatisfy { $0.unpaired.count == 2 }
            }
            #expect(status.troubles.contains { $0.contains(scarcity.sentence) })
            let text = try await BuiltProgram.run(["status"] + share.options)
            #expect(text.output.contains(scarcity.sentence))
            service.terminate()
            #expect(await service.end().status == 0)
        }
    }
}

/// What these tests want to know of `status.json`.
private struct SeenStatus: Decodable {
    struct Batch: Decodable {
        var unpaired: [String]
    }

    var watching: String?
    var batches: [Batch]
    var troubles: [String]
}

extension Share {
    /// The status as soon as it is so.
    fileprivate func status(_ isWanted: (SeenStatus) -> Bool) async throws -> SeenStatus {
        let file = state.appendingPathComponent("status.json")
        while true {
            // written whole, in one step
            if let data = try? Data(contentsOf: file) {
                let status = try JSONDecoder().decode(SeenStatus.self, from: data)
                if isWanted(status) { return status }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
