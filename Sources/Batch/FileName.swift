import SystemPackage

/// The last part of a path taken apart.
struct FileName {
    let role: FileRole
    /// All before the last dot; of points and markers all before their whole ending; of `batch.ready` nothing.
    let stem: [UInt8]
    /// All after the last dot, in small ASCII letters.
    let ending: String

    init(_ name: [UInt8]) {
        let folded = name.map(FoldedName.lowercaseASCII)
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else {
            self.init(role: folded.elementsEqual("sha256sums".utf8) ? .checksums : .other, stem: name, ending: "")
            return
        }
        let ending = String(decoding: folded[(dot + 1)...], as: UTF8.self)
        if let stem = Self.stem(ofMarker: name, folded: folded) {
            self.init(role: .marker, stem: stem, ending: ending)
        } else if let stem = Self.stem(name, folded: folded, before: ".face.json") {
            self.init(role: .points, stem: stem, ending: ending)
        } else if FileRole.audioEndings.contains(ending) {
            self.init(role: .audio, stem: Array(name[..<dot]), ending: ending)
        } else if FileRole.avatarRanks[ending] != nil {
            self.init(role: .avatar, stem: Array(name[..<dot]), ending: ending)
        } else {
            let role: FileRole = folded.elementsEqual("items.csv".utf8) ? .table : .other
            self.init(role: role, stem: Array(name[..<dot]), ending: ending)
        }
    }

    private init(role: FileRole, stem: [UInt8], ending: String) {
        self.role = role
        self.stem = stem
        self.ending = ending
    }

    /// Windows' editors add `.txt` to what people call a marker.
    private static func stem(ofMarker name: [UInt8], folded: [UInt8]) -> [UInt8]? {
        for ending in ["", ".txt"] {
            if folded.elementsEqual("batch.ready\(ending)".utf8) { return [] }
            if let stem = stem(name, folded: folded, before: ".batch\(ending)") { return stem }
        }
        return nil
    }

    private static func stem(_ name: [UInt8], folded: [UInt8], before ending: String) -> [UInt8]? {
        let ending = Array(ending.utf8)
        guard name.count > ending.count, folded.suffix(ending.count).elementsEqual(ending) else { return nil }
        return Array(name.dropLast(ending.count))
    }
}
