import Foundation

/// What may go now. Pure: told what there is, and the time.
struct RetentionPlan {
    let settings: RetentionSettings
    let now: Date
    private let deliveries: [StoredDelivery]
    /// Those of which no delivery has anything left to do: a retry takes from all of its family.
    private let restingFamilies: Set<String>

    /// - Parameters:
    ///   - deliveries: oldest first.
    ///   - isRetrying: somebody has asked for a retry, of whatever batch: then nothing goes.
    init(_ deliveries: [StoredDelivery], _ settings: RetentionSettings, isRetrying: Bool, now: Date) {
        (self.deliveries, self.settings, self.now) = (deliveries, settings, now)
        let families = Dictionary(grouping: deliveries, by: \.family)
        restingFamilies = isRetrying ? [] : Set(families.filter { $1.allSatisfy(\.isAtRest) }.keys)
    }

    /// Those whose files in the outbox go.
    var results: [StoredDelivery] {
        deliveries.filter {
            restingFamilies.contains($0.family) && $0.hasResults && isOver(settings.keepResults, since: $0.age)
        }
    }

    /// All deliveries that there are.
    var known: Set<String> { Set(deliveries.map(\.id)) }

    /// Those whose inputs in `_archive` go, and why.
    var archives: [(delivery: StoredDelivery, key: String)] {
        var total = deliveries.reduce(0) { $0 + ($1.archived ?? 0) }
        return deliveries.compactMap { delivery in
            guard let bytes = delivery.archived, restingFamilies.contains(delivery.family) else { return nil }
            let isOld = isOver(settings.keepArchive, since: delivery.age)
            guard isOld || settings.maxArchive.map({ total > $0 }) ?? false else { return nil }
            total -= bytes
            return (delivery, isOld ? "keep_archive" : "max_archive")
        }
    }

    /// The families that the ledger forgets because of their age, oldest first.
    var oldFamilies: [String] { families.filter { isOver(settings.keepHistory, since: $0.last) }.map(\.id) }

    /// Those that it may forget when it is too large, oldest first: not what was delivered within the last day, for
    /// somebody may just be looking at it.
    var yieldingFamilies: [String] {
        guard settings.maxHistory != nil else { return [] }
        return families.filter { isOver(.seconds(86_400), since: $0.last) }.map(\.id)
    }

    /// Oldest first. What is still to be removed by us stays known: the rows tell what is ours.
    private var families: [(id: String, last: Date)] {
        let families = Dictionary(grouping: deliveries, by: \.family)
        // each in the place of its last delivery
        return deliveries.compactMap { delivery in
            guard let members = families[delivery.family], members.last == delivery,
                restingFamilies.contains(delivery.family), !members.contains(where: isStillToGo)
            else { return nil }
            return (delivery.family, delivery.age)
        }
    }

    private func isStillToGo(_ delivery: StoredDelivery) -> Bool {
        settings.keepResults != nil && delivery.hasResults || settings.limitsArchive && delivery.archived != nil
    }

    private func isOver(_ keep: Duration?, since date: Date) -> Bool {
        keep.map { now.timeIntervalSince(date) > $0 / .seconds(1) } ?? false
    }
}

extension StoredDelivery {
    fileprivate var age: Date { deliveredAt ?? closedAt }
}
