import Disk
import SystemPackage
import Testing

@Suite struct RenamingTests {
    let place: TemporaryFolder
    let other: TemporaryFolder
    var folder: Folder { place.folder }

    init() throws {
        place = try TemporaryFolder()
        other = try TemporaryFolder()
        try place.write("one", to: "one")
        try place.write("two", to: "two")
    }

    @Test("a taken name is never replaced")
    func neverReplaces() throws {
        #expect(throws: Errno.fileExists) { try folder.rename("one", to: folder, "two") }
        #expect(try place.text(of: "two") == "two")
        #expect(try place.text(of: "one") == "one")
    }

    @Test("a rename goes to another folder too")
    func toAnotherFolder() throws {
        #expect(try folder.rename("one", to: other.folder, "new name") == .atOnce)
        #expect(try other.text(of: "new name") == "one")
        #expect(throws: Errno.noSuchFileOrDirectory) { try folder.status(of: "one") }
    }

    @Test("replacing puts one file in the place of another")
    func replaces() throws {
        try folder.replace("two", with: "one")
        #expect(try place.text(of: "two") == "one")
        #expect(throws: Errno.noSuchFileOrDirectory) { try folder.status(of: "one") }
    }

    @Test("a link is a second name")
    func links() throws {
        try folder.link("one", to: other.folder, "second")
        #expect(try other.text(of: "second") == "one")
        #expect(try folder.status(of: "one").links == 2)
        #expect(throws: Errno.fileExists) { try folder.link("one", to: folder, "two") }
    }

    @Test("where a file system can't refuse to replace, link and unlink do the same")
    func byHand() throws {
        let folder = try Folder(opening: place.path, features: .openBeneath)
        #expect(throws: Errno.fileExists) { try folder.rename("one", to: folder, "two") }
        #expect(try folder.rename("one", to: other.folder, "moved") == .linkAndRemove)
        #expect(try other.text(of: "moved") == "one")
        #expect(throws: Errno.noSuchFileOrDirectory) { try folder.status(of: "one") }
        // folders have no hard links: looked at, then renamed
        try folder.makeFolder("f", mode: 0o755)
        try folder.makeFolder("g", mode: 0o755)
        #expect(throws: Errno.fileExists) { try folder.rename("f", to: folder, "g") }
        #expect(try folder.rename("f", to: folder, "h") == .lookAndRename)
        #expect(try folder.status(of: "h").kind == .folder)
    }
}
