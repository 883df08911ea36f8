import SystemPackage

/// Which renders the pairing wants.
extension OpenBatch {
    mutating func noteEnded(_ pair: Pair) {
        for lead in [pair.audio, pair.avatar] {
            guard let render = renders[lead], render.pair == pair, !render.hasEnded else { continue }
            renders[lead]?.hasEnded = true
            rendering -= 1
        }
    }

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
            let audio = members[partner.audio]?.revision
        else { return nil }
        let points = Place(partner.avatar).flatMap(media.points)
        let pointsRevision = points.flatMap { members[$0]?.revision }
        guard let avatar = partner.rule == .configured ? 0 : members[partner.avatar]?.revision,
            (points == nil) == (pointsRevision == nil)
        else { return nil }
        let pair = Pair(
            folder: folder, audio: partner.audio, avatar: partner.avatar, points: points, audioRevision: audio,
            avatarRevision: avatar, pointsRevision: pointsRevision)
        return isDelivered(pair) ? nil : (pair, partner.isDefault)
    }

    /// While nobody can tell what is wanted: the render that is there, as long as its files are; of a cancelled batch once it has ended.
    private func rightRender(of lead: FilePath) -> Render? {
        guard let render = renders[lead], cancelledBy == nil || render.hasEnded else { return nil }
        let pair = render.pair
        guard members[pair.audio]?.revision == pair.audioRevision,
            pair.avatar.isAbsolute || members[pair.avatar]?.revision == pair.avatarRevision,
            pair.points.flatMap({ members[$0]?.revision }) == pair.pointsRevision
        else { return nil }
        return render
    }

    /// Whether all of its files were delivered with this content already.
    func isDelivered(_ pair: Pair) -> Bool { pair.files.allSatisfy { members[$0]?.isKept == true } }
}
