import SystemPackage
import Words

/// The files of one batch that has not closed, and the renders that their pairing wants.
struct OpenBatch: Sendable {
    struct Member {
        let role: FileRole
        /// Number of the content; nil while the file is being written.
        var revision: UInt64?
        /// It was delivered with this content already: only a partner for others.
        var isKept = false
    }

    struct Render {
        let pair: Pair
        var hasEnded = false
    }

    let folder: BatchFolder
    /// Every file but the markers.
    var members: [FilePath: Member] = [:]
    var markers: [FilePath: Marker] = [:]
    var tables: [FilePath: Table] = [:]
    var media: MediaIndex
    /// By lead, the file that an item is named after: renders that run or have ended.
    var renders: [FilePath: Render] = [:]
    /// Leads whose default pair starts when the folder has been quiet.
    var deferred: Set<FilePath> = []
    /// Markers and tables that lie too deep.
    private(set) var strays: Set<FilePath> = []
    var unsettled = 0
    var rendering = 0
    /// Members that were not delivered already.
    private(set) var fresh = 0
    /// Fresh audios, avatars and foreign files: with one there is something to deliver.
    private(set) var freshMedia = 0
    /// Who cancelled it.
    var cancelledBy: String?
    /// What `items.csv` names in vain, as it was when the batch was last about to close; told only then, for before that files still come.
    var unmetRows: UnmetRows?
    /// What was told of what holds it.
    var told: Told?
    var lastActivity = Duration.zero
    /// When a member last came, changed or went.
    var lastChange: Duration?

    init(folder: BatchFolder, defaultAvatar: FilePath?) {
        self.folder = folder
        media = MediaIndex(defaultAvatar: defaultAvatar)
    }

    var isEmpty: Bool { members.isEmpty && markers.isEmpty }
    /// Whether there is anything but files that were delivered already.
    var isReported: Bool { fresh > 0 || !markers.isEmpty }
    /// Whether its folder exists, as far as files tell: markers from the inbox's top lie elsewhere.
    var hasOwnFiles: Bool { !members.isEmpty || markers.keys.contains { $0.components.count > 1 } }
    /// Things that end or settle without anybody's doing.
    var underWay: Int { unsettled + rendering }
    var hasContent: Bool { freshMedia > 0 || !renders.isEmpty || !deferred.isEmpty }

    // MARK: Files

    mutating func noteUnsettled(_ place: Place, now: Duration, into actions: inout [InboxAction]) {
        lastActivity = now
        lastChange = now
        if let member = members[place.path] {
            guard member.revision != nil else { return }
            set(place, revision: nil)
        } else {
            add(place)
        }
        unsettled += 1
        noteChange(of: place, into: &actions)
    }

    /// - Parameter content: of an `items.csv`; nil says nothing.
    mutating func noteSettled(
        _ place: Place, _ content: Manifest?, revision: UInt64, now: Duration, into actions: inout [InboxAction]
    ) {
        lastActivity = now
        if let member = members[place.path], member.revision == nil {
            unsettled -= 1
        } else {
            lastChange = now
            if members[place.path] == nil { add(place) }
        }
        set(place, revision: revision)
        if place.role == .table { tables[place.path]?.content = .init(content) }
        noteChange(of: place, into: &actions)
    }

    /// It was delivered already: others of it than audios, avatars and points are as good as gone.
    mutating func noteKept(_ place: Place, revision: UInt64, into actions: inout [InboxAction]) {
        guard [.audio, .avatar, .points].contains(place.role) else { return forget(place, into: &actions) }
        if members[place.path] == nil { add(place) } else if isUnsettled(place.path) { unsettled -= 1 }
        set(place, revision: revision, isKept: true)
        noteChange(of: place, into: &actions)
    }

    mutating func noteGone(_ place: Place, now: Duration, into actions: inout [InboxAction]) {
        guard let member = members[place.path] else { return }
        lastActivity = now
        if !member.isKept { lastChange = now }
        forget(place, into: &actions)
    }

    private func isUnsettled(_ path: FilePath) -> Bool {
        guard let member = members[path] else { return false }
        return member.revision == nil
    }

    private mutating func forget(_ place: Place, into actions: inout [InboxAction]) {
        if isUnsettled(place.path) { unsettled -= 1 }
        guard let member = members.removeValue(forKey: place.path) else { return }
        count(member, by: -1)
        strays.remove(place.path)
        tables[place.path] = nil
        if MediaIndex.holds(place.role) { media.remove(place) }
        noteChange(of: place, into: &actions)
    }

    private mutating func add(_ place: Place) {
        let member = Member(role: place.role)
        members[place.path] = member
        count(member, by: 1)
        if place.isStray { strays.insert(place.path) }
        if place.role == .table { tables[place.path] = Table() }
        if MediaIndex.holds(place.role) { media.insert(place) }
    }

    private mutating func set(_ place: Place, revision: UInt64?, isKept: Bool = false) {
        guard let old = members[place.path] else { return }
        let member = Member(role: old.role, revision: revision, isKept: isKept)
        members[place.path] = member
        tables[place.path]?.isSettled = revision != nil
        count(old, by: -1)
        count(member, by: 1)
    }

    private mutating func count(_ member: Member, by step: Int) {
        guard !member.isKept else { return }
        fresh += step
        if [.audio, .avatar, .foreign].contains(member.role) { freshMedia += step }
    }

    private mutating func noteChange(of place: Place, into actions: inout [InboxAction]) {
        if place.role == .table {
            takeTable(into: &actions)
        } else if MediaIndex.holds(place.role) {
            refresh(media.leads(affectedBy: place), into: &actions)
        }
        if media.table?.isMet != false { unmetRows = nil }
    }
}
