import Foundation
import TestPrograms
import Testing

/// An inbox and an outbox that go away under the real service, and come back.
@Suite(.enabled(if: RootStage.isPossible, "skipped: only root may mount")) struct RootsTests {
    @Test(
        "an inbox that is away is no empty one: all waits, said once, and goes on by itself; nothing is rendered twice",
        arguments: Absence.possible)
    func inbox(_ absence: Absence) async throws {
        try await RootStage.with { stage in
            try await stage.prepare(.inbox, for: absence)
            try await stage.serve(as: absence.user) { service in
                try await stage.dropItems()
                try #require(await service.printsError("rendered"))
                try await absence.take(stage, .inbox)
                try #require(await service.printsError(absence.says))
                // it is written a moment later
                while true {
                    let status = try await BuiltProgram.run(["status"] + stage.share.options).output
                    if status.contains(absence.says), status.contains("dealers: 1 of 1 item done") { break }
                }
                try await absence.give(stage, .inbox)
                try #require(await service.printsError("it is back"))
                try stage.share.drop("dealers/batch.ready")
                try #require(await service.printsError("delivered"))
                try await stage.expectDelivered()
                let log = service.errorsSoFar
                #expect(log.count(of: absence.says) == 1, "\(log)")
                #expect(log.count(of: " rendering") == 1, "\(log)")
            }
        }
    }

    @Test(
        "other users reach the programs, so that folders can be shut to the service",
        .enabled(if: BuiltProgram.othersMayRun, "skipped: other users can't reach the programs here"))
    func others() { #expect(Absence.possible.count == Absence.all.count) }

    @Test("while the outbox is away renders go on, deliveries wait and come by themselves", arguments: Absence.possible)
    func outbox(_ absence: Absence) async throws {
        try await RootStage.with { stage in
            try await stage.prepare(.outbox, for: absence)
            try await stage.serve(as: absence.user) { service in
                try #require(await service.printsError("watching"))
                try await absence.take(stage, .outbox)
                try await stage.dropItems()
                try stage.share.drop("dealers/batch.ready")
                try #require(await service.printsError("rendered"))
                try #require(await service.printsError(absence.says))
                try await absence.give(stage, .outbox)
                try #require(await service.printsError("delivered"))
                try await stage.expectDelivered()
                #expect(service.errorsSoFar.count(of: absence.says) == 1, "\(service.errorsSoFar)")
            }
        }
    }

    @Test("a render goes on while the inbox is away, and its video is kept")
    func rendering() async throws {
        try await RootStage.with { stage in
            try await stage.serve { service in
                try await stage.dropItems()
                try stage.share.drop("dealers/batch.ready")
                try #require(await service.printsError("rendering"))
                try await stage.unmount(.inbox)
                try #require(await service.printsError("another folder stands here"))
                try await stage.mount(.inbox)
                try #require(await service.printsError("delivered"))
                try await stage.expectDelivered()
            }
        }
    }

    @Test("nothing is held of an inbox that was unmounted, so that its file system is free")
    func givesUp() async throws {
        try await RootStage.with { stage in
            try await stage.serve { service in
                try await stage.dropItems()
                try #require(await service.printsError("rendered"))
                #expect(try !stage.descriptors(of: service.identifier).isEmpty)
                try await stage.unmount(.inbox)
                try await stage.unmount(.outbox)
                try #require(await service.printsError("\(stage.path(.inbox)): another folder stands here"))
                try #require(await service.printsError("\(stage.path(.outbox)): another folder stands here"))
                #expect(try stage.descriptors(of: service.identifier).isEmpty)
                try await stage.mount(.inbox)
                try await stage.mount(.outbox)
                try stage.share.drop("dealers/batch.ready")
                try #require(await service.printsError("delivered"))
                try await stage.expectDelivered()
            }
        }
    }

    @Test("a start before the shares are mounted waits for them; a run of one time ends with 4")
    func start() async throws {
        try await RootStage.with { stage in
            try await stage.serve { service in
                try await stage.dropItems()
                try #require(await service.printsError("rendered"))
            }
            try await stage.unmount(.inbox)
            let once = try await BuiltProgram.run(
                ["run", "--once"] + stage.share.options, environment: RootStage.quick)
            #expect(once.status == 4 && once.errors.contains("another folder stands here"), "\(once.errors)")
            try await stage.serve { service in
                try #require(await service.printsError("another folder stands here"))
                try await stage.mount(.inbox)
                try #require(await service.printsError("it is back"))
                try stage.share.drop("dealers/batch.ready")
                try #require(await service.printsError("delivered"))
                try await stage.expectDelivered()
            }
        }
    }

    @Test("who has another inbox from now on says so at a start, and it is served")
    func adopt() async throws {
        try await RootStage.with { stage in
            try await stage.serve { #expect(await $0.printsError("changes are seen")) }
            try await stage.unmount(.inbox)
            try await stage.serve(["--adopt"]) { service in
                try await stage.dropItems()
                try stage.share.drop("dealers/batch.ready")
                try #require(await service.printsError("delivered"))
                try await stage.expectDelivered()
            }
            let again = try await BuiltProgram.run(
                ["run", "--once"] + stage.share.options, environment: RootStage.quick)
            #expect(again.status == 0, "\(again.errors)")
        }
    }
}

extension RootStage {
    fileprivate func prepare(_ role: Role, for absence: Absence) async throws {
        if !absence.isMounted { try await unmount(role) }
        guard let user = absence.user else { return }
        try await BuiltProgram.tool("chown", ["-R", user, share.root.path])
        for role in Role.allCases { try await BuiltProgram.tool("chmod", ["777", path(role)]) }
    }
}

extension String {
    fileprivate func count(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
