import Foundation
import TestPrograms
import Testing

/// Brings the files of a group's writers into the inbox of a running service, all at the same time.
struct WriterRun: Sendable {
    let share: Share
    let source: URL
    let memory: URL

    static func result(of group: WriterGroup) async throws -> WriterResult {
        var result = WriterResult(outcomes: [], parts: 0)
        try await Share.with { share in
            let run = WriterRun(
                share: share, source: share.root.appendingPathComponent("source"),
                memory: URL(fileURLWithPath: "/dev/shm/" + share.root.lastPathComponent))
            defer { try? FileManager.default.removeItem(at: run.memory) }
            result = try await run.result(of: group)
        }
        return result
    }

    private func result(of group: WriterGroup) async throws -> WriterResult {
        try await makeSources(of: group.writers)
        let service = RunningProgram(
            URL(fileURLWithPath: "/usr/bin/timeout"), ["240", BuiltProgram.service.path, "run"] + share.options,
            // shorter than by default, for here the markers come first
            environment: ["HEYGEM_WATCH_LATE_GRACE": "5s"])
        try service.start()
        try #require(await service.printsError("watching"))
        let ends = try await ends(of: group, service: service)
        service.terminate()
        let result = await service.end()
        #expect(result.status == 0, "the service ended with \(result.status): \(result.errors.suffix(2000))")
        return try await WriterOutcome.read(share, ends: ends, log: result.errors)
    }

    /// Starts the servers, has all write, and ends the servers; the service too when that fails.
    private func ends(of group: WriterGroup, service: RunningProgram) async throws -> [WriterEnd] {
        var servers: [Reached] = []
        do {
            for server in group.servers {
                let own = share.root.appendingPathComponent(server.rawValue)
                servers.append(try await server.start(inbox: share.inbox, source: source, in: own))
            }
        } catch {
            for server in servers { await server.stop() }
            service.terminate()
            _ = await service.end()
            throw error
        }
        let ends = await write(group.writers, servers: servers, service: service)
        for server in servers { await server.stop() }
        return ends
    }

    /// All at once, each until its batch is delivered.
    private func write(
        _ writers: [Writer], servers: [Reached], service: RunningProgram
    ) async -> [WriterEnd] {
        let known = servers.map(\.environment).reduce([:]) { $0.merging($1) { $1 } }
        return await withTaskGroup { group in
            for writer in writers {
                group.addTask {
                    let end = await write(writer, environment: known)
                    if end.isWell { _ = await service.printsError("_\(writer.name).zip") }
                    return end
                }
            }
            var ends: [WriterEnd] = []
            for await end in group { ends.append(end) }
            return ends.sorted { $0.name < $1.name }
        }
    }

    private func write(_ writer: Writer, environment: [String: String]) async -> WriterEnd {
        let own = share.root.appendingPathComponent("tmp-\(writer.name)")
        let memory = memory.appendingPathComponent(writer.name)
        let from = source.appendingPathComponent(writer.name)
        do {
            for folder in [own, memory] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            let places = [
                "FROM": from.path, "TO": share.inbox.appendingPathComponent(writer.name).path, "NAME": writer.name,
                "INBOX": share.inbox.path, "TMP": own.path, "MEMORY": memory.path, "CLIENTS": Server.clients,
                "RCLONE": Server.rclone, "FETCHED": Server.fetched, "PATH": "/usr/sbin:/usr/bin:/bin",
                "HOME": own.path, "LAST": own.appendingPathComponent("last").path,
            ]
            // no writer of a test may outlive it
            let result = try await BuiltProgram.run(
                ["90", "/bin/bash", "-c", Self.prelude + writer.script],
                of: URL(fileURLWithPath: "/usr/bin/timeout"), environment: places.merging(environment) { $1 })
            return WriterEnd(name: writer.name, time: lastByte(in: own), status: result.status, errors: result.errors)
        } catch {
            return WriterEnd(name: writer.name, time: Date(), status: -1, errors: "\(error)")
        }
    }

    /// Now, unless the writer has told when it was done: some take a while to end.
    private func lastByte(in own: URL) -> Date {
        let told = try? String(contentsOf: own.appendingPathComponent("last"), encoding: .utf8)
        return told.flatMap(Double.init).map { Date(timeIntervalSince1970: $0) } ?? Date()
    }

    private static let prelude = #"""
        set -euo pipefail
        client() { /usr/bin/python3 "$CLIENTS/$@"; }
        by_hand() { client by_hand.py "$@"; }
        pausing() { client pausing.py "$@"; }
        interrupted() { client interrupted.py "$@"; }
        smb_client() { PYTHONPATH="$FETCHED" client smb_client.py "$SMB_PORT" "$SMB_PASSWORD" "$@"; }
        smb_do() { smbclient -s "$SMB_CONF" -p "$SMB_PORT" -U "root%$SMB_PASSWORD" //127.0.0.1/inbox -c "$1" >&2; }
        sftp_do() { printf '%s\n' "$@" | sftp -q -F "$SSH" -l 6000 -b - share >&2; }
        beside() { mkdir -p "$TO"; cp "$FROM/voice.png" "$FROM/batch.ready" "$TO"; }

        """#
}

/// How a writer's script ended.
struct WriterEnd: Sendable {
    let name: String
    /// When it had written its last byte, at the latest.
    let time: Date
    let status: Int32
    let errors: String

    var isWell: Bool { status == 0 }
}
