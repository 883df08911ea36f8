import Foundation
import Render
import SystemPackage

/// The worker that was built beside these tests.
enum RenderProgram {
    /// Tests run from the folder of the build's products.
    static let path: FilePath = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return FilePath(tests.deletingLastPathComponent().path).appending("heygem-watch-render")
    }()

    /// Runs it alone, and gives its standard output and exit code.
    static func run(_ arguments: [String]) throws -> (output: Data, code: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: path.string)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (data, process.terminationStatus)
    }
}
