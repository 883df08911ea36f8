import Words

/// An item whose name may still have to give way to another's.
struct ItemDraft {
    var name: Name
    /// With its ending, by which it is told from others of its name.
    let wholeName: Name
    let tags: [String]
    let pair: Pair
    var note: Phrase
    let row: ItemsTable.Row?

    var item: Item { Item(name: name, tags: tags, pair: pair, note: note, row: row) }

    /// Of items that would be called the same the one that `items.csv` names so keeps its name; others get their ending, or else a number.
    static func unique(_ drafts: [ItemDraft]) -> [ItemDraft] {
        var uses: [Name: Int] = [:]
        for draft in drafts { uses[draft.name, default: 0] += 1 }
        guard uses.count < drafts.count else { return drafts }
        var drafts = drafts
        let isFirm = drafts.map { $0.row?.name != nil || uses[$0.name] == 1 }
        var taken = Set(drafts.indices.filter { isFirm[$0] }.map { drafts[$0].name })
        for index in drafts.indices.filter({ !isFirm[$0] }).sorted(by: { drafts[$0].wholeName < drafts[$1].wholeName })
        {
            drafts[index].rename(apartFrom: taken)
            taken.insert(drafts[index].name)
        }
        return drafts
    }

    private mutating func rename(apartFrom taken: Set<Name>) {
        name = wholeName
        var number = 2
        while taken.contains(name) {
            name = Name(wholeName.bytes + Array(" (\(number))".utf8))
            number += 1
        }
        let words = Phrase(
            "called \(name.text), for another item has the shorter name", zh: "命名为 \(name.text)，因为较短的名称已被另一项目使用")
        note = .joined([note, words])
    }
}
