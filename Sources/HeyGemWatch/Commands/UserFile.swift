import Disk
import Foundation
import Render
import SystemPackage

/// Files that a person names on the command line.
enum UserFile {
    /// Opens a file to be read. Whoever names a link means the file behind it.
    static func input(_ path: String) throws(CommandFailure) -> RenderInput {
        let file = FilePath(URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        guard let name = FilePath(path).lastComponent, let realName = file.lastComponent else {
            throw unreadable(path, .isDirectory)
        }
        do throws(Errno) {
            return RenderInput(file: try folder(of: file).open(FilePath(root: nil, [realName])), name: name.string)
        } catch {
            throw unreadable(path, error)
        }
    }

    /// The file beside a picture that tells where its face is, if there is one.
    static func points(beside picture: String) throws(CommandFailure) -> RenderInput? {
        var file = FilePath(picture)
        guard let stem = file.stem else { return nil }
        file.removeLastComponent()
        file.append(stem + ".face.json")
        guard FileManager.default.fileExists(atPath: file.string) else { return nil }
        return try input(file.string)
    }

    /// Makes a file under a hidden name, lets `body` fill it, and gives it its name when that went well.
    static func output(
        _ path: String, overwrite: Bool, _ body: (OpenFile) async throws -> Void
    ) async throws {
        try await outputs([path], overwrite: overwrite) { _, file in try await body(file) }
    }

    /// The same of several, which get their names when all of them went well.
    static func outputs(
        _ paths: [String], overwrite: Bool, _ body: (_ number: Int, OpenFile) async throws -> Void
    ) async throws {
        var outputs: [UserOutput] = []
        do {
            for (number, path) in paths.enumerated() {
                let output = try UserOutput(path, number: number)
                outputs.append(output)
                try await output.fill { try await body(number, $0) }
            }
            for index in outputs.indices { try outputs[index].name(overwrite: overwrite) }
        } catch {
            for output in outputs { output.remove() }
            throw error
        }
    }

    /// Whether files in the folder of this one may share blocks.
    static func sharesBlocks(beside path: String) throws(CommandFailure) -> Bool {
        do throws(Errno) { return try folder(of: FilePath(path)).fileSystem().sharesBlocks } catch {
            throw unwritable(path, error)
        }
    }

    static func folder(of file: FilePath) throws(Errno) -> Folder {
        let parent = file.removingLastComponent()
        return try Folder(opening: parent.isEmpty ? "." : parent)
    }

    private static func unreadable(_ path: String, _ error: Errno) -> CommandFailure {
        // what Disk says of anything but a file
        let words = error == .invalidArgument ? "it is no file" : "\(error)"
        return CommandFailure(.preflight, "\(path) can't be read: \(words).")
    }

    static func unwritable(_ path: String, _ error: Errno) -> CommandFailure {
        CommandFailure(.preflight, "\(path) can't be written: \(error).")
    }
}
