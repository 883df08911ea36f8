/// How a file system lets names be changed without ever replacing one.
package enum RenamingWay: Sendable, Hashable {
    /// In one step, by the kernel.
    case atOnce
    /// NFS and some FUSE: a second name, then the first is removed.
    case linkAndRemove
    /// Folders, and file systems without hard links: a look, then the rename; safe only while nobody else writes there.
    case lookAndRename
}
