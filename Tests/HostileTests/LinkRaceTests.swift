import Disk
import Foundation
import Synchronization
import SystemPackage
import TestPrograms
import Testing

/// Somebody exchanges files and folders for symlinks while the service looks, opens and moves.
@Suite struct LinkRaceTests {
    /// With the kernel's help (openat2, renameat2), and where both are missing.
    static let kernels: [KernelFeatures] = [.all, []]

    @Test("a file that becomes a symlink between look and open is never read through it", arguments: kernels)
    func fileBecomesALink(_ features: KernelFeatures) async throws {
        try await Share.with { share in
            let scene = try Scene(share)
            let folder = try Folder(opening: FilePath(share.inbox.path), features: features)
            let swapper = Swapper(scene.inbox("b/file.wav"), with: scene.inbox("b/.link"))
            defer { swapper.end() }
            var (opened, refused) = (0, 0)
            for _ in 0..<5000 {
                guard let file = try? folder.open("b/file.wav") else {
                    refused += 1
                    continue
                }
                opened += 1
                #expect(try file.contents(limit: 100) == Scene.harmless)
            }
            // both sides of the race were met
            #expect(opened > 0 && refused > 0, "\(opened) opened, \(refused) refused")
        }
    }

    @Test(
        "a folder that becomes a symlink is never entered: not to open, list, write, move or remove", arguments: kernels
    )
    func folderBecomesALink(_ features: KernelFeatures) async throws {
        try await Share.with { share in
            let scene = try Scene(share)
            let folder = try Folder(opening: FilePath(share.inbox.path), features: features)
            let swapper = Swapper(scene.inbox("b"), with: scene.inbox(".folder-link"))
            defer { swapper.end() }
            for number in 0..<1500 {
                if let file = try? folder.open("b/file.wav") {
                    #expect(try file.contents(limit: 100) == Scene.harmless)
                }
                if let names = try? folder.entries(of: "b") {
                    #expect(!names.contains { $0.name.string == "only-outside.wav" })
                }
                try? folder.writeWhole([1], to: FilePath("b/new-\(number % 10).txt"), isDurable: false)
                _ = try? folder.rename("b/file.wav", to: folder, "_archive/file.wav")
                _ = try? folder.rename("_archive/file.wav", to: folder, "b/file.wav")
                try? folder.remove("b/only-outside.wav")
                _ = try? folder.makeFolder("b/deeper", mode: 0o755)
                try? folder.removeFolder("b/deeper")
            }
            swapper.end()
            #expect(swapper.count > 100)
            #expect(try scene.outside() == Scene.outsideContents)
        }
    }

    @Test(
        "while files and folders are exchanged for symlinks, a running service never reads, moves or writes outside",
        .timeLimit(.minutes(3)))
    func service() async throws {
        try await Share.with { share in
            let scene = try Scene(share)
            let sound = try await share.sound()
            for batch in ["c", "d"] {
                try share.dropFace("\(batch)/avatar.png")
                for name in ["one", "two"] { try share.drop(sound, "\(batch)/\(name).wav") }
                try share.drop("\(batch)/batch.ready")
            }
            try FileManager.default.createSymbolicLink(
                atPath: scene.inbox("c/.one"), withDestinationPath: share.root.path + "/outside/one.wav")
            let environment = Share.quick.merging(["HEYGEM_WATCH_RESCAN": "1s"]) { $1 }
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: environment)
            try service.start()
            defer { service.kill() }
            let races = [
                Swapper(scene.inbox("c/one.wav"), with: scene.inbox("c/.one"), pause: 350, times: 6),
                Swapper(scene.inbox("d"), with: scene.inbox(".folder-link"), pause: 450, times: 5),
            ]
            for race in races { race.finish() }
            for batch in ["c", "d"] { #expect(await service.printsError("_\(batch).zip")) }
            service.terminate()
            let result = await service.end()
            #expect(result.status == 0, "\(result.errors.suffix(1000))")
            #expect(try scene.outside() == Scene.outsideContents)
            let secret = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
            for csv in try share.results(".csv") {
                #expect(try !String(contentsOf: csv, encoding: .utf8).contains(secret))
            }
        }
    }
}
