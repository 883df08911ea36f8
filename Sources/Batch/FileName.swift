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
        let role = Self.isPoints(name) ? FileRole.points : Self.role(folded, ending)
        self.init(role: role, stem: Self.stem(of: name), ending: ending)
    }

    static func stem(of name: [UInt8]) -> [UInt8] {
        if isPoints(name) { return Array(name.dropLast(points.count)) }
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return name }
        return Array(name[..<dot])
    }

    private static let points = Array(".face.json".utf8)

    private static func isPoints(_ name: [UInt8]) -> Bool {
        name.count > points.count
            && name.suffix(points.count).lazy.map(FoldedName.lowercaseASCII).elementsEqual(points)
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
