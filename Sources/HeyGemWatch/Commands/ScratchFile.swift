import Disk
import Foundation
import SystemPackage

/// A file for what a worker writes and nobody keeps.
enum ScratchFile {
    static func with<Value>(_ body: (OpenFile) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(Folder(opening: FilePath(folder.path)).create("scratch", mode: 0o600))
    }
}
