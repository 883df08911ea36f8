import Disk
import Foundation
import Pack
import SystemPackage
import Testing

/// A folder of its own for a test, removed after it.
func withTemporaryFolder<Value>(_ body: (Folder) throws -> Value) throws -> Value {
    let url = FileManager.default.temporaryDirectory.appending(path: "pack-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(Folder(opening: FilePath(url.path)))
}

extension Folder {
    /// A new file with this content, open.
    func file(_ name: String, _ bytes: [UInt8]) throws -> OpenFile {
        let file = try create(FilePath(name), mode: 0o644)
        try file.write(bytes, at: 0)
        return file
    }

    func bytes(of name: String) throws -> [UInt8] {
        try #require(try open(FilePath(name)).contents(limit: 1 << 24))
    }
}

/// 2025-12-19T13:20:07Z
let packedTime: Int64 = 1_766_150_407

extension ZipLayout {
    init(_ entries: [(name: String, bytes: [UInt8])], alignment: UInt16 = 1) throws(ZipProblem) {
        var members = ZipMembers()
        for entry in entries {
            members.append(name: entry.name, size: UInt64(entry.bytes.count), modified: packedTime)
        }
        try self.init(members, alignment: alignment, timeZone: .plusOne)
    }
}

extension Folder {
    /// An archive of these entries.
    func archive(
        _ name: String, _ entries: [(name: String, bytes: [UInt8])], align: Bool = false
    ) throws -> (file: OpenFile, image: ZipImage) {
        let file = try create(FilePath(name), mode: 0o644)
        var writer = try ZipWriter(ZipLayout(entries, alignment: align ? 4096 : 1), to: file)
        for (index, entry) in entries.enumerated() { try writer.write(index, CollectionOfOne(entry.bytes)) }
        return (file, try writer.finish())
    }
}

/// Runs a program of the machine and gives what it printed, with its exit code.
func run(_ program: String, _ arguments: [String], in folder: Folder) throws -> (output: String, code: Int32) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(filePath: folder.path.string)
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
}

/// Bytes that are the same in every run.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
}

extension TimeZone {
    static let utc = TimeZone.gmt
    static let plusOne = offset(hours: 1)

    static func offset(hours: Int, minutes: Int = 0) -> TimeZone {
        TimeZone(secondsFromGMT: hours * 3600 + minutes * 60) ?? .gmt
    }
}
