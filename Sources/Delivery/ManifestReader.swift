import Batch
import Disk
import SystemPackage
import Watch
import Words

/// Reads what stands in markers, `items.csv` and `SHA256SUMS`: no more than they may hold, and only regular files beneath the inbox.
struct ManifestReader: Sendable {
    let inbox: Root
    /// Those that a marker may ask for.
    let engines: Set<String>

    enum Outcome: Sendable {
        case content(Manifest)
        /// A disk or share refuses for now: it holds the batch until it can be read.
        case refused(Manifest)
        /// It is not what it was when it settled, or gone.
        case changed
        /// The inbox is away: it is read when that is back.
        case away(RootAway)
    }

    /// Before a file that was refused is tried again.
    static let pause = Duration.seconds(10)

    /// - Parameter signature: of the file when it settled.
    func read(_ path: FilePath, _ signature: FileSignature, as role: FileRole) async -> Outcome {
        do {
            let bytes = try await offPool { try contents(path, signature, limit: Manifest.readLimit(role)) }
            guard let bytes else { return .changed }
            return .content(Self.withoutIgnored(Manifest.read(path, bytes, as: role, engines: engines)))
        } catch let away as RootAway {
            return .away(away)
        } catch let error as Errno {
            switch error {
            case .noSuchFileOrDirectory, .notDirectory, .invalidArgument, .tooManySymbolicLinkLevels: return .changed
            // whoever gives the permission changes the file, of which the watcher tells
            case .permissionDenied, .notPermitted: return .content(Self.unusable(path, role, Self.forbidden))
            default:
                return .refused(
                    Self.unusable(path, role, Phrase("it can't be read now (\(error))", zh: "暂时无法读取（\(error)）")))
            }
        } catch {
            return .refused(Self.unusable(path, role, Phrase(verbatim: "\(error)")))
        }
    }

    /// - Returns: the first bytes; nil when it is not that content any more.
    private func contents(_ path: FilePath, _ signature: FileSignature, limit: Int) throws -> [UInt8]? {
        let file = try inbox.folder().open(path)
        var bytes = [UInt8](repeating: 0, count: min(limit, Int(clamping: signature.size) + 1))
        var span = bytes.mutableSpan
        let count = try span.withUnsafeMutableBytes { buffer throws(Errno) in try file.read(into: buffer, at: 0) }
        // what was written while it was read shows in the signature
        guard try file.status().signature.isSameContent(as: signature) else { return nil }
        return Array(bytes.prefix(count))
    }

    /// A list made of all that is there names what systems make for themselves, too.
    private static func withoutIgnored(_ manifest: Manifest) -> Manifest {
        guard case .checksums(let list) = manifest else { return manifest }
        return .checksums(list.without { IgnoredNames.reason($0) != nil })
    }

    private static let forbidden = Phrase("the service may not read it", zh: "本服务没有读取权限")

    private static func unusable(_ path: FilePath, _ role: FileRole, _ what: Phrase) -> Manifest {
        let reason: Reason =
            switch role {
            case .table: .badItems
            case .checksums: .badChecksums
            default: .badMarker
            }
        return .unusable(Problem(reason, file: path.string, ["what": what]))
    }
}
