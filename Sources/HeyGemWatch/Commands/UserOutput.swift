import Disk
import Foundation
import SystemPackage

/// A file that a person wants to have, hidden until it is whole.
struct UserOutput {
    private let path: String
    private let folder: Folder
    private let partial: FilePath
    private let target: FilePath
    /// Where it stands now, if it is there; nil once it has replaced another.
    private var place: FilePath?

    /// - Parameter number: tells it from others that are made at the same time.
    init(_ path: String, number: Int) throws(CommandFailure) {
        self.path = path
        let file = FilePath(path)
        guard let name = file.lastComponent else { throw UserFile.unwritable(path, .isDirectory) }
        do throws(Errno) { folder = try UserFile.folder(of: file) } catch { throw UserFile.unwritable(path, error) }
        target = FilePath(root: nil, [name])
        partial = FilePath(
            ".\(name.string.prefix(80)).\(ProcessInfo.processInfo.processIdentifier).\(number).partial")
        place = partial
    }

    func fill(_ body: (OpenFile) async throws -> Void) async throws {
        do { try await body(try folder.create(partial, mode: 0o644)) } catch let error as Errno {
            throw UserFile.unwritable(path, error)
        }
    }

    mutating func name(overwrite: Bool) throws(CommandFailure) {
        do throws(Errno) {
            if overwrite {
                try folder.replace(target, with: partial)
                place = nil
            } else {
                try folder.rename(partial, to: folder, target)
                place = target
            }
        } catch {
            throw error == .fileExists
                ? CommandFailure(.preflight, "\(path) is there already. Give --overwrite to replace it.")
                : UserFile.unwritable(path, error)
        }
    }

    func remove() {
        if let place { try? folder.remove(place) }
    }
}
