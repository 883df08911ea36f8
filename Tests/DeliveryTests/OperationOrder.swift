import Disk
import SystemPackage

/// Looks through a log for what a power cut or a kill at a bad moment could tear: a name given to content that is not
/// on the disk yet, a commit about names that are not, a step of a delivery out of its turn.
///
/// For one delivery at a time and one worker.
struct OperationOrder {
    private typealias Place = OperationLog.Place

    private struct Spot: Hashable {
        let place: Place
        let path: FilePath
    }

    private(set) var violations: [String] = []
    /// Files that were made here: whether their content is on the disk.
    private var isSynced: [Spot: Bool] = [:]
    /// Names that folders have got, and that are not on the disk yet.
    private var newNames: [Spot: Set<FilePath>] = [:]
    /// The same of names from which something was moved away.
    private var oldNames: [Spot: Set<FilePath>] = [:]
    /// What has been committed last of the delivery.
    private var step = ""
    /// Sources that have been renamed under the present base name, and the rank of the last one.
    private var exposed: Set<FilePath> = []
    private var lastRank = 0
    private var isMarkerMoved = false
    private var unusedAttempts = 0

    static func violations(in entries: [OperationLog.Entry]) -> [String] {
        var order = OperationOrder()
        for entry in entries {
            switch entry {
            case .disk(let place, let operation): order.take(operation, in: place)
            case .commit(let change): order.take(commit: change)
            }
        }
        return order.violations
    }

    private mutating func take(_ operation: DiskOperation, in place: Place) {
        // the id and the lock of a root are no part of a delivery
        guard !operation.path.isIdentity else { return }
        checkTurn(of: operation, in: place)
        switch operation {
        case .create(let path):
            isSynced[Spot(place: place, path: path)] = false
            note(path, in: place)
        case .write(let path, _), .allocate(let path, _), .copy(let path, _):
            if isSynced[Spot(place: place, path: path)] != nil { isSynced[Spot(place: place, path: path)] = false }
            if !path.isHidden(in: place) { violations.append("\(place): \(path) is written under its final name") }
        case .sync(let path):
            if isSynced[Spot(place: place, path: path)] != nil { isSynced[Spot(place: place, path: path)] = true }
        case .setPermissions: break
        case .rename(let path, let new), .replace(let new, let path): rename(path, new, in: place)
        case .link(let path, let new):
            checkContent(of: path, named: new, in: place)
            note(new, in: place)
        case .remove(let path): forget(path, in: place)
        case .removeFolder(let path):
            forget(path, in: place)
            // nothing is to be kept of a folder that goes; what was moved out of it must not come back with it
            newNames[Spot(place: place, path: path)] = nil
        // the folder of attempts is made anew at each start
        case .makeFolder(let path): if place != .work { note(path, in: place) }
        case .syncFolder(let path):
            newNames[Spot(place: place, path: path)] = nil
            oldNames[Spot(place: place, path: path)] = nil
        }
    }

    // MARK: Names and contents

    private mutating func rename(_ path: FilePath, _ new: FilePath, in place: Place) {
        checkContent(of: path, named: new, in: place)
        // a name that was never on the disk need not go from there
        if newNames[parent(of: path, in: place)]?.remove(path) == nil {
            oldNames[parent(of: path, in: place), default: []].insert(path)
        }
        note(new, in: place)
        if let state = isSynced.removeValue(forKey: Spot(place: place, path: path)) {
            isSynced[Spot(place: place, path: new)] = state
        }
    }

    private mutating func checkContent(of path: FilePath, named new: FilePath, in place: Place) {
        if isSynced[Spot(place: place, path: path)] == false {
            violations.append("\(place): \(path) is named \(new) before its content is on the disk")
        }
    }

    private mutating func note(_ path: FilePath, in place: Place) {
        newNames[parent(of: path, in: place), default: []].insert(path)
    }

    private mutating func forget(_ path: FilePath, in place: Place) {
        isSynced[Spot(place: place, path: path)] = nil
        newNames[parent(of: path, in: place)]?.remove(path)
    }

    private func parent(of path: FilePath, in place: Place) -> Spot {
        Spot(place: place, path: path.removingLastComponent())
    }

    private mutating func checkIsKept(_ place: Place, before change: String) {
        let pending = newNames.merging(oldNames) { $0.union($1) }
        // outputs that nobody has taken yet are worth nothing
        for (folder, names) in pending where folder.place == place && !names.isEmpty && folder.path != "attempts" {
            let names = names.map(\.string).sorted().joined(separator: ", ")
            violations.append("“\(change)” is committed before \(place)/\(folder.path) has on the disk: \(names)")
        }
        for (file, isSynced) in isSynced where file.place == place && !isSynced && !file.path.starts(with: "attempts") {
            violations.append("“\(change)” is committed before the content of \(place)/\(file.path) is on the disk")
        }
    }

