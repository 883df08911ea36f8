package import Disk
import Synchronization
package import SystemPackage

/// Keeps what workers found out about video avatars, so that fifty sounds with one avatar look for its face once.
///
/// A notebook is known by the content that it was made from. It is only read by workers: one that a media file took
/// over may have written it, so a worker believes nothing in it unchecked, and here it is bytes.
package final class NotebookShelf: Sendable {
    /// In the work folder.
    static let place: FilePath = "faces"
    /// Of one notebook, in bytes; workers write no larger ones.
    private static let largest = 16 << 20
    /// Of all, in bytes: hundreds of avatars.
    private static let most: Int64 = 256 << 20

    private let work: Folder
    /// How many fresh notebooks were made.
    private let count = Mutex(0)
    /// One change of the shelf at a time.
    private let change = Mutex(())

    package init(work: Folder) {
        self.work = work
    }

    /// A notebook while a worker has it.
    package struct Loan: Sendable {
        /// What an earlier worker noted.
        package let known: OpenFile?
        /// Empty, and nameless already: it goes when nobody has it open.
        package let fresh: OpenFile
        fileprivate let path: FilePath
        fileprivate let signature: FileSignature?
    }

    /// The notebook for an avatar; nil where its content isn't known or the disk refuses, which is no harm.
    ///
    /// - Parameter height: of the video at most, in pixels.
    package func lend(for request: RenderRequest, height: Int) -> Loan? {
        guard let avatar = request.avatar.sha256 else { return nil }
        let points = request.points.map { $0.sha256 ?? "" } ?? "found"
        guard !points.isEmpty, let name = FilePath.Component("\(avatar)-\(points)-\(height).face") else { return nil }
        let path = Self.place.appending(name)
        guard let fresh = try? nameless() else { return nil }
        let known = try? work.open(path)
        return Loan(known: known, fresh: fresh, path: path, signature: try? known?.status().signature)
    }

    /// Takes a notebook back after its worker has made a good video. Blocks.
    package func take(_ loan: Loan) {
        guard let bytes = try? loan.fresh.contents(limit: Self.largest), !bytes.isEmpty else { return }
        change.withLock { _ in
            // somebody else was quicker: the longer one stays
            let there = try? work.statusIfThere(loan.path)?.signature
            if let there, there != loan.signature, there.size >= Int64(bytes.count) { return }
            // lost at a power cut at worst
            guard (try? work.writeWhole(bytes, to: loan.path, isDurable: false)) != nil else { return }
            try? Self.clear(work, most: Self.most)
        }
    }

    private func nameless() throws(Errno) -> OpenFile {
        let number = count.withLock { count in
            count += 1
            return count
        }
        try work.makeFolder(Self.place, mode: 0o755)
        let path = Self.place.appending("\(number).new")
        do { try work.remove(path) } catch Errno.noSuchFileOrDirectory {}
        let file = try work.create(path, mode: 0o600)
        try work.remove(path)
        return file
    }

    // MARK: Clearing

    /// Removes the oldest, until the rest is small and young enough.
    ///
    /// - Parameters:
    ///   - most: bytes that may stay.
    ///   - modified: those that were last written before go in any case; nanoseconds since 1970.
    package static func clear(_ work: Folder, most: Int64 = most, before modified: Int64 = .min) throws(Errno) {
        var notebooks: [(path: FilePath, signature: FileSignature)] = []
        do {
            try work.forEachEntry(of: place) { entry, status in
                guard entry.kind == .regular, let status = status() else { return }
                notebooks.append((place.appending(entry.name), status.signature))
            }
        } catch .noSuchFileOrDirectory { return }
        notebooks.sort { ($0.signature.modified, $0.path.string) > ($1.signature.modified, $1.path.string) }
        var sum: Int64 = 0
        for notebook in notebooks {
            sum += notebook.signature.size
            guard sum > most || notebook.signature.modified < modified else { continue }
            do { try work.remove(notebook.path) } catch .noSuchFileOrDirectory {}
        }
    }
}
