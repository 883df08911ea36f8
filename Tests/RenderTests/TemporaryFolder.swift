import Disk
import Foundation
import SystemPackage

/// A folder of one test, removed with it.
final class TemporaryFolder: Sendable {
    let folder: Folder
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "render-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        folder = try Folder(opening: FilePath(url.path))
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func file(_ name: FilePath, _ content: String = "") throws -> OpenFile {
        try file(name, bytes: Array(content.utf8))
    }

    func file(_ name: FilePath, bytes: [UInt8]) throws -> OpenFile {
        let file = try folder.create(name, mode: 0o600)
        try bytes.withUnsafeBytes { try file.write($0, at: 0) }
        return file
    }
}

extension OpenFile {
    var text: String {
        get throws { String(decoding: try contents(limit: 1 << 20) ?? [], as: UTF8.self) }
    }
}
