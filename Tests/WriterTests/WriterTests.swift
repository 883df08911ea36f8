import Foundation
import TestPrograms
import Testing

/// Every real writer against the real service: exactly one job each, and never before the last byte.
///
/// One group after the other: what is interrupted is resumed within the quiet time only where somebody has the time.
@Suite(.serialized, .timeLimit(.minutes(15))) struct WriterTests {
    @Test(
        "cp, mv, tar, unzip, programs with odd habits",
        .enabled(if: WriterGroup.local.missing == nil, "\(WriterGroup.local.missing ?? "")"))
    func local() async throws { try await check(.local) }

    @Test(
        "rsync in all its ways",
        .enabled(if: WriterGroup.rsync.missing == nil, "\(WriterGroup.rsync.missing ?? "")"))
    func rsync() async throws { try await check(.rsync) }

    @Test(
        "scp, sftp and rsync to OpenSSH",
        .enabled(if: WriterGroup.ssh.missing == nil, "\(WriterGroup.ssh.missing ?? "")"))
    func ssh() async throws { try await check(.ssh) }

    @Test(
        "smbclient, Explorer's and Finder's ways to Samba",
        .enabled(if: WriterGroup.smb.missing == nil, "\(WriterGroup.smb.missing ?? "")"))
    func smb() async throws { try await check(.smb) }

    @Test(
        "FTP, WebDAV, downloads, rclone, Syncthing",
        .enabled(if: WriterGroup.internet.missing == nil, "\(WriterGroup.internet.missing ?? "")"))
    func internet() async throws { try await check(.internet) }

    @Test(
        "a part that lies closed under its final name for longer than the quiet time: the whole is rendered anew and delivered once",
        .enabled(if: WriterGroup.limits.missing == nil, "\(WriterGroup.limits.missing ?? "")"))
    func limits() async throws {
        let result = try await WriterRun.result(of: .limits)
        #expect(result.outcomes.count == WriterGroup.limits.writers.count)
        for outcome in result.outcomes {
            #expect(outcome.end.isWell, "\(outcome.end)")
            outcome.expectOneDelivery()
            #expect(outcome.attempts == 1 && outcome.renders <= 2, "\(outcome)")
        }
    }

    @Test("the table in the documentation has these writers and no others")
    func document() throws {
        let rows = try WriterTable.document().split(separator: "\n").filter { $0.hasPrefix("| `") }
        let writers = WriterTable.groups.flatMap(\.writers)
        #expect(rows.count == writers.count && Set(writers.map(\.name)).count == writers.count, "\(WriterTable.advice)")
        for (row, writer) in zip(rows, writers) {
            #expect(row.hasPrefix(WriterTable.beginning(of: writer)), "\(writer.name): \(WriterTable.advice)")
        }
    }

    @Test(
        "the table is written",
        .enabled(if: ProcessInfo.processInfo.environment[WriterTable.variable] != nil, "only when asked for"))
    func write() async throws { try await WriterTable.write(runs: 3) }

    private func check(_ group: WriterGroup) async throws {
        let result = try await WriterRun.result(of: group)
        #expect(result.outcomes.map(\.end.name) == group.writers.map(\.name).sorted())
        for outcome in result.outcomes { outcome.expectOneJob() }
        #expect(result.parts == 0, "parts were queued")
    }
}
