package import Batch
import Foundation
import SystemPackage
package import Words

/// Why nothing is tried again.
package enum RetryFailure: Error, Sendable {
    /// It makes no sense, and will not by waiting.
    case refused(Phrase)
    /// Disk, share or ledger refuse for now, or the batch is just being delivered.
    case obstructed(Obstruction)
}

/// What a retry is going to do: nothing has been done or remembered yet.
package struct RetryPlan: Sendable {
    /// One row of the delivery that is repeated.
    struct Row: Sendable {
        var item: ItemRecord
        /// Of one that is to be rendered, with the places where its files lie now.
        var pair: Pair?
        /// An input of one that is to be rendered is not there any more.
        var missing: FilePath?
    }

    /// The first delivery of the batch.
    let first: DeliveryRecord
    /// The last one: from there the rows are.
    let last: DeliveryRecord
    let rows: [Row]
    /// The files of all rows that are not `ok`, where they lie now.
    let members: [MemberRecord]
    private let names: [Pair: String]

    init(first: DeliveryRecord, last: DeliveryRecord, rows: [Row], members: [MemberRecord]) {
        (self.first, self.last, self.rows, self.members) = (first, last, rows, members)
        let named = rows.compactMap { row in row.pair.map { ($0, row.item.name.text) } }
        names = Dictionary(named) { name, _ in name }
    }

    /// The batch's name for people.
    package var title: String { last.batch.title }

    /// What has to be rendered, each once.
    package var pairs: [Pair] {
        var seen: Set<Pair> = []
        return rows.compactMap(\.pair).filter { seen.insert($0).inserted }
    }

    /// The finished videos that it needs, for the ``Janitor`` to leave alone.
    package var keys: Set<String> { Set(rows.filter { $0.pair == nil }.compactMap(\.item.render)) }

    /// The item's name, for people.
    package func name(of pair: Pair) -> String { names[pair] ?? pair.label }
}
