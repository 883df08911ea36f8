import Batch
import SystemPackage
import Testing

@Suite struct NameTests {
    @Test(
        "names sort naturally",
        arguments: [
            ["1", "2", "10", "a"], ["a1b", "a01c", "a2"], ["a", "B", "c"], ["A", "a"], ["x 9", "x 10", "x 10 b"],
            ["a", "a/1", "a/b", "a b", "ab"], ["Zoe", "\u{c4}rger", "\u{e4}rger"],
            ["9", "99999999999999999999998", "99999999999999999999999"], ["", "0"],
        ])
    func order(_ names: [String]) {
        let sorted = names.reversed().map { Name(Array($0.utf8)) }.sorted()
        #expect(sorted.map(\.text) == names)
    }

    @Test("names that are not UTF-8 are paired and kept byte for byte")
    func otherBytes() throws {
        var inbox = Inbox()
        func path(_ ending: String) -> FilePath {
            FilePath(
                platformString: (Array("d/caf".utf8) + [0xe9] + Array(ending.utf8) + [0]).map(CChar.init(bitPattern:)))
        }
        _ = inbox.handle(.settled(path(".wav")), now: .zero)
        let action = inbox.handle(.settled(path(".PNG")), now: .zero).first
        guard case .render(let pair) = action else {
            Issue.record("no render: \(String(describing: action))")
            return
        }
        #expect(pair.audio == path(".wav") && pair.avatar == path(".PNG"))
        _ = inbox.handle(.ended(pair), now: .zero)
        _ = inbox.handle(.settled("d/batch.ready"), now: .zero)
        guard case .close(let closing) = inbox.handle(.tick, now: .seconds(5)).first else {
            Issue.record("not closed")
            return
        }
        #expect(closing.items.map(\.name.bytes) == [Array("caf".utf8) + [0xe9]])
        #expect(closing.members.contains(path(".wav")))
    }
}
