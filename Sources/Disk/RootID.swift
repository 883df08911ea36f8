import Glibc
import SystemPackage

/// The id that a root is known by, in a file of its own folder `.heygem-watch`.
enum RootID {
    static let file: FilePath = ".heygem-watch/id"
    /// 128 random bits, as hexadecimal digits.
    private static let length = 32

    /// - Returns: nil where there is none.
    static func read(in folder: Folder) throws(Errno) -> String? {
        do throws(Errno) {
            guard let bytes = try folder.contents(of: file, limit: length + 2) else { return nil }
            let text = String(decoding: bytes.prefix { $0 > UInt8(ascii: " ") }, as: UTF8.self)
            return text.utf8.count == length ? text : nil
        } catch {
            // a file, a symlink or a folder in its place is no id either
            let isNone = [.noSuchFileOrDirectory, .notDirectory, .invalidArgument, .tooManySymbolicLinkLevels]
                .contains(error)
            guard isNone else { throw error }
            return nil
        }
    }

    /// The id that is there, or a new one.
    ///
    /// Several services may share an outbox and come at the same time: the first one's id is everybody's.
    static func take(in folder: Folder) throws(Errno) -> String {
        if let id = try read(in: folder) { return id }
        try folder.makeFolder(file.removingLastComponent(), mode: 0o755)
        try removeLeftovers(in: folder)
        let id = random()
        let partial = file.removingLastComponent().appending(".id-\(getpid()).new")
        let new = try folder.create(partial, mode: 0o644)
        try new.write(bytes(id), at: 0)
        try new.sync()
        do throws(Errno) { try folder.rename(partial, to: folder, file) } catch {
            try? folder.unlink(partial, flags: 0)
            guard error == .fileExists || error == .noSuchFileOrDirectory else { throw error }
            if let theirs = try read(in: folder) { return theirs }
            // somebody has emptied it
            try folder.writeWhole(bytes(id), to: file)
        }
        try folder.sync(file.removingLastComponent())
        try folder.sync()
        return id
    }

    /// Puts the id back into the folder that is known to be the root, where somebody has removed it.
    static func restore(_ id: String, in folder: Folder) throws(Errno) {
        guard try folder.statusIfThere(file) == nil else { return }
        try folder.makeFolder(file.removingLastComponent(), mode: 0o755)
        try folder.writeWhole(bytes(id), to: file)
    }

    private static func bytes(_ id: String) -> [UInt8] { Array("\(id)\n".utf8) }

    /// Of those that were killed at this very point.
    private static func removeLeftovers(in folder: Folder) throws(Errno) {
        let home = file.removingLastComponent()
        for entry in try folder.entries(of: home) where entry.name.string.hasPrefix(".id-") {
            try? folder.unlink(home.appending(entry.name), flags: 0)
        }
    }

    private static func random() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<length).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
    }
}
