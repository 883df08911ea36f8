import Delivery
import Foundation
import HeyGemWatch
import Testing
import Words

/// What people read on a terminal and in status.txt.
@Suite struct DisplayTests {
    private let start = Date(timeIntervalSince1970: 1_766_154_007)

    private func status(ended: Int, frame: Int) -> ServiceStatus {
        var status = ServiceStatus(process: 1, started: start, changed: start)
        status.batches = [
            .init(
                name: "july", items: 4, ended: ended, bad: 1, unpaired: ["lonely.wav"],
                others: ["notes.txt"], copying: 0, hasMarker: true,
                waitsFor: "waits for 2 videos")
        ]
        status.running = [.init(batch: "july", item: "003", frame: frame, frames: 100, started: start)]
        return status
    }

    @Test("the bar tells batch, running item and time left by the pace so far")
    func bar() {
        var bar = ProgressBar()
        _ = bar.text(for: status(ended: 0, frame: 0), now: start, width: 100)
        let text = bar.text(for: status(ended: 1, frame: 50), now: start.addingTimeInterval(30), width: 100)
        #expect(text == "█████░░░░░░░░░░░░░░░  1/4  july  003 50 %  about 50 s left")
    }

    @Test("the bar fits the terminal and goes away when nothing is to do")
    func barEnds() {
        var bar = ProgressBar()
        #expect(bar.text(for: status(ended: 0, frame: 0), now: start, width: 30).count == 29)
        var idle = status(ended: 4, frame: 0)
        idle.running = []
        #expect(bar.text(for: idle, now: start, width: 80).isEmpty)
    }

    @Test("status.txt says in plain words what is collecting, rendering, packing, delivered and left alone")
    func statusText() {
        var status = status(ended: 2, frame: 25)
        status.queued = 1
        status.delivering = [.init(batch: "june", waitsFor: "waits for space on the outbox's disk")]
        status.delivered = [.init(batch: "may", zip: "may.zip", at: start, videos: 3, bad: 1)]
        status.ignored = [.init(path: "july/link.wav", reason: "is a symbolic link")]
        status.ignoredCount = 3
        let utc = TimeZone(secondsFromGMT: 0) ?? .current
        #expect(
            status.text(isRunning: true, timeZone: utc) == """
                HeyGemWatch is running. As of 2025-12-19 14:20:07:

                Collecting
                  july: 2 of 4 items done; 1 without a video; without a partner: lonely.wav; only to be archived: notes.txt; waits for 2 videos

                Rendering
                  july / 003: 25 %

                In the queue
                  1 item

                Packing
                  june: waits for space on the outbox's disk

                Delivered
                  2025-12-19 14:20:07  may.zip: 3 videos, 1 without (see the CSV)

                Left alone
                  july/link.wav: is a symbolic link
                  and 2 more

                """)
    }

    @Test("what holds a batch, what is slow and what can't be moved is told, also in Chinese")
    func statusProblems() throws {
        var status = status(ended: 2, frame: 25)
        status.batches[0].title = "July sale"
        status.batches[0].problems = [.init(code: .badMarker, text: "batch.ready: line 2: expekt.")]
        status.batches[0].expect = .init(ended: 2, wanted: 5)
        status.running[0].isSlow = true
        status.running[0].seconds = 1500
        let move = #"{"batch": "j", "title": "July", "zip": "july.zip", "files": ["a.wav"]}"#
        status.pendingMoves = [try JSONDecoder().decode(PendingMove.self, from: Data(move.utf8))]
        let english = status.text(isRunning: true, timeZone: .current, language: .en)
        let chinese = status.text(isRunning: true, timeZone: .current, language: .zh)
        for text in [
            "July sale (july)", "5 expected", "! batch.ready: line 2: expekt.", "25 min, longer", "july.zip: 1 file",
        ] {
            #expect(english.contains(text), "\(english)")
        }
        for text in ["July sale（july）", "预期 5 个", "超出正常时间", "无法从输入文件夹移走"] {
            #expect(chinese.contains(text), "\(chinese)")
        }
    }

    @Test("a status survives its JSON")
    func statusJSON() throws {
        let status = status(ended: 1, frame: 2)
        #expect(try ServiceStatus.decode(status.encoded()) == status)
    }

    @Test("a CSV becomes aligned columns; quotes, commas, line ends and wide characters are kept")
    func table() throws {
        let table = try CSVTable(Array("\u{FEFF}item,note,x\r\n\"a,\"\"b\"\"\",\"1\n2\",3\r\n李雷,y,4\r\n".utf8))
        #expect(table.text(columns: ["item", "x", "none"]) == "item   x\na,\"b\"  3\n李雷   4")
    }
}
