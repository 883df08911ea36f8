import SystemPackage
import Words

/// The files of one batch that has not closed, and the renders that their pairing wants.
struct OpenBatch: Sendable {
    struct Member {
        let role: FileRole
        /// Number of the content; nil while the file is being written.
        var content: UInt64?
        var proof = Proof.unlisted
        /// It was delivered with this content already: only a partner for others.
        var isKept = false

        /// Number of the content that may be used; nil also while a list says that it is not complete.
        var revision: UInt64? { proof.isMet ? content : nil }
        /// Somebody is still writing or reading it.
        var isUnderWay: Bool { content == nil || proof.isUnderWay }
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
    /// Each `SHA256SUMS` as it was when it last settled; nil before.
    var lists: [FilePath: Listing?] = [:]
    /// What the one that counts says.
    var checksums: ChecksumIndex?
    /// Files that are not as it says.
    private(set) var failedProofs: Set<FilePath> = []
    /// How often what is missing or wrong of it has changed.
    var listChanges = 0
    var media: MediaIndex
    /// By lead, the file that an item is named after: renders that run or have ended.
    var renders: [FilePath: Render] = [:]
    /// Renders that are only final when nothing more has come of a file for a while.
    var graces: [Pair: Grace] = [:]
    /// Leads whose default pair starts when the folder has been quiet.
    var deferred: Set<FilePath> = []
    /// Markers, tables and lists that lie too deep.
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
    /// What is not as `SHA256SUMS` says, as it was when the batch was last about to close.
    var unmetList: UnmetList?
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
        var member = members[place.path] ?? Member(role: place.role)
        guard member.content != nil || members[place.path] == nil else { return }
        (member.content, member.proof, member.isKept) = (nil, .unlisted, false)
        put(place, member, into: &actions)
        noteChange(of: place, into: &actions)
    }

    /// - Parameter content: of an `items.csv` or `SHA256SUMS`; nil says nothing.
    mutating func noteSettled(
        _ place: Place, _ content: Manifest?, revision: UInt64, now: Duration, into actions: inout [InboxAction]
    ) {
        lastActivity = now
        let wasWritten = members[place.path].map { $0.content == nil } ?? false
        if !wasWritten { lastChange = now }
        if place.role == .table { tables[place.path, default: Table()].content = .init(content) }
        if place.role == .checksums { lists[place.path] = .some(.init(content)) }
        noteContent(of: place, Member(role: place.role, content: revision), into: &actions)
    }

    /// It was delivered already: a partner for others, and there for a new list that names it.
    mutating func noteKept(_ place: Place, revision: UInt64, into actions: inout [InboxAction]) {
        noteContent(of: place, Member(role: place.role, content: revision, isKept: true), into: &actions)
    }

    mutating func noteGone(_ place: Place, now: Duration, into actions: inout [InboxAction]) {
        guard let member = members[place.path] else { return }
        lastActivity = now
        if !member.isKept { lastChange = now }
        forget(place, into: &actions)
    }

    /// Somebody writes a file under another name: it may come still.
    mutating func noteStirred(now: Duration) {
        lastActivity = now
        lastChange = now
    }

    private mutating func noteContent(of place: Place, _ member: Member, into actions: inout [InboxAction]) {
        put(place, member, into: &actions)
        prove(place.path, into: &actions)
        // proving has told it already where the list names it
        if members[place.path]?.proof == .unlisted { noteChange(of: place, into: &actions) }
    }

    private mutating func forget(_ place: Place, into actions: inout [InboxAction]) {
        guard members[place.path] != nil else { return }
        put(place, nil, into: &actions)
        noteChange(of: place, into: &actions)
    }

    /// A file that comes or goes can change which line of the list is about which file.
    private mutating func put(_ place: Place, _ member: Member?, into actions: inout [InboxAction]) {
        let existed = members[place.path] != nil
        put(place, member)
        guard existed != (member != nil), checksums != nil else { return }
        let missing = checksums?.missing.count
        let affected = (existed ? checksums?.remove(place) : checksums?.insert(place)) ?? []
        if checksums?.missing.count != missing || !affected.isEmpty { listChanges += 1 }
        for path in affected where path != place.path { prove(path, into: &actions) }
    }

    /// Keeps all that is counted.
    mutating func put(_ place: Place, _ member: Member?) {
        let old = members.removeValue(forKey: place.path)
        members[place.path] = member
        if MediaIndex.holds(place.role), (old == nil) != (member == nil) {
            if old == nil { media.insert(place) } else { media.remove(place) }
        }
        if let old { count(old, by: -1) }
        if let member { count(member, by: 1) }
        noteRole(of: place, isFresh: member?.isKept == false)
        tables[place.path]?.isSettled = member?.revision != nil
        let failed = member.flatMap { $0.proof.isFailed ? $0.proof : nil }
        if old.flatMap({ $0.proof.isFailed ? $0.proof : nil }) != failed { listChanges += 1 }
        if failed != nil { failedProofs.insert(place.path) } else { failedProofs.remove(place.path) }
    }

    /// What was delivered says nothing any more.
    private mutating func noteRole(of place: Place, isFresh: Bool) {
        guard isFresh else {
            strays.remove(place.path)
            tables[place.path] = nil
            lists[place.path] = nil
            return
        }
        if place.isStray { strays.insert(place.path) }
        if place.role == .table, tables[place.path] == nil { tables[place.path] = Table() }
        if place.role == .checksums, lists[place.path] == nil { lists[place.path] = .some(nil) }
    }

    private mutating func count(_ member: Member, by step: Int) {
        if member.isUnderWay { unsettled += step }
        guard !member.isKept else { return }
        fresh += step
        if [.audio, .avatar, .foreign].contains(member.role) { freshMedia += step }
    }

    mutating func noteChange(of place: Place, into actions: inout [InboxAction]) {
        if place.role == .table {
            takeTable(into: &actions)
        } else if place.role == .checksums {
            takeList(into: &actions)
        } else if MediaIndex.holds(place.role) {
            refresh(media.leads(affectedBy: place), into: &actions)
        }
        if media.table?.isMet != false { unmetRows = nil }
        if isListMet { unmetList = nil }
    }
}
