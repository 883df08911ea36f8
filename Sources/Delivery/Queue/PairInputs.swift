import Batch
import Disk
import Render
import SystemPackage

/// The files of a pair as they were when they were hashed.
struct PairInputs: Sendable {
    struct Input: Sendable {
        let path: FilePath
        let signature: FileSignature
        let sha256: String

        /// - Throws: `InputChanged` when it is not the content that was hashed any more.
        func open(in inbox: Folder) throws -> RenderInput {
            let file = try inbox.openInput(path)
            guard try file.status().signature.isSameContent(as: signature) else { throw InputChanged() }
            return RenderInput(file: file, name: path.lastComponent?.string ?? "", sha256: sha256)
        }

        func isUnchanged(in inbox: Folder) -> Bool {
            let status = path.isAbsolute ? try? inbox.openInput(path).status() : try? inbox.status(of: path)
            return status?.signature.isSameContent(as: signature) ?? false
        }
    }

    let audio: Input
    let avatar: Input
    let points: Input?

    func request(in inbox: Folder, output: OpenFile) throws -> RenderRequest {
        RenderRequest(
            audio: try audio.open(in: inbox), avatar: try avatar.open(in: inbox),
            points: try points?.open(in: inbox), output: output)
    }

    func areUnchanged(in inbox: Folder) -> Bool {
        audio.isUnchanged(in: inbox) && avatar.isUnchanged(in: inbox) && points?.isUnchanged(in: inbox) ?? true
    }

    func content(_ engine: EngineIdentity) -> RenderContent {
        RenderContent(
            audioSHA256: audio.sha256, avatarSHA256: avatar.sha256, pointsSHA256: points?.sha256, engine: engine)
    }
}

extension Folder {
    /// Opens a file beneath this folder, or, by an absolute path, the configuration's default avatar.
    func openInput(_ path: FilePath) throws(Errno) -> OpenFile {
        guard path.isAbsolute, let name = path.lastComponent else { return try open(path) }
        // named by the one who set the service up: links on the way to its folder are his
        return try Folder(opening: path.removingLastComponent()).open(FilePath(root: nil, [name]))
    }
}

/// A file is not what it was a moment ago.
struct InputChanged: Error {}

extension Ledger {
    /// Hashes what is not known with its present signature.
    func inputs(of pair: Pair, in inbox: Root) async throws -> PairInputs {
        var points: PairInputs.Input?
        if let path = pair.points { points = try await input(path, in: inbox) }
        return PairInputs(
            audio: try await input(pair.audio, in: inbox), avatar: try await input(pair.avatar, in: inbox),
            points: points)
    }

    /// Of a file of the inbox as it is now.
    ///
    /// - Throws: `InputChanged` when it changes meanwhile.
    func sha256(of path: FilePath, in inbox: Root) async throws -> String {
        try await input(path, in: inbox).sha256
    }

    private func input(_ path: FilePath, in inbox: Root) async throws -> PairInputs.Input {
        // a share that hangs hangs whoever asks for anything of it
        let (file, signature) = try await offPool {
            let file = try inbox.folder().openInput(path)
            return (file, try file.status().signature)
        }
        if let known = try await sha256(of: path, signature: signature) {
            return PairInputs.Input(path: path, signature: signature, sha256: known)
        }
        let hash = try await cancellableOffPool {
            let hash = try ContentHash.sha256(of: file, cancellation: $0)
            guard try file.status().signature == signature else { throw InputChanged() }
            return hash
        }
        try await remember(sha256: hash, of: path, signature: signature)
        return PairInputs.Input(path: path, signature: signature, sha256: hash)
    }
}
