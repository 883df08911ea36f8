import Foundation
import TestPrograms
import Testing

/// A share whose inbox and outbox are mounts of folders on a disk in memory, so that they can be taken away and given
/// back while the real service works.
struct RootStage: Sendable {
    let share: Share
    private var disk: URL { share.root.appendingPathComponent("disk") }

    enum Role: String, Sendable, CaseIterable { case inbox, outbox }

    static let isPossible = SmallDisk.isPossible

    /// Looks often, for what no event tells.
    static let quick = Share.quick.merging(["HEYGEM_WATCH_RESCAN": "1s", "HEYGEM_WATCH_MIN_FREE": "0"]) { $1 }

    static func with(_ body: (RootStage) async throws -> Void) async throws {
        try await Share.with { share in
            let stage = RootStage(share: share)
            var failure: (any Error)?
            do {
                try await stage.mountAll()
                try await body(stage)
            } catch {
                failure = error
            }
            // whatever was mounted over what: all of them
            while let mount = try Self.mounts(below: share.root).last {
                try await BuiltProgram.tool("umount", ["--lazy", mount])
            }
            if let failure { throw failure }
        }
    }

    private func mountAll() async throws {
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        try await BuiltProgram.tool("mount", ["-t", "tmpfs", "-o", "size=200m,mode=777", "tmpfs", disk.path])
        for role in Role.allCases {
            try FileManager.default.createDirectory(
                at: disk.appendingPathComponent(role.rawValue), withIntermediateDirectories: true)
            try await mount(role)
        }
    }

    func path(_ role: Role) -> String { share.root.appendingPathComponent(role.rawValue).path }

    func mount(_ role: Role) async throws {
        try await BuiltProgram.tool(
            "mount", ["--bind", disk.appendingPathComponent(role.rawValue).path, path(role)])
    }

    /// What still works with it doesn't keep it.
    func unmount(_ role: Role) async throws { try await BuiltProgram.tool("umount", ["--lazy", path(role)]) }

    /// Descriptors of a process on the disk in memory.
    func descriptors(of process: Int32) throws -> [String] {
        var facts = stat()
        try #require(stat(disk.path, &facts) == 0)
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").filter { name in
            var found = stat()
            return stat("/proc/\(process)/fd/\(name)", &found) == 0 && found.st_dev == facts.st_dev
        }
    }

    private static func mounts(below folder: URL) throws -> [String] {
        let real = folder.resolvingSymlinksInPath().path
        // the kernel gives a long table in parts, of which String takes the first
        let table = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/mountinfo")).readToEnd() ?? Data()
        return String(decoding: table, as: UTF8.self).split(separator: "\n")
            .compactMap { $0.split(separator: " ").dropFirst(4).first.map(String.init) }
            .filter { $0.hasPrefix(real + "/") }
    }

    func serve(
        _ flags: [String] = [], as user: String? = nil, _ body: (RunningProgram) async throws -> Void
    ) async throws {
        try await share.serve(flags, environment: Self.quick, as: user, body)
    }

    func dropItems() async throws {
        let folder = share.inbox.appendingPathComponent("dealers")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true)
        // somebody else's service moves the files
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        try share.dropFace("dealers/avatar.png")
        try share.drop(try await share.sound(), "dealers/anna.wav")
    }

    /// One delivery with one video that was rendered once, and all inputs in the archive.
    func expectDelivered() async throws {
        try await share.expectWholeZip(videos: 1)
        let rows = try share.rows(of: try #require(try share.results(".csv").first))
        #expect(rows.values.map { $0["attempts"] } == ["1"])
        let left = try FileManager.default.contentsOfDirectory(atPath: share.inbox.path).filter { !$0.hasPrefix(".") }
        #expect(left == ["_archive"])
    }
}

/// How a folder goes away, and comes back.
struct Absence: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What the service says of it.
    var says: String
    /// A folder on a mount can be renamed, one that is a mount can't.
    var isMounted = true
    /// As whom the service runs; nil: root, whom no permission stops.
    var user: String?
    var take: @Sendable (RootStage, RootStage.Role) async throws -> Void
    var give: @Sendable (RootStage, RootStage.Role) async throws -> Void

    /// Those that can be tried here.
    static var possible: [Absence] { all.filter { $0.user == nil || BuiltProgram.othersMayRun } }

    static let all = [
        Absence(
            testDescription: "unmounted", says: "another folder stands here",
            take: { try await $0.unmount($1) }, give: { try await $0.mount($1) }),
        Absence(
            testDescription: "mounted over", says: "another folder stands here",
            take: { try await BuiltProgram.tool("mount", ["-t", "tmpfs", "tmpfs", $0.path($1)]) },
            give: { try await BuiltProgram.tool("umount", [$0.path($1)]) }),
        Absence(
            testDescription: "renamed", says: "the folder is gone", isMounted: false,
            take: {
                try await BuiltProgram.tool("mv", [$0.path($1), $0.path($1) + ".away"])
            },
            give: {
                try await BuiltProgram.tool("mv", [$0.path($1) + ".away", $0.path($1)])
            }),
        Absence(
            testDescription: "a symlink in its place", says: "Everything waits", isMounted: false,
            take: {
                try await BuiltProgram.tool("mv", [$0.path($1), $0.path($1) + ".away"])
                try await BuiltProgram.tool("ln", ["-s", NSTemporaryDirectory(), $0.path($1)])
            },
            give: {
                try await BuiltProgram.tool("rm", [$0.path($1)])
                try await BuiltProgram.tool("mv", [$0.path($1) + ".away", $0.path($1)])
            }),
        Absence(
            testDescription: "a file in its place", says: "Everything waits",
            isMounted: false,
            take: {
                try await BuiltProgram.tool("mv", [$0.path($1), $0.path($1) + ".away"])
                try await BuiltProgram.tool("touch", [$0.path($1)])
            },
            give: {
                try await BuiltProgram.tool("rm", [$0.path($1)])
                try await BuiltProgram.tool("mv", [$0.path($1) + ".away", $0.path($1)])
            }),
        Absence(
            testDescription: "chmod 000", says: "may not list or enter the folder", user: "65534",
            take: { try await BuiltProgram.tool("chmod", ["000", $0.path($1)]) },
            give: { try await BuiltProgram.tool("chmod", ["777", $0.path($1)]) }),
        Absence(
            testDescription: "remounted read-only", says: "mounted read-only",
            take: { try await BuiltProgram.tool("mount", ["-o", "remount,bind,ro", $0.path($1)]) },
            give: { try await BuiltProgram.tool("mount", ["-o", "remount,bind,rw", $0.path($1)]) }),
    ]
}
