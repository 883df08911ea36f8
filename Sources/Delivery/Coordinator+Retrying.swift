import Batch
import Foundation
import Logging
import SystemPackage
import Words

/// A delivered batch that is tried again: rendered where needed, closed as a batch of its own and delivered.
struct Retry: Sendable {
    let item: String?
    var title: String
    /// The one who asked was told that it is under way.
    var isAccepted = false
    /// Videos that it needs and that are there: those of before and its own.
    var keys: Set<String> = []
    /// For people, of what is being rendered.
    var names: [Pair: String] = [:]
    /// Why its last try came to nothing; nil when it didn't.
    var obstruction: Obstruction?
    /// Its renders that can't go on now.
    var stuck: [Pair: Obstruction] = [:]
    /// When it first could not go on, as far as that counts for giving up.
    var since: Duration?

    /// nil while it goes on.
    var wait: Obstruction? { obstruction ?? stuck.min { $0.key.label < $1.key.label }?.value }
    /// Empty while it goes on.
    var waitsFor: Phrase { wait?.phrase ?? Phrase(verbatim: "") }
}

extension Coordinator {
    func startRetry(_ request: NumberedRequest, _ batch: String, _ item: String?) {
        facts.retries[request.id] = Retry(item: item, title: batch)
        later(.zero) { await $0.retry(request, batch, item) }
    }

    /// Until its delivery is committed: a restart in between begins anew, with the videos that are there by then.
    private func retry(_ request: NumberedRequest, _ batch: String, _ item: String?) async {
        var refusals = 0
        while !Task.isCancelled {
            do throws(RetryFailure) {
                let plan = try await parts.publisher.retry(batch: batch, item: item)
                if try await carryOut(plan, request) { break }
            } catch {
                switch error {
                case .refused(let words):
                    await refuse(request, batch, words)
                    return
                case .obstructed(let obstruction): note(obstruction, request)
                }
            }
            if let words = givenUp(request) { return await refuse(request, batch, words) }
            try? await clock.sleep(for: Self.delay(refusals))
            refusals += 1
        }
        facts.retries[request.id] = nil
        changed()
    }

    /// - Returns: false when one of its files has changed or gone: then it has to be looked at anew.
    private func carryOut(_ plan: RetryPlan, _ request: NumberedRequest) async throws(RetryFailure) -> Bool {
        facts.retries[request.id]?.title = plan.title
        // what an earlier try has rendered is needed all the same
        facts.retries[request.id]?.keys.formUnion(plan.keys)
        facts.retries[request.id]?.obstruction = nil
        facts.retries[request.id]?.stuck = [:]
        for pair in plan.pairs { facts.retries[request.id]?.names[pair] = plan.name(of: pair) }
        if request.answer == nil, facts.retries[request.id]?.isAccepted == false { await accept(request, plan) }
        guard let outcomes = await render(plan.pairs) else {
            await withdraw(plan.pairs)
            return false
        }
        facts.retries[request.id]?.keys.formUnion(outcomes.values.map(\.key))
        let closed = await close(plan, outcomes, request)
        // only now, for nobody else needs the new videos before the ledger has them in a batch
        await withdraw(plan.pairs)
        switch closed {
        case .success(let delivery): start(delivery)
        case .failure(let obstruction): throw .obstructed(obstruction)
        }
        return true
    }

    private func close(
        _ plan: RetryPlan, _ outcomes: [Pair: RenderRecord], _ request: NumberedRequest
    ) async -> Result<Delivery, Obstruction> {
        let done = Self.done(plan, outcomes)
        do throws(Obstruction) {
            let id = try await parts.publisher.close(plan, outcomes, who: request.request.who) { database in
                try Ledger.answer(request.id, done, withLastRetryOf: plan.first.id, database)
            }
            tellAnswer(request, done)
            return .success(Delivery(id: id, batch: plan.title))
        } catch {
            return .failure(error)
        }
    }

