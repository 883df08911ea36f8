import CInotify
import Glibc
package import SystemPackage

extension Folder {
    /// Renames without ever replacing, in this folder or to another of the same file system.
    ///
    /// Where the file system refuses that (NFS, some FUSE): link and unlink, else look and rename.
    /// Throws `.fileExists` when the name is taken, `.improperLink` (EXDEV) across file systems.
    /// - Returns: the way that it took.
    @discardableResult
    package func rename(_ path: FilePath, to folder: Folder, _ newPath: FilePath) throws(Errno) -> RenamingWay {
        try observer?.willDo(.rename(path, to: newPath))
        let source = try locate(path)
        let target = try folder.locate(newPath)
        guard features.contains(.renameWithoutReplacing) else {
            return try renameByHand(path, newPath, source, target)
        }
        do {
            _ = try systemCall {
                source.name.withPlatformString { old in
                    target.name.withPlatformString {
                        hgw_rename_without_replacing(source.folder.number, old, target.folder.number, $0)
                    }
                }
            }
            return .atOnce
        } catch Errno.invalidArgument, Errno.noFunction, Errno.notSupported {
            return try renameByHand(path, newPath, source, target)
        }
    }

    /// Renames over what stands at `path`, in one step: a reader sees the old content or the new.
    package func replace(_ path: FilePath, with temporary: FilePath) throws(Errno) {
        try observer?.willDo(.replace(path, with: temporary))
        try plainRename(try locate(temporary), try locate(path))
    }

    /// Gives a file a second name, in this folder or in another of the same file system.
    /// Throws `.fileExists` when the name is taken; `.notPermitted` and others where there are no hard links.
    package func link(_ path: FilePath, to folder: Folder, _ newPath: FilePath) throws(Errno) {
        try observer?.willDo(.link(path, to: newPath))
        try plainLink(try locate(path), try folder.locate(newPath))
    }

    private func renameByHand(
        _ path: FilePath, _ newPath: FilePath, _ source: Place, _ target: Place
    ) throws(Errno) -> RenamingWay {
        do {
            try observer?.willDo(.link(path, to: newPath))
            try plainLink(source, target)
        } catch Errno.notPermitted, Errno.notSupported, Errno.noFunction, Errno.invalidArgument {
            // one service an inbox, so nobody of ours is in between
            var raw = stat()
            let taken = target.name.withPlatformString {
                fstatat(target.folder.number, $0, &raw, AT_SYMLINK_NOFOLLOW) == 0
            }
            guard !taken else { throw .fileExists }
            try plainRename(source, target)
            return .lookAndRename
        }
        try observer?.willDo(.remove(path))
        _ = try systemCall { source.name.withPlatformString { unlinkat(source.folder.number, $0, 0) } }
        return .linkAndRemove
    }

    private func plainLink(_ source: Place, _ target: Place) throws(Errno) {
        _ = try systemCall {
            source.name.withPlatformString { old in
                target.name.withPlatformString { linkat(source.folder.number, old, target.folder.number, $0, 0) }
            }
        }
    }

    private func plainRename(_ source: Place, _ target: Place) throws(Errno) {
        _ = try systemCall {
            source.name.withPlatformString { old in
                target.name.withPlatformString { renameat(source.folder.number, old, target.folder.number, $0) }
            }
        }
    }
}
