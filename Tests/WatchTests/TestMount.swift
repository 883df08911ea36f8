import Disk
import Foundation
import Glibc
import SystemPackage

/// A way to mount something over the inbox, so that others can change it behind the mount.
struct TestMount: Sendable, CustomStringConvertible {
    var description: String
    /// As the mount table calls it.
    var type: String
    /// The programs that it needs.
    var tools: [String]
    /// Given the folder of the test; mounts at `inbox` there what is in `behind`.
    var command: @Sendable (_ top: String) -> [String]
    /// A program that stays, and has to be ended after the unmounting.
    var isDaemon = false

    var isPossible: Bool { getuid() == 0 && tools.allSatisfy { Self.path(of: $0) != nil } }

    static let overlay = TestMount(
        description: "overlay, changed in its upper folder", type: "overlay", tools: ["mount"]
    ) {
        [
            "mount", "-t", "overlay", "overlay", "-o", "lowerdir=\($0)/lower,upperdir=\($0)/behind,workdir=\($0)/work",
            "\($0)/inbox",
        ]
    }
    static let lower = TestMount(description: "overlay, changed in its lower folder", type: "overlay", tools: ["mount"])
    {
        [
            "mount", "-t", "overlay", "overlay", "-o", "lowerdir=\($0)/behind,upperdir=\($0)/lower,workdir=\($0)/work",
            "\($0)/inbox",
        ]
    }
    static let bindfs = TestMount(
        description: "bindfs", type: "fuse", tools: ["bindfs"],
        command: {
            // without the kernel's own memory of names and attributes, which ends after a second
            ["bindfs", "-f", "-o", "attr_timeout=0,entry_timeout=0,negative_timeout=0", "\($0)/behind", "\($0)/inbox"]
        }, isDaemon: true)
    static let rclone = TestMount(
        description: "rclone mount", type: "fuse.rclone", tools: ["rclone", "fusermount3"],
        command: {
            [
                "rclone", "mount", "\($0)/behind", "\($0)/inbox", "--config", "/dev/null", "--vfs-cache-mode", "off",
                "--cache-dir", "\($0)/work", "--dir-cache-time", "0s", "--attr-timeout", "0s",
            ]
        }, isDaemon: true)
    static let bind = TestMount(description: "a bind mount", type: "", tools: ["mount"]) {
        ["mount", "--bind", "\($0)/behind", "\($0)/inbox"]
    }
    static let tmpfs = TestMount(description: "tmpfs", type: "tmpfs", tools: ["mount"]) {
        ["mount", "-t", "tmpfs", "none", "\($0)/inbox"]
    }

    /// Mounts it at the folder `inbox` of a test while `body` runs.
    func whileMounted(_ body: (_ inbox: FilePath, _ behind: FilePath) async throws -> Void) async throws {
        let top = FileManager.default.temporaryDirectory.appendingPathComponent("heygem-watch-\(UUID().uuidString)")
            .path
        for name in ["inbox", "behind", "lower", "work"] {
            try FileManager.default.createDirectory(atPath: "\(top)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: top) }
        let inbox = FilePath("\(top)/inbox")
        try await whileMounted(command(top), at: inbox) { try await body(inbox, FilePath("\(top)/behind")) }
    }

    /// Mounts a folder at another, too, while `body` runs.
    static func whileBound(_ folder: FilePath, at place: FilePath, _ body: () async throws -> Void) async throws {
        try await bind.whileMounted(["mount", "--bind", folder.string, place.string], at: place, body)
    }

    /// Mounts an empty disk in memory at a folder while `body` runs.
    static func whileInMemory(at place: FilePath, _ body: () async throws -> Void) async throws {
        try await tmpfs.whileMounted(["mount", "-t", "tmpfs", "none", place.string], at: place, body)
    }

    private func whileMounted(_ words: [String], at place: FilePath, _ body: () async throws -> Void) async throws {
        let process = try start(words)
        defer { unmount(place.string, process) }
        try await waitUntilMounted(place.string, process)
        try await body()
    }

    private func start(_ words: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Self.path(of: words[0]).orThrow(CocoaError(.fileNoSuchFile)))
        process.arguments = Array(words.dropFirst())
        process.standardError = FileHandle.nullDevice
        try process.run()
        if !isDaemon { process.waitUntilExit() }
        return process
    }

    private func waitUntilMounted(_ place: String, _ process: Process) async throws {
        for _ in 0..<1000 {
            if MountTable.current().mounts.contains(where: { $0.point.string == place }) { return }
            // others mount too, and a table that changes while it is read may lack a line
            guard isDaemon ? process.isRunning : process.terminationStatus == 0 else { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw CocoaError(.fileReadUnknown)
    }

    private func unmount(_ place: String, _ process: Process) {
        // whoever still looks into it doesn't keep it
        _ = umount2(place, Int32(MNT_DETACH))
        guard isDaemon else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// In the system's folders, or among what was fetched for the tests.
    static func path(of tool: String) -> String? {
        var places = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"]
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            places.append(folder.appendingPathComponent(".tools/python/bin").path)
        }
        return places.map { "\($0)/\(tool)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

extension Optional {
    fileprivate func orThrow(_ error: any Error) throws -> Wrapped {
        guard let self else { throw error }
        return self
    }
}