    // MARK: Turns

    private mutating func checkTurn(of operation: DiskOperation, in place: Place) {
        switch (place, operation) {
        case (.outbox, .create(let path)):
            if step != "L2 planned", step != "L4 next name" || !path.string.hasSuffix(".sha256.partial") {
                violations.append("\(path) is written after “\(step)”")
            }
        case (.outbox, .rename(let path, let new)): checkExposing(path, new)
        case (.inbox, .rename(let path, _)):
            checkInbox(path)
            guard !path.isOurs else { break }
            if isMarkerMoved { violations.append("\(path) is moved after the marker") }
            isMarkerMoved = path.lastComponent?.string.hasSuffix("batch.ready") == true
        case (.inbox, .remove(let path)):
            checkInbox(path)
            // where a rename is a link and a removal, the removal is a part of it
            let isMoved = oldNames[parent(of: path, in: place)]?.contains(path) == true
            if !path.isOurs, !isMoved { violations.append("\(path) is removed, not moved") }
        case (.inbox, .create(let path)), (.inbox, .makeFolder(let path)), (.inbox, .link(_, let path)),
            (.inbox, .replace(let path, _)):
            checkInbox(path)
        case (.work, .create(let path)) where path.starts(with: "attempts"):
            unusedAttempts -= 1
            if unusedAttempts < 0 { violations.append("\(path) is made before its attempt is committed") }
        default: break
        }
    }

    private mutating func checkExposing(_ path: FilePath, _ new: FilePath) {
        if step != "L4 prepared", step != "L4 next name" { violations.append("\(new) appears after “\(step)”") }
        if !exposed.insert(path).inserted { violations.append("\(path) gets a name that is not committed: \(new)") }
        let rank = [".csv", ".zip.sha256", ".zip"].firstIndex { new.string.hasSuffix($0) } ?? 0
        if rank < lastRank { violations.append("\(new) appears too late") }
        lastRank = rank
    }

    private mutating func checkInbox(_ path: FilePath) {
        // an earlier delivery may have left files that are moved at last
        let isInTurn = step == "L6 delivered" || step == "L8 archived"
        if !isInTurn { violations.append("the inbox is changed after “\(step)”: \(path)") }
    }

    private static let followers = [
        "L1 closed": ["", "L8 archived"], "L2 planned": ["L1 closed"], "L4 prepared": ["L2 planned"],
        "L4 next name": ["L4 prepared", "L4 next name"], "L6 delivered": ["L4 prepared", "L4 next name"],
        "L8 archived": ["L6 delivered"],
    ]

    private mutating func take(commit change: String) {
        if let before = Self.followers[change] {
            if !before.contains(step) { violations.append("“\(change)” is committed after “\(step)”") }
            step = change
        }
        switch change {
        case "L1 closed": isMarkerMoved = false
        case "L4 prepared", "L4 next name":
            (exposed, lastRank) = ([], 0)
            if change == "L4 prepared" { checkIsKept(.outbox, before: change) }
        case "L6 delivered": checkIsKept(.outbox, before: change)
        case "L8 archived", "late moves": checkIsKept(.inbox, before: change)
        case "begin attempt": unusedAttempts += 1
        case "end attempt": checkIsKept(.work, before: change)
        default: break
        }
    }
}

extension DiskOperation {
    /// The first that it is about.
    fileprivate var path: FilePath {
        switch self {
        case .create(let path), .write(let path, _), .allocate(let path, _), .copy(let path, _), .sync(let path),
            .setPermissions(let path), .rename(let path, _), .replace(let path, _), .link(let path, _),
            .remove(let path), .makeFolder(let path), .removeFolder(let path), .syncFolder(let path):
            path
        }
    }
}

extension FilePath {
    fileprivate var isIdentity: Bool {
        starts(with: ".heygem-watch") && !starts(with: ".heygem-watch/deleting")
    }

    /// Not a name that people or other programs look at.
    fileprivate func isHidden(in place: OperationLog.Place) -> Bool {
        place == .work ? starts(with: "attempts") : lastComponent?.string.hasPrefix(".") == true
    }

    /// In the inbox: in a folder of the service's own.
    fileprivate var isOurs: Bool {
        ["_archive", "_failed", ".heygem-watch"].contains { starts(with: FilePath($0)) }
    }
}
