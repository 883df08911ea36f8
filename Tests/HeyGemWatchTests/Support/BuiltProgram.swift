import Foundation
import Testing

/// The programs of the build that these tests belong to.
enum BuiltProgram {
    static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent()
    static let service = folder.appendingPathComponent("heygem-watch")

    /// The root of the repository: the nearest folder upwards that holds Package.swift.
    static let repository: URL = {
        var url = URL(fileURLWithPath: #filePath)
        while url.path != "/", !FileManager.default.fileExists(atPath: url.appendingPathComponent("Package.swift").path)
        {
            url.deleteLastPathComponent()
        }
        return url
    }()

    static let samples = repository.appendingPathComponent(".samples")

    /// How a finished program ended.
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs a program to its end.
    ///
    /// - Parameter environment: added to what a shell of a bare system would give.
    static func run(
        _ arguments: [String], of program: URL = service, in folder: URL? = nil, environment: [String: String] = [:]
    ) async throws -> Result {
        let process = RunningProgram(program, arguments, in: folder, environment: environment)
        try process.start()
        return await process.end()
    }

    /// A tool of the system that setup has installed; fails the test when it does not end well.
    @discardableResult
    static func tool(_ name: String, _ arguments: [String], in folder: URL? = nil) async throws -> String {
        let result = try await run([name] + arguments, of: URL(fileURLWithPath: "/usr/bin/env"), in: folder)
        try #require(result.status == 0, "\(name) \(arguments): \(result.errors)")
        return result.output
    }
}
