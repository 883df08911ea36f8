import Batch
import Disk
import Logging
import SystemPackage
import Words

/// Keeps `<marker>.error.txt` beside each marker of a held batch: whoever dropped it need not look elsewhere.
///
/// A note is written only when its text changes, and goes when nothing holds the batch any more. A file of that name
/// that is not ours is left alone; where the inbox refuses, the note stands in the outbox.
actor ErrorNotes {
    private struct Note {
        let batch: BatchFolder
        let folder: Folder
        let path: FilePath
        let text: HoldText

        func stands(at path: FilePath, in folder: Folder) -> Bool {
            self.path == path && self.folder.path == folder.path
        }
    }

    private let inbox: Folder
    private let outbox: Folder
    private let language: Language
    private let logger: Logger
    /// Those that stand, by their marker.
    private var notes: [FilePath: Note] = [:]

    init(inbox: Folder, outbox: Folder, language: Language, logger: Logger) {
        (self.inbox, self.outbox, self.language, self.logger) = (inbox, outbox, language, logger)
    }

    /// What holds a batch is another thing now; without problems nothing does.
    func tell(_ problems: [Problem], of batch: BatchFolder, beside markers: [FilePath]) async {
        let text = HoldText(batch: batch.text, problems: problems, language: language)
        let told = problems.isEmpty ? [] : markers
        for marker in told {
            let old = notes[marker]
            guard old?.text != text else { continue }
            notes[marker] = await write(text, of: batch, beside: marker)
            if let old, old.path != notes[marker]?.path { await removeOurs(old.path, in: old.folder) }
        }
        for (marker, note) in notes where note.batch == batch && !told.contains(marker) {
            notes[marker] = nil
            await removeOurs(note.path, in: note.folder)
        }
    }

    /// Removes notes of earlier runs that nothing calls for any more.
    ///
    /// - Parameter paths: in the inbox.
    func removeStale(_ paths: [FilePath]) async {
        let standing = Set(notes.values.filter { $0.folder === inbox }.map(\.path))
        for path in paths where !standing.contains(path) { await removeOurs(path, in: inbox) }
    }

    /// The same for those that stand in the outbox because the inbox refused them. What is still held is told again.
    func removeStaleInOutbox() async {
        let outbox = outbox
        let found = try? await offPool {
            let present = try outbox.current()
            let names = try present.entries().filter { $0.kind == .regular }.map(\.name)
            return (present, names.filter { $0.string.hasSuffix(Inbox.noteEnding) })
        }
        guard let (present, names) = found else { return }
        let standing = Set(notes.values.filter { $0.folder !== inbox }.map(\.path))
        for path in names.map({ FilePath(root: nil, [$0]) }) where !standing.contains(path) {
            await removeOurs(path, in: present)
        }
    }

    /// - Returns: nil where it could be written nowhere: `status` tells it all the same.
    private func write(_ text: HoldText, of batch: BatchFolder, beside marker: FilePath) async -> Note? {
        var places: [(Folder, FilePath)] = []
        if let path = marker.noteOfMarker { places.append((inbox, path)) }
        let outbox = outbox
        if let outbox = try? await offPool({ try outbox.current() }) {
            places += HoldText.outboxNames(batch: batch.text, marker: marker, inbox: inbox.path).map { (outbox, $0) }
        }
        for (folder, path) in places where !notes.contains(where: { $0 != marker && $1.stands(at: path, in: folder) }) {
            do {
                let told = toldInbox(in: folder)
                try await offPool { try Self.put(text.bytes(tellingInbox: told), to: path, in: folder, told) }
                return Note(batch: batch, folder: folder, path: path, text: text)
            } catch {
                logger.info("note not written", metadata: ["file": "\(path)", "why": "\(error)"])
            }
        }
        return nil
    }

    /// Others may have notes in the outbox: of ours there is told which inbox they are about.
    private func toldInbox(in folder: Folder) -> FilePath? { folder === inbox ? nil : inbox.path }

    private static func put(_ bytes: [UInt8], to path: FilePath, in folder: Folder, _ inbox: FilePath?) throws {
        do {
            let there = try folder.contents(of: path, limit: HoldText.sizeLimit)
            if there == bytes { return }
            guard let there, HoldText.isOurs(there, tellingInbox: inbox) else { throw Errno.fileExists }
        } catch Errno.noSuchFileOrDirectory {
            // free, or its folder is gone, which writing tells
        }
        try folder.writeWhole(bytes, to: path, isDurable: false)
    }

    private func removeOurs(_ path: FilePath, in folder: Folder) async {
        let told = toldInbox(in: folder)
        do {
            try await offPool {
                guard let there = try folder.contents(of: path, limit: HoldText.sizeLimit),
                    HoldText.isOurs(there, tellingInbox: told)
                else { return }
                try folder.remove(path)
            }
        } catch Errno.noSuchFileOrDirectory, Errno.invalidArgument {
            // gone, or no file: nothing of ours
        } catch {
            logger.info("note not removed", metadata: ["file": "\(path)", "why": "\(error)"])
        }
    }
}

extension FilePath {
    /// The note beside a marker.
    var noteOfMarker: FilePath? {
        guard let name = lastComponent, let note = FilePath.Component(name.string + Inbox.noteEnding) else {
            return nil
        }
        return removingLastComponent().appending(note)
    }

    /// The marker that a note is about.
    var markerOfNote: FilePath? {
        guard let name = lastComponent?.string, name.hasSuffix(Inbox.noteEnding),
            let marker = FilePath.Component(String(name.dropLast(Inbox.noteEnding.count)))
        else { return nil }
        return removingLastComponent().appending(marker)
    }
}
