import SystemPackage

/// Which renders the pairing wants.
extension OpenBatch {
    /// How long a render waits whether more of a file comes.
    struct Grace {
        let file: FilePath
        let end: Duration
    }

    /// The engine says of a file that it ends too early.
    mutating func noteIncomplete(_ pair: Pair, _ grace: Grace) {
        let isRunning = [pair.audio, pair.avatar].contains {
            renders[$0]?.pair == pair && renders[$0]?.hasEnded == false
        }
        if isRunning { graces[pair] = grace }
    }

    mutating func endGraces(now: Duration) {
        for (pair, grace) in graces where grace.end <= now { noteEnded(pair) }
    }

    mutating func noteEnded(_ pair: Pair) {
        graces[pair] = nil
        for lead in [pair.audio, pair.avatar] {
            guard let render = renders[lead], render.pair == pair, !render.hasEnded else { continue }
            renders[lead]?.hasEnded = true
            rendering -= 1
        }
    }

    /// Whether only quiet is missing for default pairs to start.
    var startsDeferred: Bool { !deferred.isEmpty && !isTableUnclear }

    mutating func startDeferred(into actions: inout [InboxAction]) {
        let leads = deferred.sortedByBytes()
        deferred = []
        for lead in leads {
            if let wanted = wantedPair(of: lead) { start(wanted.pair, of: lead, into: &actions) }
        }
    }

    /// Everything anew, for what decides on all pairs has changed.
    mutating func refreshAll(into actions: inout [InboxAction]) {
        refresh(Set(media.leads).union(renders.keys).union(deferred).sortedByBytes(), into: &actions)
    }

    /// Ends what is not wanted any more, and starts or defers what is. A pair that only has another lead now goes on.
    mutating func refresh(_ leads: [FilePath], into actions: inout [InboxAction]) {
        var unwanted: [Render] = []
        var wanted: [(lead: FilePath, pair: Pair, isDefault: Bool)] = []
        for lead in leads {
            let pair = wantedPair(of: lead)
            if let pair, renders[lead]?.pair == pair.pair { continue }
            deferred.remove(lead)
            if let render = renders.removeValue(forKey: lead) { unwanted.append(render) }
            if let pair { wanted.append((lead, pair.pair, pair.isDefault)) }
        }
        let old = Dictionary(unwanted.map { ($0.pair, $0) }) { first, _ in first }
        for (lead, pair, _) in wanted { renders[lead] = old[pair] }
        let moved = old.isEmpty ? [] : Set(wanted.map(\.pair))
        for render in unwanted where !render.hasEnded && !moved.contains(render.pair) {
            rendering -= 1
            graces[render.pair] = nil
            actions.append(.endRender(render.pair))
        }
        for (lead, pair, isDefault) in wanted where renders[lead] == nil {
            if isDefault {
                deferred.insert(lead)
            } else {
                start(pair, of: lead, into: &actions)
            }
        }
    }

    private mutating func start(_ pair: Pair, of lead: FilePath, into actions: inout [InboxAction]) {
        renders[lead] = Render(pair: pair)
        rendering += 1
        actions.append(.render(pair))
    }

    /// - Returns: nil where a lead has no partner, where one of its files is being written, and where all were delivered already.
    private func wantedPair(of lead: FilePath) -> (pair: Pair, isDefault: Bool)? {
        if cancelledBy != nil || isTableUnclear { return rightRender(of: lead).map { ($0.pair, false) } }
        guard members[lead] != nil, let place = Place(lead), let partner = media.partner(of: place),
            let audio = members[partner.audio]?.content
        else { return nil }
        let points = Place(partner.avatar).flatMap(media.points)
        let pointsRevision = points.flatMap { members[$0]?.content }
        guard let avatar = partner.rule == .configured ? 0 : members[partner.avatar]?.content,
            (points == nil) == (pointsRevision == nil)
        else { return nil }
        let pair = Pair(
            folder: folder, audio: partner.audio, avatar: partner.avatar, points: points, audioRevision: audio,
            avatarRevision: avatar, pointsRevision: pointsRevision)
        return isDelivered(pair) || !mayRun(pair, lead) ? nil : (pair, partner.isDefault)
    }

    /// What runs goes on while its files are compared with a list that came later; nothing starts before they match.
    private func mayRun(_ pair: Pair, _ lead: FilePath) -> Bool {
        let isThere = renders[lead]?.pair == pair
        return pair.files.allSatisfy { path in
            guard let proof = members[path]?.proof else { return false }
            return isThere ? !proof.isFailed : proof.isMet
        }
    }

    /// While nobody can tell what is wanted: the render that is there, as long as its files are; of a cancelled batch once it has ended.
    private func rightRender(of lead: FilePath) -> Render? {
        guard let render = renders[lead], cancelledBy == nil || render.hasEnded else { return nil }
        let pair = render.pair
        guard members[pair.audio]?.content == pair.audioRevision,
            pair.avatar.isAbsolute || members[pair.avatar]?.content == pair.avatarRevision,
            pair.points.flatMap({ members[$0]?.content }) == pair.pointsRevision, mayRun(pair, lead)
        else { return nil }
        return render
    }

    /// Whether all of its files were delivered with this content already.
    func isDelivered(_ pair: Pair) -> Bool { pair.files.allSatisfy { members[$0]?.isKept == true } }
}
