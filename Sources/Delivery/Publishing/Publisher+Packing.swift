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
            try await ledger.prepare(delivery, csv: packed.csv, zips: packed.zips, outbox: outboxRoot.id)
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

    private struct Packed {
        var csv: ResultIdentity
        var zips: [ResultIdentity] = []
    }

    private func write(
        _ delivery: DeliveryRecord, _ items: [ItemRecord], _ cancellation: Cancellation
    ) throws -> Packed {
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

    /// Of whatever was begun: as many ZIPs as it was going to be are known nowhere else.
    private func removePartials(of delivery: DeliveryRecord) throws {
        for entry in try outbox.entries() where ResultFile.isPartial(entry.name.string, of: delivery.id) {
            try removeIfThere(FilePath(root: nil, [entry.name]))
        }
    }

    /// A disk that fills up while it is packed would hinder everybody who works there.
    private func checkRoom(for items: [ItemRecord]) throws {
        let bytes = items.reduce(0) { $0 + UInt64(clamping: $1.detail.facts?.bytes ?? 0) }
        let outbox = try outbox
        let isShared =
            try outbox.fileSystem().sharesBlocks && outbox.status(of: "").device == work.status(of: "").device
        try outbox.checkRoom(settings.minFree + (isShared ? 0 : bytes))
    }

    /// All are written, then all are checked.
    ///
    /// - Parameter trusting: videos that nobody has touched since they were checked.
    private func writeAll(
        _ delivery: DeliveryRecord, _ items: [ItemRecord], trusting: Bool, _ cancellation: Cancellation
    ) throws -> Packed {
        let archives = try archives(delivery, items)
        let parts = ZipPart.all(archives.count)
        let table = VideoArchive.table(of: archives, timeZone: delivery.batch.timeZone, settings.language)
        var packed = Packed(csv: try writePartial(.csv, of: delivery, table))
        let images = try zip(parts, archives).map { part, archive in
            try write(archive, as: part, of: delivery, trusting: trusting, cancellation)
        }
        for (part, image) in zip(parts, images) {
            packed.zips.append(try check(part, of: delivery, expecting: image, cancellation))
        }
        try outbox.sync()
        return packed
    }

    private func archives(_ delivery: DeliveryRecord, _ items: [ItemRecord]) throws -> [VideoArchive] {
        let table = ResultTable(delivery: delivery, items: items, language: settings.language)
        return VideoArchive.parts(
            of: table.items, of: delivery.batch, limit: settings.maxZipSize,
            isSharing: try outbox.fileSystem().sharesBlocks, language: settings.language)
    }

    private func write(
        _ archive: VideoArchive, as part: ZipPart, of delivery: DeliveryRecord, trusting: Bool,
        _ cancellation: Cancellation
    ) throws -> ZipImage {
        let file = try outbox.create(ResultFile.zip(part).partialName(delivery.id), mode: settings.mode)
        try ownership.take(file)
        let image = try archive.write(to: file, cancellation: cancellation) { video, entry, writer in
            try write(video, as: entry, trusting: trusting, to: &writer)
        }
        try file.sync()
        return image
    }

    private func write(
        _ video: BatchVideo, as index: Int, trusting: Bool, to writer: inout ZipWriter
    ) throws {
        do {
            guard try video.kept(in: work).pack(as: index, trusting: trusting, to: &writer) else {
                throw LostVideo(position: video.position)
            }
        } catch ZipProblem.sourceChanged, Errno.noSuchFileOrDirectory {
            throw LostVideo(position: video.position)
        }
    }

    /// Reads a ZIP back, and writes its checksum beside it.
    private func check(
        _ part: ZipPart, of delivery: DeliveryRecord, expecting image: ZipImage, _ cancellation: Cancellation
    ) throws -> ResultIdentity {
        let file = try outbox.open(ResultFile.zip(part).partialName(delivery.id))
        let facts = try ZipVerifier.verify(file, expecting: image, cancellation: cancellation)
        let sum = try checksum(delivery.baseName, part, sha256: facts.sha256)
        _ = try writePartial(.checksum(part), of: delivery, sum)
        let inode = try file.status().signature.inode
        return ResultIdentity(inode: inode, bytes: facts.bytes, sha256: facts.sha256)
    }

    /// A small file, whole and on the disk.
    func writePartial(_ result: ResultFile, of delivery: DeliveryRecord, _ bytes: [UInt8]) throws -> ResultIdentity {
        let file = try outbox.create(result.partialName(delivery.id), mode: settings.mode)
        try ownership.take(file)
        try file.write(bytes, at: 0)
        try file.sync()
        return ResultIdentity(
            inode: try file.status().signature.inode, bytes: Int64(bytes.count),
            sha256: try ContentHash.sha256(of: file))
    }

    /// What the checksum file of a ZIP holds.
    func checksum(_ baseName: String?, _ part: ZipPart, sha256: String) throws -> [UInt8] {
        guard let baseName else { throw LedgerProblem.missing("base name") }
        return ChecksumFile.line(sha256: sha256, name: Array(ResultFile.zip(part).finalName(baseName).string.utf8))
    }

    func removeIfThere(_ path: FilePath) throws {
        do { try outbox.remove(path) } catch Errno.noSuchFileOrDirectory {}
    }
}
