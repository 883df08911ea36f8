import Disk
import Foundation
import Pack
import Render
import SystemPackage
import Words

/// F3 and L4: the files are written under hidden names, read back, and known by what they are.
extension Publisher {
    func pack(_ delivery: DeliveryRecord) async throws {
        let items = try await ledger.items(of: delivery.batch.id)
        do {
            let bytes = items.reduce(0) { $0 + ($1.detail.facts?.bytes ?? 0) }
            let packed = try await watched(delivery, bytes: bytes) { try write(delivery, items, $0) }
            try await ledger.prepare(delivery, csv: packed.csv, zip: packed.zip, outbox: outboxRoot.id)
            patience.forget(delivery.id)
        } catch let lost as LostVideo {
            // its inputs go to `_failed`, and the next try packs without it
            var item = items[lost.position]
            item.status = .failed
            item.detail.facts = nil
            item.detail.problem = Self.lostVideo(delivery.batch)
            try await ledger.demote(item, at: lost.position, of: delivery.batch.id)
        }
    }

    /// The inputs are still there: a retry makes the video again.
    private static func lostVideo(_ batch: BatchRecord) -> Problem {
        Problem(
            .badResult,
            [
                "what": Phrase("it was lost or changed in the work folder", zh: "它在工作文件夹中丢失或被改动"),
                "advice": Phrase(
                    "To make it again: heygem-watch retry \(batch.id)", zh: "要重新生成，请运行：heygem-watch retry \(batch.id)"),
            ])
    }

    /// The video of an item is not there, or not the one that was checked.
    private struct LostVideo: Error {
        let position: Int
    }

    private func write(
        _ delivery: DeliveryRecord, _ items: [ItemRecord], _ cancellation: Cancellation
    ) throws -> (csv: ResultIdentity, zip: ResultIdentity) {
        try removePartials(of: delivery)
        try checkRoom(for: items)
        do {
            do {
                return try writeAll(delivery, items, trusting: true, cancellation)
            } catch ZipProblem.damaged {
                // a disk may give other bytes than it was given: now each video is read by itself
                try removePartials(of: delivery)
                return try writeAll(delivery, items, trusting: false, cancellation)
            }
        } catch {
            // a delivery that waits must not keep the last of the disk from others
            try? removePartials(of: delivery)
            throw error
        }
    }

    private func removePartials(of delivery: DeliveryRecord) throws {
        for kind in ResultKind.allCases { try removeIfThere(kind.partialName(delivery.id)) }
    }

    /// A disk that fills up while it is packed would hinder everybody who works there.
    private func checkRoom(for items: [ItemRecord]) throws {
        let bytes = items.reduce(0) { $0 + UInt64(clamping: $1.detail.facts?.bytes ?? 0) }
        let outbox = try outbox
        let isShared =
            try outbox.fileSystem().sharesBlocks && outbox.status(of: "").device == work.status(of: "").device
        try outbox.checkRoom(settings.minFree + (isShared ? 0 : bytes))
    }

    /// - Parameter trusting: videos that nobody has touched since they were checked.
    private func writeAll(
        _ delivery: DeliveryRecord, _ items: [ItemRecord], trusting: Bool, _ cancellation: Cancellation
    ) throws -> (csv: ResultIdentity, zip: ResultIdentity) {
        let table = ResultTable(delivery: delivery, items: items, language: settings.language)
        let bytes = table.csv
        let csv = try writePartial(.csv, of: delivery, bytes)
        let (zip, image) = try writeZip(
            delivery, csv: bytes, videos(of: items, table), trusting: trusting, cancellation)
        let facts = try ZipVerifier.verify(zip, expecting: image, cancellation: cancellation)
        _ = try writePartial(.checksum, of: delivery, try checksum(delivery.baseName, zip: facts.sha256))
        try outbox.sync()
        let inode = try zip.status().signature.inode
        return (csv, ResultIdentity(inode: inode, bytes: facts.bytes, sha256: facts.sha256))
    }

    private func writeZip(
        _ delivery: DeliveryRecord, csv: [UInt8], _ videos: [PackedVideo], trusting: Bool,
        _ cancellation: Cancellation
    ) throws -> (OpenFile, ZipImage) {
        let file = try outbox.create(ResultKind.zip.partialName(delivery.id), mode: settings.mode)
        try ownership.take(file)
        let archive = VideoArchive(csv: csv, videos.map(\.video), of: delivery.batch)
        let image = try archive.write(to: file, cancellation: cancellation) { number, entry, writer in
            try write(videos[number], as: entry, trusting: trusting, to: &writer)
        }
        try file.sync()
        return (file, image)
    }

    private struct PackedVideo {
        var position: Int
        var video: BatchVideo
    }

    private func videos(of items: [ItemRecord], _ table: ResultTable) -> [PackedVideo] {
        items.enumerated().compactMap { position, item in
            table.videos[position].flatMap { BatchVideo(item, name: $0) }
                .map { PackedVideo(position: position, video: $0) }
        }
    }

    private func write(
        _ packed: PackedVideo, as index: Int, trusting: Bool, to writer: inout ZipWriter
    ) throws {
        do {
            guard try packed.video.kept(in: work).pack(as: index, trusting: trusting, to: &writer) else {
                throw LostVideo(position: packed.position)
            }
        } catch ZipProblem.sourceChanged, Errno.noSuchFileOrDirectory {
            throw LostVideo(position: packed.position)
        }
    }

    /// A small file, whole and on the disk.
    func writePartial(_ kind: ResultKind, of delivery: DeliveryRecord, _ bytes: [UInt8]) throws -> ResultIdentity {
        let file = try outbox.create(kind.partialName(delivery.id), mode: settings.mode)
        try ownership.take(file)
        try file.write(bytes, at: 0)
        try file.sync()
        return ResultIdentity(
            inode: try file.status().signature.inode, bytes: Int64(bytes.count),
            sha256: try ContentHash.sha256(of: file))
    }

    func checksum(_ baseName: String?, zip sha256: String) throws -> [UInt8] {
        guard let baseName else { throw LedgerProblem.missing("base name") }
        return ChecksumFile.line(sha256: sha256, name: Array((baseName + ResultKind.zip.rawValue).utf8))
    }

    func removeIfThere(_ path: FilePath) throws {
        do { try outbox.remove(path) } catch Errno.noSuchFileOrDirectory {}
    }
}
