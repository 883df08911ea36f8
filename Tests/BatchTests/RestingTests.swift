import Batch
import SystemPackage
import Testing
import Words

@Suite struct RestingTests {
    @Test("an inbox rests when nothing but another file could change anything")
    func resting() throws {
        var inbox = Inbox()
        #expect(inbox.isResting && inbox.nextDeadline == nil)
        _ = inbox.handle(.unsettled("d/1.wav"), now: .zero)
        #expect(!inbox.isResting && inbox.nextDeadline == nil)
        _ = inbox.handle(.settled("d/1.wav"), now: .seconds(2))
        #expect(inbox.isResting, "an open batch without marker rests")
        _ = inbox.handle(.settled("d/avatar.png"), now: .seconds(3))
        #expect(!inbox.isResting && inbox.nextDeadline == .seconds(8))
        #expect(inbox.handle(.tick, now: .seconds(7)).isEmpty)
        guard case .render(let pair) = inbox.handle(.tick, now: .seconds(8)).first else {
            Issue.record("no render")
            return
        }
        #expect(!inbox.isResting && inbox.nextDeadline == nil)
        _ = inbox.handle(.ended(pair), now: .seconds(20))
        #expect(inbox.isResting)
        _ = inbox.handle(.settled("e/batch.ready"), now: .seconds(21))
        #expect(inbox.isResting, "a marker without members rests")
    }

    @Test("the report says in plain words what a batch waits for")
    func words() {
        var inbox = Inbox()
        _ = inbox.handle(.unsettled("d/1.wav"), now: .zero)
        _ = inbox.handle(.unsettled("d/vip/batch.ready"), now: .zero)
        #expect(waits(inbox) == "waits for 2 files that are still being copied")
        _ = inbox.handle(.settled("d/1.wav"), now: .seconds(2))
        _ = inbox.handle(.settled("d/vip/batch.ready"), now: .seconds(2))
        #expect(waits(inbox) == "waits for a marker")
        #expect(inbox.report(now: .seconds(2)).first?.ignored.map(\.path) == ["d/vip/batch.ready"])
        _ = inbox.handle(.settled("d/batch.ready"), now: .seconds(3))
        #expect(waits(inbox) == "waits until it has been quiet for 5 s")
        #expect(inbox.report(now: .seconds(4)).first?.timeLeft == .seconds(4))
        _ = inbox.handle(.settled("d/2.wav"), now: .seconds(5))
        #expect(
            waits(inbox) == "waits until it has been quiet for 30 s because files changed after the marker")
    }

    private func waits(_ inbox: Inbox) -> String? { inbox.report(now: .zero).first?.waitsFor.words.en }
}
