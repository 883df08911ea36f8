import SystemPackage

/// The files of one batch that has not closed, and the renders that their pairing wants.
struct OpenBatch: Sendable {
    struct Member {
        let role: FileRole
        /// Number of the content; nil while the file is being written.
        var revision: UInt64?
    }

    /// Its content is not read yet: empty or not, it means the same.
    struct Marker {
        let appeared: Duration
        var isSettled = false
    }

    struct Render {
        let pair: Pair
        var hasEnded = false
    }

    let folder: BatchFolder
    /// Every file but the markers.
    private(set) var members: [FilePath: Member] = [:]
    private(set) var markers: [FilePath: Marker] = [:]
    private(set) var media = MediaIndex()
    /// By audio: renders that run or have ended.
    private(set) var renders: [FilePath: Render] = [:]
    /// Audios whose pair by `avatar.*` starts when the folder has been quiet.
    private(set) var deferred: Set<FilePath> = []
    private(set) var unsettled = 0
    private(set) var rendering = 0
    /// Audios and avatars: without any there is nothing to deliver.
    private(set) var mediaFiles = 0
    private var lastActivity = Duration.zero
    /// When a member last came, changed or went.
    private var lastChange: Duration?

    init(folder: BatchFolder) {
        self.folder = folder
    }

    var isEmpty: Bool { members.isEmpty && markers.isEmpty }
    /// Whether its folder exists, as far as files tell: markers from the inbox's top lie elsewhere.
    var hasOwnFiles: Bool { !members.isEmpty || markers.keys.contains { Place($0)?.batch == folder } }
    /// Things that end or settle without anybody's doing.
    var underWay: Int { unsettled + rendering }

    // MARK: Files

    mutating func noteUnsettled(_ place: Place, now: Duration, into actions: inout [InboxAction]) {
        lastActivity = now
        lastChange = now
        if let member = members[place.path] {
            guard member.revision != nil else { return }
            members[place.path]?.revision = nil
        } else {
            add(place)
        }
        unsettled += 1
        refresh(affectedBy: place, into: &actions)
    }

    mutating func noteSettled(
        _ place: Place, revision: UInt64, now: Duration, into actions: inout [InboxAction]
    ) {
        lastActivity = now
        if let member = members[place.path], member.revision == nil {
            unsettled -= 1
        } else {
            lastChange = now
            if members[place.path] == nil { add(place) }
        }
        members[place.path]?.revision = revision
        refresh(affectedBy: place, into: &actions)
    }

    mutating func noteGone(_ place: Place, now: Duration, into actions: inout [InboxAction]) {
        guard let member = members.removeValue(forKey: place.path) else { return }
        lastActivity = now
        lastChange = now
        if member.revision == nil { unsettled -= 1 }
        guard MediaIndex.holds(place.role) else { return }
        if place.role != .points { mediaFiles -= 1 }
        media.remove(place)
        forgetRender(of: place.path, into: &actions)
        refresh(affectedBy: place, into: &actions)
    }

    private mutating func add(_ place: Place) {
        members[place.path] = Member(role: place.role)
        guard MediaIndex.holds(place.role) else { return }
        if place.role != .points { mediaFiles += 1 }
        media.insert(place)
    }

    // MARK: Markers

    mutating func noteMarker(_ path: FilePath, isSettled: Bool, now: Duration) {
        lastActivity = now
        let old = markers[path]
        unsettled += (isSettled ? 0 : 1) - (old?.isSettled == false ? 1 : 0)
        markers[path, default: Marker(appeared: now)].isSettled = isSettled
    }

    /// A marker at the inbox's top that was another batch's until now.
    mutating func adopt(_ marker: Marker, at path: FilePath, now: Duration) {
        lastActivity = max(lastActivity, now)
        markers[path] = marker
        if !marker.isSettled { unsettled += 1 }
    }

    mutating func removeMarker(_ path: FilePath, now: Duration) -> Marker? {
        guard let marker = markers.removeValue(forKey: path) else { return nil }
        lastActivity = now
        if !marker.isSettled { unsettled -= 1 }
        return marker
    }

    // MARK: Renders

    mutating func noteEnded(_ pair: Pair) {
        guard let render = renders[pair.audio], render.pair == pair, !render.hasEnded else { return }
        renders[pair.audio]?.hasEnded = true
        rendering -= 1
    }

    mutating func startDeferred(into actions: inout [InboxAction]) {
        let audios = deferred.sortedByBytes()
        deferred = []
        for audio in audios {
            if let wanted = wantedPair(of: audio) { start(wanted.pair, into: &actions) }
        }
    }

    private mutating func refresh(affectedBy place: Place, into actions: inout [InboxAction]) {
        guard MediaIndex.holds(place.role) else { return }
        for audio in media.audios(affectedBy: place) {
            let wanted = wantedPair(of: audio)
            if let wanted, renders[audio]?.pair == wanted.pair { continue }
            forgetRender(of: audio, into: &actions)
            guard let wanted else { continue }
            if wanted.isDefault {
                deferred.insert(audio)
            } else {
                start(wanted.pair, into: &actions)
            }
        }
    }

    /// - Returns: nil where an audio has no partner, or where one of its files is being written.
    private func wantedPair(of audio: FilePath) -> (pair: Pair, isDefault: Bool)? {
        guard let audioRevision = members[audio]?.revision, let place = Place(audio),
            let partner = media.partner(of: place),
            let avatarRevision = members[partner.avatar]?.revision, let avatar = Place(partner.avatar)
        else { return nil }
        let points = media.points(of: avatar)
        let pointsRevision = points.flatMap { members[$0]?.revision }
        guard (points == nil) == (pointsRevision == nil) else { return nil }
        let pair = Pair(
            folder: folder, audio: audio, avatar: partner.avatar, points: points, audioRevision: audioRevision,
            avatarRevision: avatarRevision, pointsRevision: pointsRevision)
        return (pair, partner.isDefault)
    }

    private mutating func start(_ pair: Pair, into actions: inout [InboxAction]) {
        renders[pair.audio] = Render(pair: pair)
        rendering += 1
        actions.append(.render(pair))
    }

    private mutating func forgetRender(of audio: FilePath, into actions: inout [InboxAction]) {
        deferred.remove(audio)
        guard let render = renders.removeValue(forKey: audio), !render.hasEnded else { return }
        rendering -= 1
        actions.append(.endRender(render.pair))
    }

    // MARK: Time

    /// Nothing is being written and the marker, if there is one, has settled: time alone can start or close something.
    func deadline(_ rules: BatchRules) -> Duration? {
        guard unsettled == 0 else { return nil }
        if !deferred.isEmpty { return lastActivity + rules.folderQuiet }
        guard !markers.isEmpty, mediaFiles > 0, rendering == 0 else { return nil }
        return lastActivity + (changedAfterMarker ? rules.lateGrace : rules.folderQuiet)
    }

    /// Files of the same instant as the marker came with it, not after it: so it is for all that the first scan finds.
    var changedAfterMarker: Bool {
        guard let appeared = markers.values.map(\.appeared).min(), let lastChange else { return false }
        return lastChange > appeared
    }
}
