package import Batch
package import Disk
package import Foundation
import Pack
import Render
package import SystemPackage
package import Words

/// What L1 freezes: a closing, with the outcome of each of its pairs and the signature of each of its files.
package struct ClosedBatch: Sendable {
    package var closing: Closing
    package var renders: [Pair: RenderRecord]
    package var signatures: [FilePath: FileSignature]
    /// Things with the name of an audio or avatar that are never opened, with the reason. They stay where they are.
    package var refused: [Half: Problem]
    package var date: Date
    package var timeZone: TimeZone

    package init(
        closing: Closing, renders: [Pair: RenderRecord], signatures: [FilePath: FileSignature],
        refused: [Half: Problem] = [:], date: Date, timeZone: TimeZone
    ) {
        self.closing = closing
        self.renders = renders
        self.signatures = signatures
        self.refused = refused
        self.date = date
        self.timeZone = timeZone
    }

    var batch: BatchRecord {
        let time = CivilTime(seconds: Int64(date.timeIntervalSince1970), timeZone: timeZone)
        var folder: FilePath?
        if case .folder(let name) = closing.folder { folder = FilePath(root: nil, [name]) }
        return BatchRecord(
            id: SafeName.batchID(closed: time, batch: closing.name.bytes), name: closing.name, folder: folder,
            closedAt: date, timeZone: timeZone, marker: closing.marker, shortfall: closing.shortfall)
    }

    /// Items and halves together in natural order of their names.
    var items: [ItemRecord] {
        let halves = closing.halves.map { half in
            if half.role == .foreign {
                record(half, .rejected, .foreign(half.path))
            } else {
                record(half, .unpaired, Self.noPartner(half))
            }
        }
        let refused = refused.map { record($0, .rejected, $1) }
        return (closing.items.map(record) + halves + refused).sorted { $0.name < $1.name }
    }

    private func record(_ item: Item) -> ItemRecord {
        let render = renders[item.pair]
        var detail = ItemRecord.Detail(tags: item.tags, note: item.note, row: item.row.map(ItemRecord.TableRow.init))
        if let render {
            detail.take(render)
        } else {
            detail.problem = Problem(.interrupted, ["count": Phrase(verbatim: "1")])
        }
        let status: MetadataRow.Status =
            switch render?.state {
            case .ok: .ok
            case .rejected: .rejected
            default: .failed
            }
        return ItemRecord(
            name: item.name, audio: item.audio, avatar: item.avatar, points: item.points, status: status,
            render: render?.content == nil ? nil : render?.key, detail: detail)
    }

    private func record(_ half: Half, _ status: MetadataRow.Status, _ problem: Problem) -> ItemRecord {
        let isAudio = half.role == .audio || ForeignFormat.kind(of: half.path)?.nature == .sound
        var detail = ItemRecord.Detail(
            tags: half.tags, note: Phrase(verbatim: ""), row: half.row.map(ItemRecord.TableRow.init))
        detail.problem = problem
        return ItemRecord(
            name: half.name, audio: isAudio ? half.path : nil, avatar: isAudio ? nil : half.path, status: status,
            detail: detail)
    }

    private static func noPartner(_ half: Half) -> Problem {
        let name = half.path.lastComponent?.string ?? ""
        let (missing, advice) =
            half.role == .audio
            ? (
                Phrase("picture or video", zh: "图片或视频"),
                Phrase("one with the same name, or an avatar.png for all", zh: "一个同名文件，或一个供全部使用的 avatar.png")
            ) : (Phrase("audio", zh: "音频"), Phrase("one with the same name", zh: "一个同名文件"))
        return Problem(.noPartner, file: name, ["missing": missing, "advice": advice])
    }

    /// - Parameter look: for files whose signature was not given.
    func members(_ look: (FilePath) -> FileSignature?) -> [MemberRecord] {
        let markers = Set(closing.markers)
        let inputs = Set(closing.items.flatMap(\.pair.files) + closing.halves.map(\.path))
        let hashes = hashes
        return closing.members.compactMap { path in
            // gone before it was frozen: there is nothing to move
            guard let signature = signatures[path] ?? look(path) else { return nil }
            let role: MemberRecord.Role = markers.contains(path) ? .marker : inputs.contains(path) ? .input : .other
            return MemberRecord(path: path, role: role, signature: signature, sha256: hashes[path])
        }
    }

    private var hashes: [FilePath: String] {
        var hashes: [FilePath: String] = [:]
        for item in closing.items {
            guard let content = renders[item.pair]?.content else { continue }
            hashes[item.audio] = content.audioSHA256
            hashes[item.avatar] = content.avatarSHA256
            if let points = item.points { hashes[points] = content.pointsSHA256 }
        }
        return hashes
    }
}

extension ItemRecord.Detail {
    /// What came of a render.
    mutating func take(_ render: RenderRecord) {
        problem = render.state == .ok ? nil : render.problem
        facts = render.facts
        engine = render.content?.engine.name
        attempts = render.attempts
        queuedAt = render.queuedAt
        startedAt = render.startedAt
        finishedAt = render.finishedAt
        audioSHA256 = render.content?.audioSHA256
        avatarSHA256 = render.content?.avatarSHA256
        pointsSHA256 = render.content?.pointsSHA256
        if let words = render.facts?.note { note = .joined([note, words]) }
    }
}

extension ItemRecord.TableRow {
    fileprivate init(_ row: ItemsTable.Row) {
        self.init(audio: Data(row.audio), avatar: row.avatar.map { Data($0) }, name: row.name, tags: row.tags)
    }
}

extension Problem {
    /// A file of a kind that no one can use.
    fileprivate static func foreign(_ path: FilePath) -> Problem {
        let file = path.lastComponent?.string ?? ""
        return ForeignFormat.kind(of: path).map { .foreign($0, file: file) } ?? Problem(.undecodable, file: file)
    }
}
