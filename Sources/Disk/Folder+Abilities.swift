import CInotify
import Glibc
package import SystemPackage

/// How a file system lets names be changed without ever replacing one.
package enum RenamingWay: Sendable, Hashable {
    /// In one step, by the kernel.
    case atOnce
    /// NFS and some FUSE: a second name, then the first is removed.
    case linkAndRemove
    /// File systems without hard links: a look, then the rename; safe only while nobody else writes there.
    case lookAndRename
}

extension Folder {
    /// Renames a file and tells which of the ways of `rename` it took.
    ///
    /// - Parameters:
    ///   - path: a file of the caller's.
    ///   - newPath: not taken.
    package func renameTelling(_ path: FilePath, to newPath: FilePath) throws(Errno) -> RenamingWay {
        try observer?.willDo(.rename(path, to: newPath))
        let (source, target) = (try locate(path), try locate(newPath))
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
            do {
                try link(path, to: self, newPath)
            } catch Errno.notPermitted, Errno.notSupported, Errno.noFunction, Errno.invalidArgument {
                try rename(path, to: self, newPath)
                return .lookAndRename
            }
            try remove(path)
            return .linkAndRemove
        }
    }
}
