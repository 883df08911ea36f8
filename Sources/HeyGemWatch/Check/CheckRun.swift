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
        var checked: [CheckedFolder] = []
        for (role, path) in [("inbox", folders.inbox), ("outbox", folders.outbox), ("state", folders.state)] {
            let folder = CheckedFolder(role: role, path: path)
            checked.append(folder)
            take(folder.findings)
        }
        let (inbox, outbox, state) = (checked[0], checked[1], checked[2])
        take([nesting].compactMap(\.self))
        take(await watching(inbox))
        take(await LedgerCheck(inbox: inbox, state: state).findings())
        take(HostCheck(inbox: inbox.folder).findings())
        take(ResultsCheck(outbox: outbox, state: state, settings: settings).findings())
        take([await WorkerCheck().finding()])
        take(await engine())
        return all
    }

    private func watching(_ inbox: CheckedFolder) async -> [Finding] {
        guard let folder = inbox.folder, inbox.isWritable else {
            return [.skipped("inbox.events", Phrase("inbox: events, clock and locks", zh: "inbox：通知、时钟和锁"))]
        }
        return await InboxProbe(folder: folder, settings: settings.watching).findings()
    }

    private func engine() async -> [Finding] {
        let place = FilePath(FileManager.default.temporaryDirectory.path)
        do throws(Errno) {
            let temporary = try Folder(opening: place)
            let name = FilePath(UUID().uuidString)
            try temporary.makeFolder(name, mode: 0o700)
            let scratch = place.appending(name.components)
            defer { try? FileManager.default.removeItem(atPath: scratch.string) }
            return await EngineCheck(settings: settings, folder: try Folder(opening: scratch)).findings()
        } catch {
            return [
                .problem(
                    "engine.scratch",
                    Phrase(
                        "no temporary folder can be made in \(place): \(error)", zh: "无法在 \(place) 中创建临时文件夹：\(error)"),
                    mend: Phrase(
                        "set TMPDIR to a folder in which this user may write", zh: "请将 TMPDIR 设为该用户可写的文件夹"))
            ]
        }
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
