import TalkingHead
import Testing

@Suite struct WarpLifeTests {
    private func moments(_ settings: LifeSettings, seed: UInt64, seconds: Int) -> [Life.Moment] {
        var life = Life(settings: settings, seed: seed)
        return (0..<seconds * 25).map { life.moment(at: (Double($0) + 0.5) / 25, open: 0.5) }
    }

    @Test("it blinks 10 to 40 times a minute", arguments: [UInt64](1...8))
    func blinks(seed: UInt64) {
        let shut = moments(.calm, seed: seed, seconds: 120).map { $0.blink > 0.9 }
        let count = zip(shut, shut.dropFirst()).count { !$0 && $1 }
        #expect((20...80).contains(count))
    }

    @Test("moves stay small and smooth", arguments: [LifeSettings.off, .calm, .lively])
    func amplitude(settings: LifeSettings) {
        let poses = moments(settings, seed: 5, seconds: 60).map(\.pose)
        for pose in poses {
            #expect(abs(pose.x) < 0.03 && abs(pose.y) < 0.05 && abs(pose.roll) < 0.03)
            #expect(abs(pose.yaw) < 0.06 && abs(pose.pitch) < 0.06)
        }
        for (one, next) in zip(poses.dropFirst(25), poses.dropFirst(26)) {
            #expect(abs(next.x - one.x) < 0.003 && abs(next.y - one.y) < 0.003)
        }
    }

    @Test("off is still, calm moves less than lively")
    func settings() {
        #expect(Set(moments(.off, seed: 1, seconds: 20)) == [Life.Moment()])
        let (calm, lively) = (moments(.calm, seed: 1, seconds: 20), moments(.lively, seed: 1, seconds: 20))
        #expect(calm.map { abs($0.pose.x) }.reduce(0, +) < lively.map { abs($0.pose.x) }.reduce(0, +))
        #expect(calm.map(\.blink) == lively.map(\.blink))
    }

    @Test("no place of a face moves further than its region allows for", arguments: [UInt64](1...4))
    func mostMotion(seed: UInt64) {
        let settings = LifeSettings.lively.scaled(head: 2, breath: 2)
        let geometry = FaceGeometry(points: WarpFaces.points(WarpFaces.all[0]))
        let picture = YUVPicture(width: 480, height: 480)
        var most: Float = 0
        for moment in moments(settings, seed: seed, seconds: 120) {
            let head = HeadMotion(geometry: geometry, pose: moment.pose, picture: picture)
            for index in 0..<25 {
                let face = SIMD2(Float(index % 5 - 2) * 0.5, Float(index / 5 - 3) * 0.55)
                // far from the border, where moves fade
                guard let place = head.place(face, pixel: SIMD2(240, 240)) else { continue }
                most = max(most, ((place - face) * (place - face)).sum().squareRoot())
            }
        }
        #expect(most > 0.1 && most < HeadMotion.most)
    }

    @Test("each part can be left out or doubled, and the others stay as they are")
    func parts() {
        let all = moments(.calm, seed: 1, seconds: 60)
        #expect(moments(.calm.scaled(blinks: 0), seed: 1, seconds: 60).allSatisfy { $0.blink == 0 })
        #expect(moments(.calm.scaled(blinks: 0), seed: 1, seconds: 60).map(\.pose) == all.map(\.pose))
        let stiff = moments(.calm.scaled(head: 0, breath: 0), seed: 1, seconds: 60)
        #expect(Set(stiff.map(\.pose)) == [Life.Moment().pose] && stiff.map(\.blink) == all.map(\.blink))
        #expect(moments(.calm.scaled(brows: 0), seed: 1, seconds: 60).allSatisfy { $0.brows == 0 })
        let double = moments(.calm.scaled(head: 2), seed: 1, seconds: 60)
        #expect(zip(double, all).allSatisfy { abs($0.pose.x - 2 * $1.pose.x) < 1e-5 })
        func blinks(_ factor: Float) -> Int {
            let shut = moments(.calm.scaled(blinks: factor), seed: 1, seconds: 600).map { $0.blink > 0.9 }
            return zip(shut, shut.dropFirst()).count { !$0 && $1 }
        }
        #expect(blinks(0.5) * 3 < blinks(1) * 2 && blinks(1) * 3 < blinks(2) * 2)
    }

    @Test("in silence it is alive: no two frames are the same, it blinks, and brows are at rest")
    func silence() {
        var life = Life(settings: .calm, seed: 4)
        let moments = (0..<20 * 25).map { life.moment(at: (Double($0) + 0.5) / 25, open: 0) }
        #expect(zip(moments, moments.dropFirst()).allSatisfy { $0.pose != $1.pose })
        #expect(moments.contains { $0.blink > 0.9 } && moments.allSatisfy { $0.brows == 0 })
    }
}
