import Delivery
import Disk
import SystemPackage
import Testing
import Words

/// What the ledger knows of inbox and outbox, and deliveries that were prepared for another one.
@Suite struct KnownRootsTests {
    @Test("the ledger knows the roots of the last time")
    func remembers() async throws {
        try await Scene.with { scene in
            let roots = [
                RootRole.inbox: KnownRoot(path: "/srv/in", id: "1"), .outbox: KnownRoot(path: "/srv/out", id: "2"),
            ]
            let ledger = try scene.ledger()
            #expect(try await ledger.knownRoots().isEmpty)
            try await ledger.remember(roots, isAdopting: false)
            try ledger.close()
            let again = try scene.ledger()
            #expect(try await again.knownRoots() == roots)
            try again.close()
        }
    }

    @Test("files that were made for another outbox are not taken for taken: the delivery waits, or makes them anew")
    func otherOutbox() async throws {
        try await Scene.with { scene in
            try scene.put("a", "inbox/dealers/a.wav")
            try scene.put("p", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            let ledger = try scene.ledger()
            let refusal = Refusal { operation in
                if case .rename(_, let name) = operation, name.extension == "csv" { return .noSpace }
                return nil
            }
            let first = try scene.publisher(ledger, refusal)
            let id = try await first.close(try await scene.closed(ledger))
            await #expect(throws: Obstruction.self) { try await first.deliver(id) }
            #expect(try await ledger.delivery(id).step == .prepared)
            let folder = try Folder(opening: scene.root)
            try folder.rename("outbox", to: folder, "old")
            try folder.makeFolder("outbox", mode: 0o755)

            let second = try scene.publisher(ledger)
            let error = await #expect(throws: Obstruction.self) { try await second.deliver(id) }
            #expect(error?.phrase.en.contains("made for another outbox") == true)
            #expect(try await ledger.delivery(id).step == .prepared)

            let now = [RootRole.outbox: KnownRoot(path: second.outboxRoot.path, id: second.outboxRoot.id)]
            try await ledger.remember(now, isAdopting: true)
            #expect(try await second.deliver(id).videos == 1)
            let names = try scene.files(below: ["outbox"]).keys.map { $0.split(separator: ".", maxSplits: 1)[1] }
            #expect(Set(names) == ["csv", "zip", "zip.sha256"])
            try ledger.close()
        }
    }
}
