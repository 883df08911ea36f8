import Disk
import SystemPackage
import Words

/// Less is free on a disk than has to be before something large is begun.
struct NotEnoughRoom: ToldError, CustomStringConvertible {
    let folder: FilePath
    /// Bytes that have to become free.
    let missing: UInt64

    var phrase: Phrase {
        // rounded up: whoever frees so much has freed enough
        let megabytes = (missing + 999_999) / 1_000_000
        return Phrase(
            "\(megabytes) MB too little is free on the disk of \(folder); make room, it goes on by itself",
            zh: "\(folder) 所在磁盘的可用空间还差 \(megabytes) MB；请清理空间，之后会自动继续")
    }

    var description: String { phrase.en }
}

extension Folder {
    /// - Parameter bytes: that have to be free on its disk.
    /// - Throws: ``NotEnoughRoom``, or `Errno` of looking.
    func checkRoom(_ bytes: UInt64) throws {
        let free = try freeBytes()
        if free < bytes { throw NotEnoughRoom(folder: path, missing: bytes - free) }
    }
}
