import Batch
import Foundation
import Logging
import SystemPackage
import Words

/// What people ask through commands: read from the ledger at the start and whenever somebody knocks.
extension Coordinator {
    func hearKnocks() async {
        guard let requests = parts.requests else { return }
        do {
            for await _ in try requests.changes() { knocks.continuation.yield() }
        } catch {
            parts.logger.warning(
                "retry and cancel are heard at the next start only",
                metadata: ["why": "\(Obstruction(error, doing: Phrase("watching the state folder", zh: "监视状态文件夹")))"])
        }
    }

    /// The first knock is the end of the first scan: before it, nobody knows which batches are open.
    func takeRequests() async {
        for await _ in knocks.stream where facts.hasScanned {
            do {
                for request in try await ledger.pendingRequests() where facts.requests.insert(request.id).inserted {
                    await take(request)
                }
            } catch {
                parts.logger.warning("waiting", metadata: ["why": "\(error)"])
                later(Self.delay(0)) { $0.knocks.continuation.yield() }
            }
            facts.hasTakenRequests = true
            changed()
        }
    }

    private func take(_ request: NumberedRequest) async {
        parts.logger.info(
            "asked",
            metadata: [
                "for": "\(request.request.kind.word)", "batch": "\(request.request.batch)",
                "by": "\(request.request.who)",
            ])
        do {
            switch request.request.kind {
            case .cancel(let batch): try await cancel(batch, request)
            case .resume(let batch): try await resume(batch, request)
            case .retry(let batch, let item):
                guard let open = self.open(batch), open.isCancelled else { return startRetry(request, batch, item) }
                try await resume(batch, request)
            }
        } catch {
            // the ledger refuses: again with the next look
            facts.requests.remove(request.id)
            parts.logger.warning("waiting", metadata: ["why": "\(error)"])
            later(Self.delay(6)) { $0.knocks.continuation.yield() }
        }
    }

    func answer(_ request: NumberedRequest, _ answer: RequestAnswer) async throws {
        try await ledger.answer(request.id, answer)
        tellAnswer(request, answer)
    }

    func tellAnswer(_ request: NumberedRequest, _ answer: RequestAnswer) {
        if answer.state != .accepted { facts.requests.remove(request.id) }
        parts.logger.info("answered", metadata: ["what": "\(answer.words.text(language))"])
        // whoever waits looks again by himself when this fails
        try? parts.requests?.tellAnswer()
    }

    // MARK: Cancelling

    private func cancel(_ batch: String, _ request: NumberedRequest) async throws {
        guard let open = open(batch) else { return try await answer(request, try await whyNotOpen(batch)) }
        let name = open.name.text
        guard !open.isCancelled else {
            let words = Phrase("“\(name)” is cancelled already.", zh: "“\(name)”已经取消。")
            return try await answer(request, RequestAnswer(.done, words))
        }
        let who = request.request.who
        let done = RequestAnswer(
            .done,
            Phrase(
                "“\(name)” is cancelled: its renders end, and nothing of it is delivered. "
                    + "Its files stay where they are. To go on: heygem-watch retry \(name)",
                zh: "“\(name)”已取消：停止渲染，不会交付，文件保持原位。要继续，请运行：heygem-watch retry \(name)"))
        let hold = Hold(folder: open.folder, who: who, at: date())
        // at once, for it must not close while the ledger writes
        apply(.cancelled(open.folder, by: who))
        do { try await ledger.hold(hold, name: name, answering: request.id, done) } catch {
            apply(.resumed(open.folder))
            throw error
        }
        tellAnswer(request, done)
    }

    private func resume(_ batch: String, _ request: NumberedRequest) async throws {
        guard let open = open(batch) else { return try await answer(request, try await whyNotOpen(batch)) }
        let name = open.name.text
        guard open.isCancelled else {
            let words = Phrase("“\(name)” is not cancelled.", zh: "“\(name)”没有被取消。")
            return try await answer(request, RequestAnswer(.refused, words))
        }
        let done = RequestAnswer(.done, Phrase("“\(name)” goes on.", zh: "“\(name)”已继续。"))
        try await ledger.release(
            Hold(folder: open.folder, who: request.request.who, at: date()), name: name, answering: request.id, done)
        apply(.resumed(open.folder))
        tellAnswer(request, done)
    }

    /// Before the first file is looked at.
    func restoreHolds() async throws {
        for hold in try await ledger.holds() { apply(.cancelled(hold.folder, by: hold.who)) }
    }

    func forgetHold(_ folder: BatchFolder) async {
        do { try await ledger.forgetHold(folder) } catch {
            // as long as it can't be forgotten it would hold the next batch of that folder after a restart
            return later(Self.delay(6)) { await $0.forgetHoldOfGone(folder) }
        }
        parts.logger.info("cancelled batch is gone", metadata: ["batch": "\(folder.text)"])
    }

    private func forgetHoldOfGone(_ folder: BatchFolder) async {
        // somebody has cancelled another one of that name meanwhile
        guard !reports().contains(where: { $0.folder == folder && $0.isCancelled }) else { return }
        await forgetHold(folder)
    }

    /// By its name, or else by its title, or else without case.
    private func open(_ batch: String) -> BatchReport? {
        let reports = reports()
        return reports.first { $0.name.text == batch } ?? reports.first { $0.title == batch }
            ?? reports.first { $0.name.text.lowercased() == batch.lowercased() }
    }

    private func whyNotOpen(_ batch: String) async throws -> RequestAnswer {
        // before the ledger, which knows an older one of that name
        if let name = facts.closing.values.first(where: { $0.lowercased() == batch.lowercased() }) {
            return RequestAnswer(
                .refused, Phrase("It is too late: “\(name)” has just closed.", zh: "太晚了：“\(name)”刚刚收齐。"))
        }
        if let last = try await ledger.family(of: batch).first {
            let zip = last.zipName.map { " (\($0))" } ?? ""
            return RequestAnswer(
                .refused,
                Phrase(
                    "It is too late: “\(last.batch.title)” has closed and is delivered as it is\(zip).",
                    zh: "太晚了：“\(last.batch.title)”已经收齐，将按现状交付\(zip)。"))
        }
        let names = reports().map(\.name.text)
        let english = names.isEmpty ? "No batch is open." : "Open are: \(names.joined(separator: ", "))."
        let chinese = names.isEmpty ? "当前没有收集中的批次。" : "收集中的批次：\(names.joined(separator: "、"))。"
        return RequestAnswer(
            .refused,
            Phrase("There is no open batch “\(batch)”. \(english)", zh: "没有名为“\(batch)”的收集中批次。\(chinese)"))
    }
}

extension BatchReport {
    fileprivate var isCancelled: Bool { problems.contains { $0.reason == .cancelled } }
}

extension Request.Kind {
    fileprivate var word: String {
        switch self {
        case .retry: "retry"
        case .cancel: "cancel"
        case .resume: "resume"
        }
    }
}
