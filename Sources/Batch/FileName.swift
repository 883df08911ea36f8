import SystemPackage

/// The last part of a path taken apart.
struct FileName {
    /// Never `.marker`: what markers are called is configured, see ``Place``.
    let role: FileRole
    /// All before the last dot; of points all before `.face.json`.
    let stem: [UInt8]
    /// All after the last dot, in small ASCII letters.
    let ending: String

    init(_ name: [UInt8]) {
        let folded = name.map(FoldedName.lowercaseASCII)
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else {
            self.init(role: folded.elementsEqual(Self.checksums.utf8) ? .checksums : .other, stem: name, ending: "")
            return
        }
        let ending = String(decoding: folded[(dot + 1)...], as: UTF8.self)
        let points = Array(".face.json".utf8)
        if name.count > points.count, folded.suffix(points.count).elementsEqual(points) {
            self.init(role: .points, stem: Array(name.dropLast(points.count)), ending: ending)
        } else {
            self.init(role: Self.role(folded, ending), stem: Array(name[..<dot]), ending: ending)
        }
    }

    private static let checksums = "sha256sums"

    private init(role: FileRole, stem: [UInt8], ending: String) {
        self.role = role
        self.stem = stem
        self.ending = ending
    }

    private static func role(_ name: [UInt8], _ ending: String) -> FileRole {
        if FileRole.audioRanks[ending] != nil { return .audio }
        if FileRole.avatarRanks[ending] != nil { return .avatar }
        if name.elementsEqual("items.csv".utf8) { return .table }
        // Windows' editors add the ending
        if name.elementsEqual("\(checksums).txt".utf8) { return .checksums }
        return ForeignFormat.kind(ending: ending) == nil ? .other : .foreign
    }
}
