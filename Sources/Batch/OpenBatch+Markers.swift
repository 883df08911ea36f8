import SystemPackage
import Words

extension OpenBatch {
    struct Marker {
        let appeared: Duration
        /// What stands for the `*` of its pattern where it lies at the inbox's top; names the batch that it is for.
        let namedBatch: [UInt8]?
        var isSettled = false
        /// As it was when it last settled; nil before.
        var content: Result<MarkerContent, Problem>?
        /// When it last settled.
        var read: Duration?
    }

    mutating func noteMarker(_ place: Place, _ manifest: Manifest?, isSettled: Bool, now: Duration) {
        lastActivity = now
        var marker = markers[place.path] ?? Marker(appeared: now, namedBatch: place.namedBatch)
        unsettled += (isSettled ? 0 : 1) - (markers[place.path]?.isSettled == false ? 1 : 0)
        marker.isSettled = isSettled
        if isSettled {
            marker.read = now
            marker.content =
                switch manifest {
                case .marker(let content): .success(content)
                case .unusable(let problem): .failure(problem)
                case .items, .checksums, nil: .success(.empty)
                }
        }
        markers[place.path] = marker
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
        // nobody says any more that all of it is there
        if markers.isEmpty { unmetList = nil }
        return marker
    }

    /// What its markers say, as long as they agree.
    var markerContent: MarkerContent {
        markers.keys.sortedByBytes().lazy.compactMap { try? markers[$0]?.content?.get() }.first ?? .empty
    }

    /// When the first marker that says so began to expect items.
    var expectedSince: Duration? { markers.values.compactMap(\.read).min() }

    /// Files of the same instant as the marker came with it, not after it: so it is for all that the first scan finds.
    var changedAfterMarker: Bool {
        guard let appeared = markers.values.map(\.appeared).min(), let lastChange else { return false }
        return lastChange > appeared
    }
}
