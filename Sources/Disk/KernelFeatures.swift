/// What a folder may ask of the kernel and its file system before it falls back to the older way.
///
/// Each call finds out by itself when something is missing; taking one away here is how tests see the older way.
package struct KernelFeatures: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// openat2(2): Linux 5.6.
    package static let openBeneath = KernelFeatures(rawValue: 1)
    /// renameat2(2) with RENAME_NOREPLACE: not on NFS and some FUSE.
    package static let renameWithoutReplacing = KernelFeatures(rawValue: 2)
    /// flock(2): not on some network file systems.
    package static let locks = KernelFeatures(rawValue: 4)

    package static let all: KernelFeatures = [.openBeneath, .renameWithoutReplacing, .locks]
}
