import SystemPackage
import Testing
import Watch

@Suite(.timeLimit(.minutes(1))) struct EventOutletTests {
    @Test("events are taken in their order, also by one who waits for them, until the end")
    func order() async {
        let outlet = EventOutlet()
        let taker = Task {
            var taken: [WatchEvent] = []
            while let event = await outlet.next() { taken.append(event) }
            return taken
        }
        let sent = (0..<1000).map { WatchEvent.gone(FilePath("f\($0)")) }
        for start in stride(from: 0, to: 1000, by: 10) {
            outlet.send(Array(sent[start..<(start + 10)]))
            await Task.yield()
        }
        outlet.finish()
        #expect(await taker.value == sent)
        #expect(await outlet.next() == nil)
    }

    @Test("whoever sends waits while too many lie there, and goes on when they are taken")
    func room() async {
        let outlet = EventOutlet(limit: 2)
        outlet.send([.gone("a"), .gone("b")])
        await outlet.waitForRoom()
        outlet.send([.gone("c")])
        let sender = Task {
            await outlet.waitForRoom()
            outlet.send([.gone("d")])
        }
        for name: FilePath in ["a", "b", "c", "d"] { #expect(await outlet.next() == .gone(name)) }
        await sender.value
    }

    @Test("cancelling ends both waits")
    func cancelling() async {
        let outlet = EventOutlet(limit: 0)
        let taker = Task { await outlet.next() }
        taker.cancel()
        #expect(await taker.value == nil)
        outlet.send([.scanned])
        let sender = Task { await outlet.waitForRoom() }
        sender.cancel()
        await sender.value
    }
}
