package import SystemPackage

/// Events that nobody has taken yet, one entry a name, so that a storm on one file costs one entry; and bounded.
package struct PendingEvents {
    private struct Key: Hashable {
        var watch: Int32
        var name: FilePath.Component?
    }

    private var masks: [Key: EventMask] = [:]
    private var isOverflowed = false
    private let limit: Int

    /// - Parameter limit: names kept; beyond it they count as lost. The default is four times what the kernel queues
    ///   by itself, some 10 MB.
    package init(limit: Int = 65_536) {
        self.limit = limit
    }

    package var isEmpty: Bool { masks.isEmpty && !isOverflowed }

    package mutating func add(watch: Int32, mask: EventMask, name: FilePath.Component?) {
        if mask.contains(.overflow) {
            isOverflowed = true
            return
        }
        masks[Key(watch: watch, name: name), default: []].formUnion(mask)
        guard masks.count > limit else { return }
        // what happened to the watches themselves has no second source
        masks = masks.filter { $0.key.name == nil }
        isOverflowed = true
    }

    package mutating func take() -> EventBatch {
        let events = masks.map { FileEvent(watch: WatchID(number: $0.key.watch), mask: $0.value, name: $0.key.name) }
        let batch = EventBatch(events: events, isOverflowed: isOverflowed)
        masks = [:]
        isOverflowed = false
        return batch
    }
}
