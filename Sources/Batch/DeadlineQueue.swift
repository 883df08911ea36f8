/// The next deadline of each batch. Superseded entries stay until they surface or outnumber the live ones.
struct DeadlineQueue: Sendable {
    private struct Entry {
        let time: Duration
        let folder: BatchFolder

        /// Those of one instant in byte order of their names.
        static func < (left: Entry, right: Entry) -> Bool {
            left.time == right.time ? left.folder.precedes(right.folder) : left.time < right.time
        }
    }

    private var live: [BatchFolder: Duration] = [:]
    /// A binary heap, earliest first. Its first entry is always a live one.
    private var heap: [Entry] = []

    var earliest: Duration? { heap.first?.time }
    /// How many batches have one.
    var count: Int { live.count }

    mutating func set(_ time: Duration?, for folder: BatchFolder) {
        guard live[folder] != time else { return }
        live[folder] = time
        if let time { push(Entry(time: time, folder: folder)) }
        // Twice the live ones keeps the cost of rebuilding in proportion to what was pushed; 64 spares small queues.
        if heap.count > 2 * live.count + 64 { rebuild() }
        prune()
    }

    /// Takes out a batch whose time has come.
    mutating func popDue(now: Duration) -> BatchFolder? {
        guard let first = heap.first, first.time <= now else { return nil }
        live[first.folder] = nil
        prune()
        return first.folder
    }

    private mutating func prune() {
        while let first = heap.first, live[first.folder] != first.time {
            let last = heap.removeLast()
            guard !heap.isEmpty else { return }
            heap[0] = last
            siftDown()
        }
    }

    private mutating func rebuild() {
        heap = live.map { Entry(time: $1, folder: $0) }.sorted { $0 < $1 }
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child] < heap[least] { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
