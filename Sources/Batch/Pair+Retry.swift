package import SystemPackage

extension Pair {
    /// Files of a closed batch that are to be rendered again, wherever they lie in the inbox now.
    ///
    /// - Parameter revision: another one each time, for there may be another content under these paths each time.
    package init(
        again folder: BatchFolder, audio: FilePath, avatar: FilePath, points: FilePath?, revision: UInt64
    ) {
        self.init(
            folder: folder, audio: audio, avatar: avatar, points: points, audioRevision: revision,
            avatarRevision: avatar.isRelative ? revision : 0, pointsRevision: points == nil ? nil : revision)
    }
}
