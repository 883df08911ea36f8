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
        let file = FilePath(path)
        guard let name = file.lastComponent else { throw unwritable(path, .isDirectory) }
        let folder: Folder
        do throws(Errno) { folder = try self.folder(of: file) } catch { throw unwritable(path, error) }
        let target = FilePath(root: nil, [name])
        let partial = FilePath(".\(name.string.prefix(80)).\(ProcessInfo.processInfo.processIdentifier).partial")
        do {
            let output = try folder.create(partial, mode: 0o644)
            try await body(output)
            if overwrite {
                try folder.replace(target, with: partial)
            } else {
                try folder.rename(partial, to: folder, target)
            }
        } catch {
            try? folder.remove(partial)
            guard let error = error as? Errno else { throw error }
            throw error == .fileExists
                ? CommandFailure(.preflight, "\(path) is there already. Give --overwrite to replace it.")
                : unwritable(path, error)
        }
    }

    private static func folder(of file: FilePath) throws(Errno) -> Folder {
        let parent = file.removingLastComponent()
        return try Folder(opening: parent.isEmpty ? "." : parent)
    }

    private static func unreadable(_ path: String, _ error: Errno) -> CommandFailure {
        // what Disk says of anything but a file
        let words = error == .invalidArgument ? "it is no file" : "\(error)"
        return CommandFailure(.preflight, "\(path) can't be read: \(words).")
    }

    private static func unwritable(_ path: String, _ error: Errno) -> CommandFailure {
        CommandFailure(.preflight, "\(path) can't be written: \(error).")
    }
}
