import Foundation
import TestPrograms
import Testing

/// A file system of a few megabytes in memory, for as long as a test needs it.
struct SmallDisk {
    let folder: URL
    private var filler: URL { folder.appendingPathComponent(".filler") }

    /// Mounts one over a folder that is empty.
    static func with<Result>(
        _ megabytes: Int, over folder: URL, _ body: (SmallDisk) async throws -> Result
    ) async throws -> Result {
        try await BuiltProgram.tool(
            "mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=755", "tmpfs", folder.path])
        var result: Swift.Result<Result, any Error>
        do { result = .success(try await body(SmallDisk(folder: folder))) } catch { result = .failure(error) }
        // lazily: what failed may still hold something
        try await BuiltProgram.tool("umount", ["--lazy", folder.path])
        return try result.get()
    }

    /// Takes what is free but for so many kilobytes.
    func fill(leaving kilobytes: Int = 0) throws {
        _ = FileManager.default.createFile(atPath: filler.path, contents: nil)
        let file = try FileHandle(forWritingTo: filler)
        defer { try? file.close() }
        // whole pages of the file system
        let page = Data(count: 4096)
        while try free() > kilobytes << 10 {
            do { try file.write(contentsOf: page) } catch { return }
        }
    }

    func empty() throws { try FileManager.default.removeItem(at: filler) }

    private func free() throws -> Int {
        let facts = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
        return (facts[.systemFreeSize] as? NSNumber)?.intValue ?? 0
    }

    /// Whether this user may mount.
    static var isPossible: Bool { geteuid() == 0 && access("/usr/bin/mount", X_OK) == 0 }
}
