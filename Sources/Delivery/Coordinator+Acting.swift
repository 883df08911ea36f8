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
                case .hold(let folder, let markers, let problems): await hold(folder, markers, problems)
                case .forgetCancelled(let folder): await forgetHold(folder)
                case .close(let closing): await close(closing, frozen)
                }
            case .clearNotes(let paths): await notes.removeStale(paths)
            case .clearNotesInOutbox: await notes.removeStaleInOutbox()
            // one that could not be forgotten is news all the same, for its signature is another
            case .forgetKept(let path): try? await ledger.forgetKept([path])
            }
            stepsUnderWay -= 1
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
}
