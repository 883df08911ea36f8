import Disk
import SystemPackage

/// Where the inputs of a delivered batch lie now, as far as they are still there.
struct PresentPlaces: Sendable {
    private let inbox: Folder
    /// By the paths under which they were delivered first; what became of them last comes first.
    private let files: [FilePath: [(batch: String, member: MemberRecord)]]
    private let kept: Set<FilePath>
    /// No other look has the same.
    let revision = UInt64.random(in: 1...UInt64(Int64.max))

    /// - Parameter family: of each of its deliveries, the last one first.
    init(inbox: Folder, family: [(batch: String, members: [MemberRecord])]) {
        self.inbox = inbox
        var files: [FilePath: [(batch: String, member: MemberRecord)]] = [:]
        for (batch, members) in family {
            for member in members { files[member.named, default: []].append((batch, member)) }
        }
        self.files = files
        kept = Set(family.flatMap(\.members).filter { $0.fate == .kept }.map(\.path))
    }

    /// - Parameters:
    ///   - path: under which it was delivered first; an absolute one is the configuration's default avatar.
    ///   - isBad: for an item without video, whose file somebody may have replaced in `_failed`.
    /// - Returns: nil when it is not there any more.
    func find(_ path: FilePath, isBad: Bool) throws(Errno) -> FilePath? {
        guard path.isRelative else { return isThere(absolute: path) ? path : nil }
        for (batch, member) in files[path] ?? [] {
            for place in Self.candidates(member, batch, isBad: isBad) {
                guard let status = try inbox.statusIfThere(place), status.kind == .regular else { continue }
                // in the inbox itself another content is another batch's
                let stayed = place == member.path && member.fate != .moved
                if stayed, !status.signature.isSameContent(as: member.signature) { continue }
                return place
            }
        }
        return nil
    }

    /// The files of items without a video that lie in `_failed`, or wait in the inbox for being moved.
    func members(_ bad: Set<FilePath>) throws(Errno) -> [MemberRecord] {
        var members: [MemberRecord] = []
        for path in bad.sorted(by: { $0.ledgerBytes.lexicographicallyPrecedes($1.ledgerBytes) }) where path.isRelative {
            guard let place = try find(path, isBad: true), !place.starts(with: "_archive"), !kept.contains(place),
                let status = try inbox.statusIfThere(place)
            else { continue }
            members.append(
                MemberRecord(path: place, origin: path, role: .input, signature: status.signature))
        }
        return members
    }

    private static func candidates(_ member: MemberRecord, _ batch: String, isBad: Bool) -> [FilePath] {
        switch member.fate {
        case .kept: return [member.path]
        // of one that was refused, a part of the move may have been done
        case .moved, .refused:
            var places: [FilePath] = member.fate == .refused ? [member.path] : []
            if let place = member.place, let target = member.target {
                places.append(place.folder(batch).pushing(target))
            }
            if let second = member.secondTarget {
                places.append(MemberRecord.Place.failed.folder(batch).pushing(second))
            }
            return isBad && member.fate == .moved ? places.reversed() : places
        case .late, .gone, .deleted, nil: return []
        }
    }

    private func isThere(absolute path: FilePath) -> Bool {
        guard let name = path.lastComponent, let folder = try? Folder(opening: path.removingLastComponent()) else {
            return false
        }
        return (try? folder.status(of: FilePath(root: nil, [name])))?.kind == .regular
    }
}
