import Foundation
import Pack
import SystemPackage

/// Where the files of a delivered batch go.
///
/// What made a video goes to the archive, or is deleted; all that isn't an input goes to the archive. What only bad items used goes to `_failed`,
/// together with a second copy of what both need, so that this folder can be dropped again as it is.
struct MovePlan {
    let members: [MemberRecord]

    /// - Parameter nameLimit: bytes that a name in the inbox may have.
    init(
        batch: BatchRecord, items: [ItemRecord], members: [MemberRecord], settings: PublisherSettings, nameLimit: Int
    ) {
        let good = Set(items.filter { $0.status == .ok }.flatMap(\.inputs))
        let bad = Set(items.filter { $0.status != .ok }.flatMap(\.inputs))
        var taken: [MemberRecord.Place: Set<FilePath>] = [.failed: FailedFolder.names(settings)]
        self.members = members.map { member in
            var member = member
            let (isGood, isBad) = (good.contains(member.named), bad.contains(member.named))
            let place: MemberRecord.Place =
                switch settings.afterDelivery {
                case .archive: isBad && !isGood ? .failed : .archive
                // never what no video was made of
                case .delete: isBad ? .failed : isGood || member.role == .marker ? .delete : .archive
                case .keep: .stay
                }
            member.place = place
            guard place != .stay else { return member }
            let path = member.named.inside(batch.folder)
            member.target = path.free(in: &taken[place, default: []], nameLimit)
            if place == .archive, isBad {
                member.secondTarget = path.free(in: &taken[.failed, default: []], nameLimit)
            }
            return member
        }
    }
}

extension MemberRecord.Place {
    /// The batch's folder in this place, relative to the inbox.
    func folder(_ batch: String) -> FilePath {
        let home: FilePath =
            switch self {
            case .archive: "_archive"
            case .failed: "_failed"
            case .delete: ".heygem-watch/deleting"
            case .stay: ""
            }
        return home.appending(batch)
    }
}

extension FilePath {
    /// The path below the batch's own folder; that of a marker beside the folder stays as it is.
    fileprivate func inside(_ folder: FilePath?) -> FilePath {
        var path = self
        if let folder, path.removePrefix(folder), !path.isEmpty { return path }
        return self
    }

    /// This, or the next numbered path that is free.
    fileprivate func free(in taken: inout Set<FilePath>, _ nameLimit: Int) -> FilePath {
        var (path, number) = (self, 1)
        while !taken.insert(path).inserted {
            number += 1
            path = numbered(number, nameLimit: nameLimit)
        }
        return path
    }

    /// With ` (2)` before the last dot, shortened where the name would be longer than the file system takes. Works on
    /// bytes, for names need not be text.
    func numbered(_ number: Int, nameLimit: Int) -> FilePath {
        let bytes = ledgerBytes
        let nameStart = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? bytes.startIndex
        // what is longer is no ending
        let lastDot = bytes.suffix(from: max(nameStart + 1, bytes.endIndex - 16)).lastIndex(of: UInt8(ascii: "."))
        let dot = nameStart + 1 < bytes.endIndex ? lastDot : nil
        let suffix = Data(" (\(number))".utf8) + bytes[(dot ?? bytes.endIndex)...]
        var end = min(dot ?? bytes.endIndex, nameStart + max(1, nameLimit - suffix.count))
        // not inside of a character: its other bytes all begin with the bits 10
        while end > nameStart + 1, end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return FilePath(ledgerBytes: bytes[..<end] + suffix)
    }
}
