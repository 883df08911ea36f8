import Glibc
package import SystemPackage

extension Folder {
    /// Sets the permission bits of a file or folder beneath this one; a folder keeps its set-group-ID bit.
    package func setMode(_ mode: UInt32, of path: FilePath) throws(Errno) {
        try observer?.willDo(.setPermissions(path))
        let place = Descriptor(owning: try openBeneath(path, flags: O_RDONLY | O_NONBLOCK, mode: 0))
        let status = try Self.status(of: place.number)
        let kept = status.kind == .folder ? status.mode & UInt32(S_ISGID) : 0
        _ = try systemCall { fchmod(place.number, mode_t(mode | kept)) }
    }

    /// Changes the owner and group of a file or folder beneath this one; nil leaves one as it is.
    package func setOwner(_ owner: UInt32?, group: UInt32?, of path: FilePath) throws(Errno) {
        try observer?.willDo(.setPermissions(path))
        let place = Descriptor(owning: try openBeneath(path, flags: O_RDONLY | O_NONBLOCK, mode: 0))
        _ = try systemCall { fchown(place.number, owner ?? .max, group ?? .max) }
    }

    /// The longest name in bytes that this folder's file system takes: 255 mostly, 143 on eCryptfs.
    package func nameLimit() -> Int {
        var facts = statvfs()
        // a file system that doesn't say takes what all of them take
        guard fstatvfs(descriptor, &facts) == 0, facts.f_namemax > 0 else { return 255 }
        return Int(clamping: facts.f_namemax)
    }
}
