import SystemPackage
import Words

/// What keeps a batch from closing until somebody mends it.
extension OpenBatch {
    struct Told: Equatable {
        let markers: [FilePath]
        let problems: [Problem]
    }

    var problems: [Problem] {
        var problems: [Problem] = []
        if let cancelledBy {
            let values = ["who": Phrase(verbatim: cancelledBy), "batch": Phrase(verbatim: name.text)]
            problems.append(Problem(.cancelled, values))
        }
        if let path = tablePath, case .unusable(let problem) = tables[path]?.content { problems.append(problem) }
        if let unmetRows { problems.append(unmetRows.problem) }
        if let listProblem { problems.append(listProblem) }
        if let unmetList { problems.append(unmetList.problem) }
        return problems + markerProblems
    }

    /// Whether nothing but time could help: missing files that changed since they were told are told anew in time.
    var isHeldForGood: Bool {
        cancelledBy != nil || (isTableUnclear && !isTableUnproven) || listProblem != nil || !markerProblems.isEmpty
            || (unmetRows != nil && areUnmetRowsTold) || (unmetList != nil && isUnmetListTold)
    }

    private var markerProblems: [Problem] {
        var contents: Set<MarkerContent> = []
        var problems: [Problem] = []
        let paths = markers.count > 1 ? markers.keys.sortedByBytes() : Array(markers.keys)
        for path in paths {
            switch markers[path]?.content {
            case .success(let content): contents.insert(content)
            case .failure(let problem): problems.append(problem)
            case nil: break
            }
        }
        guard problems.isEmpty, contents.count > 1 else { return problems }
        let english = paths.map(\.string).joined(separator: ", ")
        let chinese = paths.map(\.string).joined(separator: "、")
        return [Problem(.markersDiffer, ["file": Phrase(english, zh: chinese)])]
    }

    var isHeld: Bool { !problems.isEmpty }

    /// Says what holds a batch with markers whenever that changes.
    mutating func tellProblems(into actions: inout [InboxAction]) {
        guard !markers.isEmpty || told != nil else { return }
        let problems = problems
        let now =
            problems.isEmpty || markers.isEmpty ? nil : Told(markers: markers.keys.sortedByBytes(), problems: problems)
        guard now != told else { return }
        let markers = now?.markers ?? told?.markers ?? []
        actions.append(.hold(folder, markers: markers, problems: now?.problems ?? []))
        told = now
    }
}
