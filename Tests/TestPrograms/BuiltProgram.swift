package import Foundation
import Testing

/// The programs of the build that these tests belong to.
package enum BuiltProgram {
    package static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent()
    package static let service = folder.appendingPathComponent("heygem-watch")

    /// The root of the repository: the nearest folder upwards that holds Package.swift.
    package static let repository: URL = {
        var url = URL(fileURLWithPath: #filePath)
        while url.path != "/", !FileManager.default.fileExists(atPath: url.appendingPathComponent("Package.swift").path)
        {
            url.deleteLastPathComponent()
        }
        return url
    }()

    /// Whether other users reach the programs; in a repository below /root, say, they don't.
    package static let othersMayRun: Bool = {
        var place = service
        while place.path != "/" {
            let mode = try? FileManager.default.attributesOfItem(atPath: place.path)[.posixPermissions] as? Int
            guard (mode ?? 0) & 0o001 != 0 else { return false }
            place.deleteLastPathComponent()
        }
        return true
    }()

    package static let samples = repository.appendingPathComponent(".samples")

    /// How a finished program ended.
    package struct Result {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// Runs a program to its end.
    ///
    /// - Parameter environment: added to what a shell of a bare system would give.
    package static func run(
        _ arguments: [String], of program: URL = service, in folder: URL? = nil, environment: [String: String] = [:]
    ) async throws -> Result {
        let process = RunningProgram(program, arguments, in: folder, environment: environment)
        try process.start()
        return await process.end()
    }

    /// A tool of the system that setup has installed; fails the test when it does not end well.
    @discardableResult
    package static func tool(_ name: String, _ arguments: [String], in folder: URL? = nil) async throws -> String {
        let result = try await run([name] + arguments, of: URL(fileURLWithPath: "/usr/bin/env"), in: folder)
        try #require(result.status == 0, "\(name) \(arguments): \(result.errors)")
        return result.output
    }
}
