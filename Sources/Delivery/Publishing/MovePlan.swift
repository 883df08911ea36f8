import Foundation
import Pack
import SystemPackage

/// Where the files of a delivered batch go.
///
/// What made a video, and all that isn't an input, goes to the archive. What only bad items used goes to `_failed`,
/// together with a second copy of what both need, so that this folder can be dropped again as it is.
struct MovePlan {
    let members: [MemberRecord]

    init(batch: BatchRecord, items: [ItemRecord], members: [MemberRecord]) {
        let good = Set(items.filter { $0.status == .ok }.flatMap(\.inputs))
        let bad = Set(items.filter { $0.status != .ok }.flatMap(\.inputs))
        var taken: [MemberRecord.Place: Set<FilePath>] = [.failed: [MemberRecord.reasons]]
        self.members = members.map { member in
            var member = member
            let place: MemberRecord.Place =
                bad.contains(member.path) && !good.contains(member.path) ? .failed : .archive
            let path = member.path.inside(batch.folder)
            member.place = place
            member.target = path.free(in: &taken[place, default: []])
            if place == .archive, bad.contains(member.path) {
                member.secondTarget = path.free(in: &taken[.failed, default: []])
            }
            return member
        }
    }
}

extension MemberRecord {
    /// Tells for each bad item why; stands in the batch's folder in `_failed`.
    static let reasons: FilePath = "reasons.csv"
}

extension MemberRecord.Place {
    /// The batch's folder in this place, relative to the inbox.
    func folder(_ batch: String) -> FilePath {
        FilePath(self == .archive ? "_archive" : "_failed").appending(batch)
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
    fileprivate func free(in taken: inout Set<FilePath>) -> FilePath {
        var (path, number) = (self, 1)
        while !taken.insert(path).inserted {
            number += 1
            path = numbered(number)
        }
        return path
    }

    /// With ` (2)` before the last dot. Works on bytes, for names need not be text.
    func numbered(_ number: Int) -> FilePath {
        let bytes = ledgerBytes
        let nameStart = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? bytes.startIndex
        let dot = bytes[nameStart...].lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > nameStart ? $0 : nil }
        let end = dot ?? bytes.endIndex
        return FilePath(ledgerBytes: bytes[..<end] + Data(" (\(number))".utf8) + bytes[end...])
    }
}
