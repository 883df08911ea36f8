import Disk
import Glibc
import SystemPackage

/// A folder of a test's own, removed with its last reference.
final class TemporaryFolder: Sendable {
    let path: FilePath
    let folder: Folder

    init(observer: (any DiskObserver)? = nil, features: KernelFeatures = .all) throws {
        var template = Array("/tmp/heygem-watch-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
        path = FilePath(platformString: template)
        folder = try Folder(opening: path, observer: observer, features: features)
    }

    deinit {
        if let fresh = try? Folder(opening: path) { Self.empty(fresh, FilePath()) }
        _ = path.withPlatformString { rmdir($0) }
    }

    private static func empty(_ folder: Folder, _ path: FilePath) {
        for entry in (try? folder.entries(of: path)) ?? [] {
            let inner = path.appending(entry.name)
            guard entry.kind == .folder else {
                try? folder.remove(inner)
                continue
            }
            empty(folder, inner)
            try? folder.removeFolder(inner)
        }
    }

    /// Writes a file as any program would: opened by its path, written, closed.
    func write(_ text: String, to name: FilePath) throws {
        let file = try FileDescriptor.open(
            path.appending(name.components), .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }

    func text(of name: FilePath) throws -> String? {
        try folder.contents(of: name, limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
    }

    func symlink(_ name: FilePath, to target: String) throws {
        guard Glibc.symlink(target, path.appending(name.components).string) == 0 else { throw Errno(rawValue: errno) }
    }
}
