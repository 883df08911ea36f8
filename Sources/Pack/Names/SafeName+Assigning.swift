extension SafeName {
    /// Gives each original its name. Where several agree, the first in byte order keeps it and the others get
    /// ` (2)`, ` (3)` and so on before the ending.
    ///
    /// The result does not depend on the order in which the names are given, and no two of it agree without case.
    /// - Parameters:
    ///   - originals: relative paths as bytes, `/` between folders.
    ///   - reserved: names at the top that are taken already.
    /// - Returns: one for each original, in their order.
    package static func assign(_ originals: [[UInt8]], reserved: Set<String> = ["metadata.csv"]) -> [SafeName] {
        let changed = changes(of: originals, reserved: reserved)
        return originals.indices.map {
            changed[$0] ?? SafeName(name: String(decoding: originals[$0], as: UTF8.self), note: nil)
        }
    }

    package static func assign(_ originals: [String]) -> [SafeName] {
        assign(originals.map { Array($0.utf8) })
    }

    /// Like `assign`, but gives only those that are other than their originals, by their places: there may be 100,000
    /// names, and mostly none has to change.
    package static func changes<Originals: RandomAccessCollection>(
        of originals: Originals, reserved: Set<String> = ["metadata.csv"]
    ) -> [Int: SafeName] where Originals.Index == Int, Originals.Element: Collection<UInt8> {
        var assignment = NameAssignment(originals, reserved: reserved)
        assignment.run()
        return assignment.changed
    }
}

private struct NameAssignment<Originals: RandomAccessCollection>
where Originals.Index == Int, Originals.Element: Collection<UInt8> {
    private(set) var changed: [Int: SafeName] = [:]
    private let originals: Originals
    private let reserved: Set<String>
    /// Hashes of keys: at worst a name gets a number that it didn't need.
    private var taken: Set<Int>

    init(_ originals: Originals, reserved: Set<String>) {
        self.originals = originals
        self.reserved = Set(reserved.map { NameKey($0).text })
        taken = Set(self.reserved.map(\.hashValue))
    }

    mutating func run() {
        for original in originals {
            for folder in NameKey(clean(original).text).folders { taken.insert(folder.hashValue) }
        }
        let order = originals.indices.sorted {
            originals[$0].elementsEqual(originals[$1])
                ? $0 < $1 : originals[$0].lexicographicallyPrecedes(originals[$1])
        }
        // All that may keep their names first, so that a ` (2)` of ours never displaces a name that someone chose.
        let clashing = order.filter { !keep($0) }
        var lastNumber: [String: Int] = [:]
        for index in clashing { number(index, &lastNumber) }
    }

    /// - Returns: false when its name is taken.
    private mutating func keep(_ index: Int) -> Bool {
        let name = clean(originals[index])
        guard taken.insert(NameKey(name.text).text.hashValue).inserted else { return false }
        if !name.changes.isEmpty {
            changed[index] = SafeName(name: name.text, note: name.note(finalName: name.text))
        }
        return true
    }

    private mutating func number(_ index: Int, _ lastNumber: inout [String: Int]) {
        let cleaned = clean(originals[index])
        let key = NameKey(cleaned.text).text
        var number = lastNumber[key, default: 1]
        var name: String
        repeat {
            number += 1
            name = cleaned.numbered(number)
        } while !taken.insert(NameKey(name).text.hashValue).inserted
        lastNumber[key] = number
        changed[index] = SafeName(name: name, note: cleaned.note(finalName: name))
    }

    private func clean(_ original: Originals.Element) -> CleanName { CleanName(original, reservedFolders: reserved) }
}
