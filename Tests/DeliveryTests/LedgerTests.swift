import Delivery
import Disk
import Foundation
import Render
import SystemPackage
import Testing
import Words

@Suite struct LedgerTests {
    private static let content = RenderContent(
        audioSHA256: "a", avatarSHA256: "b", pointsSHA256: nil, engine: StubEngine().identity)
    private static let broken = Problem(.engine, ["what": Phrase(verbatim: "It broke.")])

    @Test("three kills during its attempts give a render up; orderly ends count for nothing")
    func interruptions() async throws {
        try await Scene.with { scene in
            for kill in 1...3 {
                let ledger = try scene.ledger()
                let render = try await ledger.queueRender(Self.content, at: Scene.date)
                #expect(render.state == .queued)
                let back = try await ledger.beginAttempt(render.key, at: Scene.date)
                _ = try await ledger.end(back, .handedBack, at: Scene.date)
                let attempt = try await ledger.beginAttempt(render.key, at: Scene.date)
                #expect(attempt.number == 2 * kill)
                try ledger.close()
                let next = try scene.ledger()
                #expect(try await next.recoverRenders(at: Scene.date) == [attempt])
                try next.close()
            }
            let render = try await scene.ledger().queueRender(Self.content, at: Scene.date)
            #expect(render.state == .failed)
            #expect(render.problem?.reason == .interrupted)
        }
    }

    @Test("eight that open a new ledger at the same moment all get it")
    func opening() async throws {
        try await Scene.with { scene in
            let folder = try scene.folder("state")
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                #expect(throws: Never.self) { try Ledger(in: folder).close() }
            }
        }
    }

    @Test("a failed render is tried anew only after a batch has reported it")
    func reported() async throws {
        try await Scene.with { scene in
            try scene.put("x", "inbox/dealers/a.wav")
            try scene.put("x", "inbox/dealers/avatar.png")
            try scene.put("", "inbox/dealers/batch.ready")
            let ledger = try scene.ledger()
            let inbox = try scene.folder("inbox")
            let hash = try ContentHash.sha256(of: inbox.open("dealers/a.wav"))
            let content = RenderContent(
                audioSHA256: hash, avatarSHA256: hash, pointsSHA256: nil, engine: StubEngine().identity)
            let key = try await ledger.queueRender(content, at: Scene.date).key
            let attempt = try await ledger.beginAttempt(key, at: Scene.date)
            _ = try await ledger.end(attempt, .failed(Self.broken, isLast: true), at: Scene.date)
            #expect(try await ledger.queueRender(content, at: Scene.date).state == .failed)
            _ = try await scene.publisher(ledger).close(try await scene.closed(ledger))
            let again = try await ledger.queueRender(content, at: Scene.date)
            #expect((again.state, again.failures, again.attempts) == (.queued, 0, 1))
        }
    }

    @Test("a hash is known for the same path and signature only, also where a name is not text")
    func hashes() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger()
            let path = [CChar](arrayLiteral: 0x64, 0x2F, -1, -2, 0x2E, 0x77, 0).withUnsafeBufferPointer {
                $0.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
            }
            var signature = FileSignature(inode: .max, size: 5, modified: 1, changed: 2, blocks: 8)
            try await ledger.remember(sha256: "abc", of: path, signature: signature)
            #expect(try await ledger.sha256(of: path, signature: signature) == "abc")
            signature.changed += 1
            #expect(try await ledger.sha256(of: path, signature: signature) == nil)
            #expect(try await ledger.sha256(of: "d/other.w", signature: signature) == nil)
        }
    }

    @Test("what a commit was refused for is not kept")
    func refusedCommit() async throws {
        try await Scene.with { scene in
            let ledger = try scene.ledger(CommitRefusal(change: "queue render"))
            await #expect(throws: (any Error).self) { try await ledger.queueRender(Self.content, at: Scene.date) }
            #expect(try await ledger.renderCounts().isEmpty)
        }
    }
}
