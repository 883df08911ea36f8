import Disk
import SystemPackage
import Testing

@Suite struct EventParserTests {
    struct Record: Equatable {
        var watch: Int32
        var mask: EventMask
        var name: FilePath.Component?
    }

    /// A record as the kernel writes it, its name padded to a multiple of 16 bytes.
    private func bytes(_ record: Record, cookie: UInt32 = 7) -> [UInt8] {
        var name: [UInt8] = []
        if let text = record.name?.string { name = Array(text.utf8) + [0] }
        while name.count % 16 != 0 { name.append(0) }
        let numbers = [UInt32(bitPattern: record.watch), record.mask.rawValue, cookie, UInt32(name.count)]
        return numbers.flatMap { number -> [UInt8] in withUnsafeBytes(of: number) { Array($0) } } + name
    }

    private func parse(_ bytes: [UInt8]) -> [Record] {
        var records: [Record] = []
        bytes.withUnsafeBytes { buffer in
            EventParser.parse(buffer) { records.append(Record(watch: $0, mask: $1, name: $2)) }
        }
        return records
    }

    @Test("several records in one read, with and without names, are told apart")
    func several() {
        let records = [
            Record(watch: 1, mask: .created, name: "a.wav"), Record(watch: 2, mask: .selfDeleted, name: nil),
            Record(watch: 1, mask: .modified, name: "exactly16bytes.w"), Record(watch: -1, mask: .overflow, name: nil),
        ]
        #expect(parse(records.flatMap { bytes($0) }) == records)
    }

    @Test("a record that is cut off is left out", arguments: [1, 15, 16, 17, 31])
    func cutOff(count: Int) {
        let first = Record(watch: 1, mask: .created, name: "a")
        let second = bytes(Record(watch: 2, mask: .deleted, name: "b"))
        #expect(parse(bytes(first) + second.prefix(count)) == [first])
        #expect(parse([]).isEmpty)
    }

    @Test("pending events are one for each name; above the limit they count as lost, but not what befell the folders")
    func pending() {
        var pending = PendingEvents(limit: 3)
        pending.add(watch: 1, mask: .created, name: "a")
        pending.add(watch: 1, mask: .modified, name: "a")
        pending.add(watch: 2, mask: .selfDeleted, name: nil)
        pending.add(watch: 2, mask: .created, name: "a")
        let whole = pending.take()
        #expect(!whole.isOverflowed && whole.events.count == 3)
        #expect(whole.events.contains { $0.mask == [.created, .modified] && $0.name == "a" })
        #expect(pending.isEmpty)
        pending.add(watch: 2, mask: .watchEnded, name: nil)
        for name: FilePath.Component in ["a", "b", "c"] { pending.add(watch: 1, mask: .created, name: name) }
        let cut = pending.take()
        #expect(cut.isOverflowed && cut.events.map(\.mask) == [.watchEnded])
        pending.add(watch: -1, mask: .overflow, name: nil)
        #expect(!pending.isEmpty && pending.take().isOverflowed)
    }
}
