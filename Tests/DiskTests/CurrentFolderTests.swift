import Disk
import SystemPackage
import Testing

@Suite struct CurrentFolderTests {
    let place: TemporaryFolder
    let opened: Folder

    init() throws {
        place = try TemporaryFolder()
        try place.folder.makeFolder("outbox", mode: 0o755)
        opened = try Folder(opening: place.path.appending("outbox"))
    }

    @Test("as long as it stands there, it is this folder")
    func unchanged() throws {
        try place.folder.makeFolder("outbox/inner", mode: 0o755)
        #expect(try opened.current() === opened)
    }

    @Test("while nothing stands there, it is missing; then it is the one that has come in its place")
    func madeAnew() throws {
        try place.folder.removeFolder("outbox")
        #expect(throws: Errno.noSuchFileOrDirectory) { try opened.current() }
        try place.folder.makeFolder("outbox", mode: 0o755)
        try opened.current().writeWhole([1], to: "new")
        #expect(try place.folder.contents(of: "outbox/new", limit: 1) == [1])
    }

    @Test("a folder that is moved away and back is the same")
    func movedBack() throws {
        try place.folder.rename("outbox", to: place.folder, "away")
        #expect(throws: Errno.noSuchFileOrDirectory) { try opened.current() }
        try place.folder.rename("away", to: place.folder, "outbox")
        #expect(try opened.current() === opened)
    }
}
