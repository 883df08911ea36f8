import SystemPackage

extension MediaIndex {
    /// What pairing chose for a lead.
    struct Partner {
        let audio: FilePath
        let avatar: FilePath
        /// Which rule chose it.
        let rule: Rule
        /// Candidates of the same standing that lost, and those of the stem where `items.csv` says something else.
        let losers: [FilePath]

        /// A closer one may still come.
        var isDefault: Bool { rule != .row && rule != .stem }
    }

    enum Rule {
        /// `items.csv`.
        case row
        case stem
        /// The nearest `avatar.*`.
        case avatar
        /// `audio.*`, for an avatar without a partner.
        case audio
        /// The configuration's default avatar.
        case configured
    }

    /// - Parameter lead: an audio, or an avatar that may be spoken for.
    func partner(of lead: Place) -> Partner? {
        lead.role == .audio ? avatar(for: lead) : voice(for: lead)
    }

    /// In this order: its row in `items.csv`, an avatar with the same stem in the same folder, the nearest `avatar.*` upwards,
    /// the configuration's default.
    private func avatar(for audio: Place) -> Partner? {
        let group = group(of: audio)
        if let table, let row = table.row(of: audio), table.table.rows[row].avatar != nil {
            return table.usableAvatar(of: row).map { avatar in
                let losers = group.filter { $0.role == .avatar && $0.path != avatar }.map(\.path).sortedByBytes()
                return Partner(audio: audio.path, avatar: avatar, rule: .row, losers: losers)
            }
        }
        if let (avatar, losers) = best(.avatar, of: group, spelled: audio.name.stem) {
            return Partner(audio: audio.path, avatar: avatar, rule: .stem, losers: losers)
        }
        var folder = audio.folder
        let speaksHere = speaksForOthers(audio)
        while true {
            if let (avatar, losers) = best(
                .avatar, of: nodes[folder]?.files(.avatar), spelled: Array("avatar".utf8))
            {
                return Partner(audio: audio.path, avatar: avatar, rule: .avatar, losers: losers)
            }
            guard !speaksHere else { return nil }
            // The inbox's own top is looked at for loose files only.
            guard folder.components.count > 1 else { break }
            folder.removeLastComponent()
        }
        return defaultAvatar.map { Partner(audio: audio.path, avatar: $0, rule: .configured, losers: []) }
    }

    /// An `audio.*` that speaks for avatars of its folder needs no face from elsewhere.
    func speaksForOthers(_ audio: Place) -> Bool {
        Stem(audio.path) == .audio && nodes[audio.folder]?.free.isEmpty == false
    }

    private func voice(for avatar: Place) -> Partner? {
        guard let node = nodes[avatar.folder], node.free.contains(avatar.path),
            let (audio, losers) = best(.audio, of: node.files(.audio), spelled: Array("audio".utf8))
        else { return nil }
        return Partner(audio: audio, avatar: avatar.path, rule: .audio, losers: losers)
    }

    /// `<stem>.face.json` beside an avatar.
    func points(of avatar: Place) -> FilePath? {
        let candidates = group(of: avatar).filter { $0.role == .points }.map(\.path).sortedByBytes()
        return candidates.first { Place($0)?.name.stem == avatar.name.stem } ?? candidates.first
    }

    /// Whether a folder holds nothing but one `audio.*` and `avatar.*`, so that the folder names the item.
    func isLone(_ folder: FilePath) -> Bool {
        guard let node = nodes[folder], speakers(in: folder).count == 1 else { return false }
        return node.stems.allSatisfy { stem, files in
            switch stem {
            case .audio: !files.contains { $0.role == .avatar }
            case .avatar: !files.contains { $0.role == .audio }
            default: !files.contains { $0.role == .audio || $0.role == .avatar }
            }
        }
    }

    /// The exact stem before one that differs in case, then the order of endings.
    private func best(
        _ role: FileRole, of group: [File]?, spelled stem: [UInt8]
    ) -> (winner: FilePath, losers: [FilePath])? {
        let candidates = (group ?? []).filter { $0.role == role }
        guard candidates.count > 1 else { return candidates.first.map { ($0.path, []) } }
        let ranks = role == .audio ? FileRole.audioRanks : FileRole.avatarRanks
        let ranked = candidates.compactMap { file in Place(file.path).map { (path: file.path, name: $0.name) } }
            .sorted { left, right in
                let (leftExact, rightExact) = (left.name.stem == stem, right.name.stem == stem)
                if leftExact != rightExact { return leftExact }
                let (leftRank, rightRank) = (ranks[left.name.ending] ?? .max, ranks[right.name.ending] ?? .max)
                return leftRank == rightRank ? left.path.precedes(right.path) : leftRank < rightRank
            }
            .map(\.path)
        return ranked.first.map { ($0, Array(ranked.dropFirst())) }
    }
}
