import SystemPackage
import Words

/// Names without ending, relative to the batch; with ending where two files of a role would be called the same.
struct RelativeNames {
    private var uses: [[UInt8]: Int] = [:]
    private var whole: Set<[UInt8]> = []

    init(of batch: OpenBatch) {
        for place in batch.places({ [.audio, .avatar].contains($0) }) {
            uses[key(place.role, withoutEnding(place)), default: 0] += 1
            whole.insert(key(place.role, place.relativePath))
        }
    }

    /// A stem that is another file's whole name ("a.wav" of "a.wav.mp3") is no name either, for that file may need it.
    func name(of place: Place) -> Name {
        let short = withoutEnding(place)
        let key = key(place.role, short)
        return Name(uses[key] == 1 && !whole.contains(key) ? short : place.relativePath)
    }

    func wholeName(of place: Place) -> Name { Name(place.relativePath) }

    private func withoutEnding(_ place: Place) -> [UInt8] {
        place.relativePath.dropLast(place.name.ending.utf8.count + 1)
    }

    /// Audios and avatars are named apart from each other.
    private func key(_ role: FileRole, _ name: [UInt8]) -> [UInt8] { [role == .audio ? 0 : 1] + name }
}

/// Items that would be called the same: the one that `items.csv` names so keeps its name, others get their ending or else a number.
enum ItemNames {
    static func unique(_ couples: [Pairing.Couple]) -> [Pairing.Couple] {
        var uses: [[UInt8]: Int] = [:]
        for couple in couples { uses[couple.name.bytes, default: 0] += 1 }
        guard uses.count < couples.count else { return couples }
        var taken = Set(couples.filter { $0.row?.name != nil || uses[$0.name.bytes] == 1 }.map(\.name.bytes))
        var couples = couples
        let clashing = couples.indices.filter { couples[$0].row?.name == nil && uses[couples[$0].name.bytes] != 1 }
        for index in clashing.sorted(by: {
            couples[$0].wholeName.bytes.lexicographicallyPrecedes(couples[$1].wholeName.bytes)
        }) {
            let name = free(couples[index].wholeName, taken)
            taken.insert(name.bytes)
            couples[index].name = name
            couples[index].note = .joined([couples[index].note, note(couples[index].name)])
        }
        return couples
    }

    private static func free(_ name: Name, _ taken: Set<[UInt8]>) -> Name {
        var name = name
        let stem = name.bytes
        var number = 2
        while taken.contains(name.bytes) {
            name = Name(stem + Array(" (\(number))".utf8))
            number += 1
        }
        return name
    }

    private static func note(_ name: Name) -> Phrase {
        Phrase("called \(name.text), for another item has the shorter name", zh: "命名为 \(name.text)，因为较短的名称已被另一条目使用")
    }
}
