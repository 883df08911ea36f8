import Batch
import SystemPackage
import Testing
import Words

@Suite struct FileNamesTests {
    private let patterns = BatchRules.standardPatterns

    @Test(
        "notes beside markers are told apart from files of people",
        arguments: [
            ("batch.ready.error.txt", true), ("monday.batch.txt.error.txt", true), ("Batch.Ready.error.txt", true),
            ("batch.ready", false), ("error.txt", false), ("notes.error.txt", false), (".error.txt", false),
        ])
    func notes(_ name: String, isNote: Bool) throws {
        let component = try #require(FilePath.Component(name))
        #expect(Inbox.isOwnNote(component, patterns: patterns) == isNote)
    }

    @Test("a note is no marker, even where the pattern would take it")
    func noteOfWidePattern() throws {
        let wide = [try #require(NamePattern("*.txt"))]
        #expect(Inbox.isOwnNote("done.txt.error.txt", patterns: wide))
        #expect(Inbox.manifestRole(of: "d/done.txt", patterns: wide) == .marker)
        #expect(Inbox.manifestRole(of: "d/done.txt.error.txt", patterns: wide) == nil)
    }

    @Test(
        "what is read: markers, items.csv and SHA256SUMS where they count",
        arguments: [
            ("batch.ready", FileRole.marker), ("d/x.batch.txt", .marker), ("d/x/batch.ready", nil),
            ("items.csv", .table), ("d/Items.CSV", .table), ("d/x/items.csv", nil), ("d/a.wav", nil),
            ("d/SHA256SUMS", .checksums), ("Sha256sums.txt", .checksums), ("d/x/SHA256SUMS", nil), ("..", nil),
            ("/batch.ready", nil),
        ])
    func read(_ path: String, role: FileRole?) {
        #expect(Inbox.manifestRole(of: FilePath(path), patterns: patterns) == role)
    }

    @Test(
        "endings that can't be used are known, those that can are not among them",
        arguments: [
            ("heic", ForeignKind.heic), ("tiff", .tiff), ("docx", .document), ("mka", .matroskaSound),
            ("ts", .broadcastVideo),
            ("wav", nil), ("png", nil), ("mp4", nil), ("caf", nil), ("bmp", nil), ("csv", nil), ("txt", nil),
            ("json", nil),
            ("batch", nil), ("xyz", nil), ("", nil),
        ])
    func foreign(_ ending: String, kind: ForeignKind?) {
        #expect(ForeignFormat.kind(ending: ending) == kind)
    }

    @Test(
        "a render is called after what names its item",
        arguments: [
            ("d/vip/1.wav", "d/avatar.png", "vip/1"), ("d/audio.wav", "d/anna.png", "anna"),
            ("d/audio.wav", "d/avatar.png", "audio"), ("d/audio.wav", "d/audio.png", "audio"),
            ("hello.wav", "avatar.png", "hello"), ("d/1.wav", "/srv/face.png", "1"),
        ])
    func label(audio: String, avatar: String, label: String) throws {
        var inbox = Inbox(rules: BatchRules(defaultAvatar: avatar.hasPrefix("/") ? FilePath(avatar) : nil))
        for path in [audio, avatar] where !path.hasPrefix("/") {
            _ = inbox.handle(.settled(FilePath(path)), now: .zero)
            _ = inbox.handle(.tick, now: .seconds(100))
        }
        _ = inbox.handle(.unsettled(FilePath(audio)), now: .seconds(100))
        var actions = inbox.handle(.settled(FilePath(audio)), now: .seconds(101))
        actions += inbox.handle(.tick, now: .seconds(200))
        guard case .render(let pair) = actions.last else {
            Issue.record("nothing is rendered")
            return
        }
        #expect(pair.label == label)
    }
}

@Suite struct TableItemsTests {
    @Test("items and halves carry their rows")
    func rows() throws {
        var inbox = Inbox()
        let row = ItemsTable.Row(
            line: 2, audio: Array("1.wav".utf8), avatar: Array("x.png".utf8), name: "Anna", tags: ["vip"])
        let other = ItemsTable.Row(line: 3, audio: Array("2.wav".utf8))
        for path in ["d/1.wav", "d/2.wav", "d/x.png"] { _ = inbox.handle(.settled(FilePath(path)), now: .zero) }
        let actions = inbox.handle(.read("d/items.csv", .items(ItemsTable(rows: [row, other]))), now: .zero)
        guard case .render(let pair) = actions.first else {
            Issue.record("nothing is rendered")
            return
        }
        #expect(pair.files == ["d/1.wav", "d/x.png"])
        _ = inbox.handle(.ended(pair), now: .seconds(1))
        _ = inbox.handle(.settled("d/batch.ready"), now: .seconds(1))
        guard case .close(let closing) = inbox.handle(.tick, now: .seconds(6)).first else {
            Issue.record("not closed")
            return
        }
        #expect(closing.items.map(\.row) == [row])
        #expect(closing.halves.map(\.row) == [other])
        #expect(closing.marker == .empty && closing.shortfall == nil)
    }

    @Test("the default avatar is no member of the batch")
    func outside() {
        var inbox = Inbox(rules: BatchRules(defaultAvatar: "/srv/face.png"))
        _ = inbox.handle(.settled("d/1.wav"), now: .zero)
        _ = inbox.handle(.settled("d/batch.ready"), now: .zero)
        for case .render(let pair) in inbox.handle(.tick, now: .seconds(5)) {
            #expect(pair.avatar == "/srv/face.png" && pair.avatarRevision == 0 && pair.files == ["d/1.wav"])
            _ = inbox.handle(.ended(pair), now: .seconds(6))
        }
        guard case .close(let closing) = inbox.handle(.tick, now: .seconds(11)).first else {
            Issue.record("not closed")
            return
        }
        #expect(closing.members == ["d/1.wav", "d/batch.ready"] && closing.items.map(\.avatar) == ["/srv/face.png"])
    }
}
