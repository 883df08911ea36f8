import Disk
import Glibc
import SystemPackage

/// A folder of a test's own with ways to bring files in, removed with its last reference. What is in `outside` isn't
/// watched.
final class TemporaryInbox: Sendable {
    let top: FilePath
    let inbox: FilePath
    let outside: FilePath
    let root: Root
    /// The same, for the test's own changes.
    let folder: Folder

    /// Whether it was made by this.
    private let isOwn: Bool

    /// An inbox that stands somewhere, with what isn't watched beside it; both are left where they are.
    init(at inbox: FilePath, outside: FilePath) throws {
        (self.inbox, self.outside, isOwn) = (inbox, outside, false)
        top = inbox.removingLastComponent()
        root = try Root(opening: inbox)
        folder = try Folder(opening: inbox)
    }

    init(in place: String = "/tmp") throws {
        isOwn = true
        var template = Array("\(place)/heygem-watch-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
        top = FilePath(platformString: template)
        inbox = top.appending("inbox")
        outside = top.appending("outside")
        let all = try Folder(opening: top)
        try all.makeFolder("inbox", mode: 0o755)
        try all.makeFolder("outside", mode: 0o755)
        root = try Root(opening: inbox)
        folder = try Folder(opening: inbox)
    }

    deinit {
        guard isOwn else { return }
        if let all = try? Folder(opening: top) { try? Self.empty(all, FilePath()) }
        _ = top.withPlatformString { rmdir($0) }
    }

    private static func empty(_ folder: Folder, _ path: FilePath) throws(Errno) {
        for entry in try folder.entries(of: path) {
            let inner = path.appending(entry.name)
            guard entry.kind == .folder else {
                try folder.remove(inner)
                continue
            }
            try empty(folder, inner)
            try folder.removeFolder(inner)
        }
    }

    /// Removes a folder with all that is in it, as `rm -r` does.
    func removeTree(_ path: FilePath) throws {
        try Self.empty(folder, path)
        try folder.removeFolder(path)
    }

    /// Opens a file for writing as any program would.
    func writer(_ name: FilePath, in place: FilePath? = nil) throws -> FileDescriptor {
        try FileDescriptor.open(
            (place ?? inbox).appending(name.components), .writeOnly, options: [.create], permissions: .ownerReadWrite)
    }

    func write(_ text: String, to name: FilePath, in place: FilePath? = nil) throws {
        let file = try writer(name, in: place)
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }

    /// Renames from outside into the inbox.
    func moveIn(_ name: FilePath, as newName: FilePath) throws {
        try check(rename(outside.appending(name.components).string, inbox.appending(newName.components).string))
    }

    func moveOut(_ name: FilePath, as newName: FilePath) throws {
        try check(rename(inbox.appending(name.components).string, outside.appending(newName.components).string))
    }

    func makeFolder(_ name: FilePath) throws {
        try folder.makeFolder(name, mode: 0o755)
    }

    func check(_ result: Int32) throws {
        guard result == 0 else { throw Errno(rawValue: errno) }
    }
}
