package import SystemPackage

/// Files for people: how many there are, and the first of them.
package struct FileSample: Sendable, Hashable {
    /// In byte order.
    package private(set) var first: [FilePath] = []
    package private(set) var count = 0

    /// More would make a status that nobody reads; with 100,000 files it would be megabytes.
    private static let limit = 50

    package init(_ files: some Sequence<FilePath> = []) {
        for file in files { insert(file) }
    }

    private mutating func insert(_ file: FilePath) {
        count += 1
        if first.count == Self.limit, let last = first.last, last.precedes(file) { return }
        let position = first.firstIndex { file.precedes($0) } ?? first.endIndex
        first.insert(file, at: position)
        if first.count > Self.limit { first.removeLast() }
    }
}
