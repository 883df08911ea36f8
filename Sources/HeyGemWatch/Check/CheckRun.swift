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
        let opened = [("inbox", folders.inbox), ("outbox", folders.outbox), ("state", folders.state)].map(open)
        for (role, result) in opened {
            switch result {
            case .success(let folder): take(FolderProbe(role: role, folder: folder).findings())
            case .failure(let error): take([Self.missing(role, error)])
            }
        }
        take([nesting].compactMap(\.self))
        let usable = Dictionary(
            uniqueKeysWithValues: opened.compactMap { role, result in (try? result.get()).map { (role, $0) } })
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

    private func engine() async throws -> [Finding] {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        return await EngineCheck(settings: settings, folder: try Folder(opening: FilePath(scratch.path))).findings()
    }

    private func open(_ role: String, _ path: FilePath) -> (String, Result<Folder, Errno>) {
        (role, Result { () throws(Errno) in try Folder(opening: path) })
    }

    private static func missing(_ role: String, _ error: Errno) -> Finding {
        .problem(
            "\(role).open", Phrase("\(role) can't be opened: \(error)", zh: "无法打开 \(role)：\(error)"),
            mend: Phrase("make the folder, mount the share, or correct the path", zh: "请创建该目录、挂载共享或更正路径"))
    }

    private var nesting: Finding? {
        do throws(CommandFailure) {
            try folders.checkNesting()
            return nil
        } catch {
            return .problem(
                "settings.folders", Phrase(verbatim: error.message),
                mend: Phrase("choose three folders beside each other", zh: "请选择三个互不包含的目录"))
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
