import Disk
import Foundation
import SystemPackage
import Words

/// All checks, one after the other; each leaves everything as it was.
struct CheckRun {
    let settings: Settings
    let folders: ServiceFolders
    /// Is told each finding as it is made.
    let show: (Finding) -> Void

    func findings() async throws -> [Finding] {
        var all: [Finding] = []
        func take(_ findings: [Finding]) {
            for finding in findings { show(finding) }
            all += findings
        }
        let made = try makeState()
        defer { for path in made.reversed() { try? FileManager.default.removeItem(atPath: path.string) } }
        var usable: [String: Folder] = [:]
        for (role, path) in [("inbox", folders.inbox), ("outbox", folders.outbox), ("state", folders.state)] {
            let (folder, findings) = probe(role, path)
            usable[role] = folder
            take(findings)
        }
        take([nesting].compactMap(\.self))
        if let inbox = usable["inbox"] {
            take(await InboxProbe(folder: inbox, rescan: settings.rescan, settle: settings.settle).findings())
            if let state = usable["state"] { take(await LedgerCheck(inbox: inbox, state: state).findings()) }
            take(HostCheck(inbox: inbox).findings())
        }
        if let outbox = usable["outbox"], let state = usable["state"] {
            take(ResultsCheck(outbox: outbox, state: state, settings: settings).findings())
        }
        take([await WorkerCheck().finding()])
        take(try await engine())
        return all
    }

    private func probe(_ role: String, _ path: FilePath) -> (Folder?, [Finding]) {
        do throws(Errno) {
            let folder = try Folder(opening: path)
            return (folder, FolderProbe(role: role, folder: folder).findings())
        } catch {
            return (nil, [Self.missing(role, error)])
        }
    }

    private func engine() async throws -> [Finding] {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        return await EngineCheck(settings: settings, folder: try Folder(opening: FilePath(scratch.path))).findings()
    }

    private static func missing(_ role: String, _ error: Errno) -> Finding {
        .problem(
            "\(role).open", Phrase("\(role) can't be opened: \(error)", zh: "无法打开 \(role)：\(error)"),
            mend: Phrase("make the folder, mount the share, or correct the path", zh: "请创建该文件夹、挂载共享或更正路径"))
    }

    private var nesting: Finding? {
        do throws(CommandFailure) {
            try folders.checkNesting()
            return nil
        } catch {
            return .problem(
                "settings.folders", Phrase(verbatim: error.message),
                mend: Phrase("choose three folders beside each other", zh: "请选择三个互不包含的文件夹"))
        }
    }

    /// The service makes the state folder where it is missing; what is made here is told, to be removed again.
    private func makeState() throws -> [FilePath] {
        var missing: [FilePath] = []
        var path = folders.state
        while !path.isEmpty, !FileManager.default.fileExists(atPath: path.string) {
            missing.insert(path, at: 0)
            path.removeLastComponent()
        }
        var made: [FilePath] = []
        for path in missing {
            // what can't be made is told when it is opened
            let attempt: ()? = try? FileManager.default.createDirectory(
                atPath: path.string, withIntermediateDirectories: false)
            guard attempt != nil else { break }
            made.append(path)
        }
        return made
    }
}