    /// - Returns: nil when one can't go on, or the service ends.
    private func render(_ pairs: [Pair]) async -> [Pair: RenderRecord]? {
        let (ends, outlet) = AsyncStream<(Pair, RenderRecord?)>.makeStream()
        for pair in pairs {
            facts.retryEnds[pair] = outlet
            await parts.queue.submit(pair)
        }
        changed()
        var outcomes: [Pair: RenderRecord?] = [:]
        if !pairs.isEmpty {
            for await (pair, render) in ends {
                // one that can't go on must not end the renders of the others
                outcomes.updateValue(render, forKey: pair)
                if outcomes.count == pairs.count { break }
            }
        }
        for pair in pairs { facts.retryEnds[pair] = nil }
        let ended = outcomes.compactMapValues { $0 }
        return ended.count == pairs.count ? ended : nil
    }

    private func withdraw(_ pairs: [Pair]) async { for pair in pairs { await parts.queue.withdraw(pair) } }

    /// - Parameter obstruction: nil when the render goes on.
    func noteRetry(of pair: Pair, _ obstruction: Obstruction?) {
        for (id, retry) in facts.retries where retry.names[pair] != nil {
            facts.retries[id]?.stuck[pair] = obstruction
        }
    }

    private func accept(_ request: NumberedRequest, _ plan: RetryPlan) async {
        let count = plan.pairs.count
        let words = Phrase(
            "“\(plan.title)” is tried again: \(count) \(count == 1 ? "video" : "videos") to render, then it is delivered anew.",
            zh: "正在重试“\(plan.title)”：需渲染 \(count) 个视频，然后重新交付。")
        do {
            try await answer(request, RequestAnswer(.accepted, words))
            facts.retries[request.id]?.isAccepted = true
        } catch {
            // what counts is committed with the delivery
            parts.logger.warning("waiting", metadata: ["why": "\(error)"])
        }
    }

    private func refuse(_ request: NumberedRequest, _ batch: String, _ words: Phrase) async {
        do { try await answer(request, RequestAnswer(.refused, words)) } catch {
            facts.requests.remove(request.id)
            later(Self.delay(6)) { $0.knocks.continuation.yield() }
        }
        // who sees that it is over can read why
        facts.retries[request.id] = nil
        changed()
    }

    private func note(_ obstruction: Obstruction, _ request: NumberedRequest) {
        let isNews = !obstruction.isKnown(from: facts.retries[request.id]?.obstruction)
        facts.retries[request.id]?.obstruction = obstruction
        if let away = obstruction.away {
            noteAway(away)
        } else if isNews {
            parts.logger.warning("retry waits", metadata: ["why": "\(obstruction.phrase.text(language))"])
        }
        changed()
    }

    /// - Returns: nil unless it has waited for too long.
    private func givenUp(_ request: NumberedRequest) -> Phrase? {
        guard let retry = facts.retries[request.id], let wait = retry.wait, !wait.mayLast else {
            facts.retries[request.id]?.since = nil
            return nil
        }
        let since = retry.since ?? elapsed()
        facts.retries[request.id]?.since = since
        let settings = parts.queue.settings
        guard elapsed() - since >= settings.giveUpAfter else { return nil }
        let (time, why) = (settings.giveUpWords, wait.cause)
        return Phrase(
            "“\(retry.title)” was not tried again: it waited for \(time.en), and could not go on: \(why.en). "
                + "Mend that, then ask again.",
            zh: "“\(retry.title)”未能重试：已等待 \(time.zh)，仍无法继续：\(why.zh)。请解决后重新提出请求。")
    }

    private static func done(_ plan: RetryPlan, _ outcomes: [Pair: RenderRecord]) -> RequestAnswer {
        let good = outcomes.values.count { $0.state == .ok }
        return RequestAnswer(
            .done,
            Phrase(
                "“\(plan.title)” was tried again: \(good) of \(outcomes.count) rendered. It is being delivered anew.",
                zh: "“\(plan.title)”已重试：\(outcomes.count) 个中成功渲染 \(good) 个，正在重新交付。"))
    }
}
