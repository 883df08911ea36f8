import Disk
import Synchronization
import SystemPackage
import Testing

/// Writes down what is done, and throws in place of the change that it was told.
final class Recorder: DiskObserver {
    let operations = Mutex<[DiskOperation]>([])
    let failing: Mutex<(at: Int, error: Errno)?>

    init(failingAt index: Int? = nil, with error: Errno = .noSpace) {
        failing = Mutex(index.map { ($0, error) })
    }

    func willDo(_ operation: DiskOperation) throws(Errno) {
        let index = operations.withLock { operations in
            operations.append(operation)
            return operations.count - 1
        }
        if let failure = failing.withLock({ $0 }), failure.at == index { throw failure.error }
    }
}

@Suite struct DurableWriteTests {
    @Test("a durable write syncs the content before the name and the folder after it")
    func order() throws {
        let recorder = Recorder()
        let place = try TemporaryFolder(observer: recorder)
        try place.folder.makeFolder("sub", mode: 0o755)
        try place.folder.writeWhole(Array("x".utf8), to: "sub/status.txt")
        #expect(
            recorder.operations.withLock { $0 } == [
                .makeFolder("sub"), .remove("sub/.status.txt.new"), .create("sub/.status.txt.new"),
                .write("sub/.status.txt.new", bytes: 1),
                .sync("sub/.status.txt.new"), .replace("sub/status.txt", with: "sub/.status.txt.new"),
                .syncFolder("sub"),
            ])
        #expect(try place.text(of: "sub/status.txt") == "x")
    }

    @Test("whichever step fails, the old content or the new stands there and nothing else", arguments: 0..<6)
    func failures(step: Int) throws {
        let place = try TemporaryFolder()
        try place.write("old", to: "status.txt")
        let failing = try Folder(opening: place.path, observer: Recorder(failingAt: step))
        #expect(throws: Errno.noSpace) { try failing.writeWhole(Array("new".utf8), to: "status.txt") }
        #expect(try place.text(of: "status.txt") == (step < 5 ? "old" : "new"))
        #expect(try place.folder.entries().map(\.name.string) == ["status.txt"])
    }

    @Test("a leftover of an interrupted write is in nobody's way")
    func leftover() throws {
        let place = try TemporaryFolder()
        try place.write("half", to: ".status.txt.new")
        try place.folder.writeWhole(Array("new".utf8), to: "status.txt", isDurable: false)
        #expect(try place.folder.entries().map(\.name.string) == ["status.txt"])
    }
}
