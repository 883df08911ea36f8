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
        let root: Root
        let path: FilePath
        let text: HoldText

        func stands(at path: FilePath, in root: Root) -> Bool { self.path == path && self.root.path == root.path }
    }

    private let inbox: Root
    private let outbox: Root
    private let language: Language
    private let logger: Logger
    /// Those that stand, by their marker.
    private var notes: [FilePath: Note] = [:]
    /// By their marker: notes that a failing disk or an inbox that is away has kept from their place.
    private var owed: [FilePath: (text: HoldText, batch: BatchFolder)] = [:]
    /// Notes of ours that could not be removed.
    private var leftovers: [(path: FilePath, root: Root)] = []

    init(inbox: Root, outbox: Root, language: Language, logger: Logger) {
        (self.inbox, self.outbox, self.language, self.logger) = (inbox, outbox, language, logger)
    }

    /// What holds a batch is another thing now; without problems nothing does.
    func tell(_ problems: [Problem], of batch: BatchFolder, beside markers: [FilePath]) async {
        let text = HoldText(batch: batch.text, problems: problems, language: language)
        let told = problems.isEmpty ? [] : markers
        for marker in told {
            let old = notes[marker]
            guard old?.text != text else { continue }
            await put(text, of: batch, beside: marker)
        }
        for (marker, note) in notes where note.batch == batch && !told.contains(marker) {
            notes[marker] = nil
            await removeOurs(note.path, in: note.root)
        }
        for (marker, owe) in owed where owe.batch == batch && !told.contains(marker) { owed[marker] = nil }
    }

    /// Whether something could not be written or removed, and is to be tried again.
    var isOwing: Bool { !owed.isEmpty || !leftovers.isEmpty }

    /// Tries that again.
    func settle() async {
        for (marker, owe) in owed { await put(owe.text, of: owe.batch, beside: marker) }
        let paths = leftovers
        leftovers = []
        let standing = Set(notes.values.map(\.path))
        for (path, root) in paths where !standing.contains(path) { await removeOurs(path, in: root) }
    }

    private func put(_ text: HoldText, of batch: BatchFolder, beside marker: FilePath) async {
        let old = notes[marker]
        let (note, isHindered) = await write(text, of: batch, beside: marker)
        owed[marker] = isHindered ? (text, batch) : nil
        notes[marker] = note
        if let old, old.path != note?.path { await removeOurs(old.path, in: old.root) }
    }

    /// Removes notes of earlier runs that nothing calls for any more.
    ///
    /// - Parameter paths: in the inbox.
    func removeStale(_ paths: [FilePath]) async {
        let standing = Set(notes.values.filter { $0.root === inbox }.map(\.path))
        for path in paths where !standing.contains(path) { await removeOurs(path, in: inbox) }
    }

    /// The same for those that stand in the outbox because the inbox refused them. What is still held is told again.
    func removeStaleInOutbox() async {
        let outbox = outbox
        let found = try? await offPool {
            try outbox.folder().entries().filter { $0.kind == .regular }.map(\.name)
        }
        guard let names = found?.filter({ $0.string.hasSuffix(Inbox.noteEnding) }) else { return }
        let standing = Set(notes.values.filter { $0.root !== inbox }.map(\.path))
        for path in names.map({ FilePath(root: nil, [$0]) }) where !standing.contains(path) {
            await removeOurs(path, in: outbox)
        }
    }

    /// - Returns: nil where it could be written nowhere: `status` tells it all the same; and whether a better place may
    ///   take it later.
    private func write(
        _ text: HoldText, of batch: BatchFolder, beside marker: FilePath
    ) async -> (note: Note?, isHindered: Bool) {
        var isHindered = false
        var places: [(Root, FilePath)] = []
        if let path = marker.noteOfMarker { places.append((inbox, path)) }
        places += HoldText.outboxNames(batch: batch.text, marker: marker, inbox: inbox.path).map { (outbox, $0) }
        for (root, path) in places where !notes.contains(where: { $0 != marker && $1.stands(at: path, in: root) }) {
            do {
                let told = toldInbox(in: root)
                try await offPool { try Self.put(text.bytes(tellingInbox: told), to: path, in: root.folder(), told) }
                return (Note(batch: batch, root: root, path: path, text: text), isHindered)
            } catch {
                if isPassing(error) { isHindered = true }
                logger.log(
                    level: owed[marker] == nil ? .info : .debug, "note not written",
                    metadata: ["file": "\(path)", "why": "\(error)"])
            }
        }
        return (nil, isHindered)
    }

    /// What was refused is not asked for again: the note stands elsewhere, and `status` tells it.
    private func isPassing(_ error: any Error) -> Bool { error is RootAway || (error as? Errno)?.isPassing == true }

    /// Others may have notes in the outbox: of ours there is told which inbox they are about.
    private func toldInbox(in root: Root) -> FilePath? { root === inbox ? nil : inbox.path }

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

    private func removeOurs(_ path: FilePath, in root: Root) async {
        let told = toldInbox(in: root)
        do {
            try await offPool {
                let folder = try root.folder()
                guard let there = try folder.contents(of: path, limit: HoldText.sizeLimit),
                    HoldText.isOurs(there, tellingInbox: told)
                else { return }
                try folder.remove(path)
            }
        } catch Errno.noSuchFileOrDirectory, Errno.invalidArgument {
            // gone, or no file: nothing of ours
        } catch {
            if isPassing(error) { leftovers.append((path, root)) }
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
