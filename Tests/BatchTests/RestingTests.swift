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

    @Test("an inbox that only waits for expected items rests, and still has a deadline")
    func expecting() {
        var inbox = Inbox(rules: BatchRules(expectTimeout: .seconds(600)))
        var content = MarkerContent()
        content.expect = 2
        content.title = "July"
        _ = inbox.handle(.settled("d/1.wav"), now: .zero)
        _ = inbox.handle(.read("d/batch.ready", .marker(content)), now: .seconds(2))
        #expect(inbox.isResting && inbox.nextDeadline == .seconds(602))
        let report = inbox.report(now: .seconds(2)).first
        #expect(report?.expect?.wanted == 2 && report?.expect?.ended == 0 && report?.title == "July")
        #expect(report?.waitsFor == .items(ended: 0, of: 2) && report?.timeLeft == .seconds(600))
        _ = inbox.handle(.unsettled("d/2.wav"), now: .seconds(3))
        #expect(!inbox.isResting)
        _ = inbox.handle(.settled("d/2.wav"), now: .seconds(601))
        #expect(!inbox.isResting, "past its patience it closes by quiet")
        #expect(inbox.nextDeadline == .seconds(631))
    }

    @Test("how long a folder has to rest may become known late, and counts for what waits already")
    func lateQuiet() {
        var inbox = Inbox(rules: BatchRules(folderQuiet: .seconds(130)))
        _ = inbox.handle(.settled("d/1.wav"), now: .zero)
        _ = inbox.handle(.settled("d/avatar.png"), now: .seconds(1))
        #expect(inbox.nextDeadline == .seconds(131))
        inbox.setFolderQuiet(.seconds(5))
        #expect(inbox.nextDeadline == .seconds(6))
        #expect(inbox.handle(.tick, now: .seconds(6)).count == 1)
    }

    @Test("held batches rest: somebody has to mend them")
    func held() {
        var inbox = Inbox()
        _ = inbox.handle(.settled("d/1.wav"), now: .zero)
        _ = inbox.handle(.settled("d/avatar.png"), now: .zero)
        let problem = Problem(.badItems, file: "d/items.csv", ["what": Phrase("x", zh: "x")])
        _ = inbox.handle(.read("d/items.csv", .unusable(problem)), now: .zero)
        #expect(inbox.isResting && inbox.report(now: .zero).first?.problems == [problem])
        _ = inbox.handle(.gone("d/items.csv"), now: .seconds(9))
        #expect(inbox.nextDeadline == .seconds(14))
        _ = inbox.handle(.cancelled(.folder("d"), by: "Anna"), now: .seconds(10))
        #expect(inbox.isResting && inbox.report(now: .seconds(10)).first?.problems.first?.reason == .cancelled)
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

    private func waits(_ inbox: Inbox) -> String? {
        var inbox = inbox
        return inbox.report(now: .zero).first?.waitsFor.words.en
    }

    @Test(
        "every wait has words in both languages",
        arguments: [
            Wait.mending, .resuming, .copying(files: 1), .copying(files: 3), .members, .marker,
            .markerOrQuiet(.seconds(900)),
            .videos(1), .videos(2), .items(ended: 1, of: 2), .quiet(.milliseconds(2500), afterMarker: false),
            .quiet(.seconds(30), afterMarker: true),
        ])
    func languages(_ wait: Wait) {
        #expect(!wait.words.en.isEmpty && wait.words.zh.unicodeScalars.contains { $0.value > 0x4e00 })
    }
}
