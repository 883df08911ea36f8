import Batch
import Logging
import SystemPackage
import Words

/// Does what the rules want, one thing after the other: a batch closes only after its renders were asked for.
extension Coordinator {
    func act() async {
        for await step in steps.stream {
            switch step {
            case .rules(let action, let frozen):
                switch action {
                case .render(let pair):
                    facts.want(pair)
                    await parts.queue.submit(pair)
                case .endRender(let pair):
                    facts.wantNoMore(pair)
                    await parts.queue.withdraw(pair)
                case .check(let check): checks.continuation.yield(Checking(check: check))
                case .hurry(let folder, let paths): hurry(folder, paths)
                case .hold(let folder, let markers, let problems): await hold(folder, markers, problems)
                case .forgetCancelled(let folder): await forgetHold(folder)
                case .close(let closing): await close(closing, frozen)
                }
            case .clearNotes(let paths): await notes.removeStale(paths)
            case .clearNotesInOutbox: await notes.removeStaleInOutbox()
            case .forgetKept(let path): await forgetKept(path)
            case .settleNotes: await settleNotes()
            }
            stepsUnderWay -= 1
            await settleNotesLater()
            changed()
        }
    }

    private func hold(_ folder: BatchFolder, _ markers: [FilePath], _ problems: [Problem]) async {
        if problems.isEmpty {
            parts.logger.info("not held any more", metadata: ["batch": "\(folder.text)"])
        }
        for problem in problems {
            parts.logger.warning(
                "held", metadata: ["batch": "\(folder.text)", "why": "\(problem.text(language))"])
        }
        await notes.tell(problems, of: folder, beside: markers)
    }

    /// One that can't be forgotten now is news all the same, for its signature is another.
    private func forgetKept(_ path: FilePath) async {
        // kept anew meanwhile
        guard !facts.isDelivered(path) else { return }
        do { try await ledger.forgetKept([path]) } catch {
            later(Self.delay(6)) { await $0.forgetKept(path) }
        }
    }

    /// What could not be written beside a marker is tried again, ever more rarely.
    private func settleNotesLater() async {
        guard await notes.isOwing, !facts.isSettlingNotes else { return }
        facts.isSettlingNotes = true
        later(Self.delay(facts.noteRefusals)) { await $0.add(.settleNotes) }
        facts.noteRefusals += 1
    }

    /// One step as any other: what holds a batch can't change meanwhile.
    private func settleNotes() async {
        await notes.settle()
        facts.isSettlingNotes = false
        if await !notes.isOwing { facts.noteRefusals = 0 }
    }
}
