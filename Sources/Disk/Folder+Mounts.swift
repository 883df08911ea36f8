import Glibc
package import SystemPackage

extension Folder {
    /// The file systems that are mounted at folders beneath this one, by their relative paths.
    package func mountsBeneath() -> [FilePath: FileSystemKind] {
        guard let top = realPath else { return [:] }
        var kinds: [FilePath: FileSystemKind] = [:]
        for mount in MountTable.current().mounts(below: top) {
            let names = mount.point.components.dropFirst(top.components.count)
            // of several at one place the last is seen
            kinds[FilePath(root: nil, names)] = FileSystemKind(magic: 0, type: mount.type)
        }
        return kinds
    }

    /// Where it stands now, without symlinks; nil where there is no /proc.
    private var realPath: FilePath? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink("/proc/self/fd/\(descriptor)", start, Int(PATH_MAX))
            guard count > 0 else { return nil }
            start[count] = 0
            return FilePath(platformString: start)
        }
    }
}
