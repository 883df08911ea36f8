import Delivery
import Disk
import Foundation
import Words

/// A request to the service: kept in the ledger, told by a knock, and followed until its answer.
struct RequestSession {
    private let state: StateFolder
    private let settings: Settings
    private let patience: PatienceOptions
    private let console = Console()
    private let language: Language

    /// A running service takes a request within milliseconds, unless it is looking through a very large inbox.
    private static let firstAnswer = Duration.seconds(30)
    /// Between two looks whether the service still runs; also the pace of the progress bar.
    private static let slice = Duration.milliseconds(500)

    init(settings: Settings, patience: PatienceOptions) throws(CommandFailure) {
        state = try StateFolder(settings)
        self.settings = settings
        self.patience = patience
        language = settings.spokenLanguage
    }

    func ask(_ kind: Request.Kind) async throws {
        try await state.withLedger { ledger in
            let request = Request(kind, who: Self.who)
            try await KnownBatches(state: state, ledger: ledger, settings: settings).check(request, language)
            let id = try await ledger.ask(request)
            guard state.isRunning else { return say(Self.notRunning) }
            let folder = try RequestFolder(state: state.folder)
            try folder.knock()
            let first = try await follow(id, ledger, folder, limit: Self.firstAnswer) { _ in true }
            guard let first else { return say(state.isRunning ? Self.busy : Self.ended) }
            try tell(first)
            guard !patience.noWait else { return }
            let end = ContinuousClock.now + .seconds(patience.wait)
            guard let last = try await lastAnswer(after: first, id, ledger, folder, until: end) else {
                return say(state.isRunning ? Self.goesOn : Self.ended)
            }
            // nothing is delivered of what was only held
            if let delivery = last.delivery { try await tellDelivery(delivery, ledger, until: end) }
        }
    }

    /// The answer that nothing comes after; where nothing has to be rendered it is the first one.
    private func lastAnswer(
        after first: RequestAnswer, _ id: Int64, _ ledger: Ledger, _ folder: RequestFolder,
        until end: ContinuousClock.Instant
    ) async throws -> RequestAnswer? {
        guard first.state == .accepted else { return first }
        let last = try await follow(id, ledger, folder, limit: end - ContinuousClock.now) { $0.state != .accepted }
        if let last { try tell(last) }
        return last
    }

    /// The answer comes when the batch has closed again; the ZIP takes a moment more.
    private func tellDelivery(_ id: String, _ ledger: Ledger, until end: ContinuousClock.Instant) async throws {
        var isOver = false
        // once more after the service's end: it may have come with it
        while !isOver {
            isOver = ContinuousClock.now >= end || !state.isRunning
            let again = try await ledger.summary(of: id)
            guard again.delivery.deliveredAt == nil else { return try tell(again) }
            if !isOver { try await Task.sleep(for: Self.slice) }
        }
        say(state.isRunning ? Self.goesOn : Self.ended)
    }

    private func tell(_ again: DeliverySummary) throws(CommandFailure) {
        say(
            Phrase(
                "Delivered: \(again.delivery.zipName ?? ""), videos: \(again.videos), without a video: \(again.bad).",
                zh: "已交付：\(again.delivery.zipName ?? "")，视频 \(again.videos) 个，无视频 \(again.bad) 个。"))
        guard again.bad == 0 else { throw CommandFailure(.failedInPart, Self.seeTable.text(language)) }
    }

    private static let seeTable = Phrase("Some items have no video: see the CSV.", zh: "部分项目没有视频，原因见 CSV。")

    /// Waits in slices, so that the end of the service ends the waiting too.
    private func follow(
        _ id: Int64, _ ledger: Ledger, _ folder: RequestFolder, limit: Duration,
        until isWanted: @escaping @Sendable (RequestAnswer) -> Bool
    ) async throws -> RequestAnswer? {
        let end = ContinuousClock.now + limit
        var bar = ProgressBar()
        defer { console.show(bar: "") }
        repeat {
            let slice = min(Self.slice, end - ContinuousClock.now)
            if let answer = try await folder.answer(of: id, in: ledger, within: slice, where: isWanted) {
                return answer
            }
            if let (_, status) = try? state.status() {
                console.show(bar: bar.text(for: status, now: Date(), width: console.width))
            }
        } while ContinuousClock.now < end && state.isRunning
        // what came with the service's end
        return try await ledger.answer(of: id).flatMap { isWanted($0) ? $0 : nil }
    }

    private func tell(_ answer: RequestAnswer) throws(CommandFailure) {
        guard answer.state != .refused else { throw CommandFailure(.failedInPart, answer.words.text(language)) }
        say(answer.words)
    }

    private func say(_ words: Phrase) {
        // not print: what it buffers would come after the bar
        FileHandle.standardOutput.write(Data((PlainText.line(words.text(language)) + "\n").utf8))
    }

    private static let notRunning = Phrase(
        "No service is running: it happens when the service starts.", zh: "服务未运行：将在服务启动时执行。")
    private static let busy = Phrase(
        "The service has not answered yet; it will do it. Look with: heygem-watch status",
        zh: "服务尚未答复，但会执行。请用 heygem-watch status 查看。")
    private static let goesOn = Phrase(
        "It goes on. Look with: heygem-watch status", zh: "仍在进行。请用 heygem-watch status 查看。")
    private static let ended = Phrase(
        "The service has ended: it happens when the service starts again.", zh: "服务已停止：将在服务再次启动时执行。")

    /// The person at the keyboard, also behind sudo.
    private static var who: String {
        let sudo = ProcessInfo.processInfo.environment["SUDO_USER"].flatMap { $0.isEmpty ? nil : $0 }
        return sudo ?? Account.userName(getuid()) ?? "user \(getuid())"
    }
}
