/// What an archive is to hold, in its order: names, sizes and times, kept close together, since there may be 100,000.
package struct ZipMembers: Sendable {
    private(set) var names = ByteStrings()
    package private(set) var sizes: [UInt64] = []
    /// Of the last change, in seconds since 1970.
    package private(set) var times: [Int64] = []

    package init() {}

    /// - Parameter name: as `SafeName` gives it, with `/` between folders.
    package mutating func append(name: String, size: UInt64, modified: Int64) {
        names.append(name.utf8)
        sizes.append(size)
        times.append(modified)
    }

    package var count: Int { names.count }

    package func name(of index: Int) -> String { String(decoding: names[index], as: UTF8.self) }
}

extension ZipMembers {
    /// Readers don't mind names that fail on unpacking: only the packer can prevent them.
    ///
    /// - Throws: `unusableName`, `nameTaken`.
    func checkNames() throws(ZipProblem) {
        var (files, folders): ([Int], Set<Int>) = ([], [])
        files.reserveCapacity(count)
        for index in 0..<count {
            let name = name(of: index)
            guard SafeName.isSafe(name), name.utf8.count <= Int(UInt16.max) else { throw .unusableName(name) }
            let key = NameKey(name)
            files.append(key.text.hashValue)
            for folder in key.folders { folders.insert(folder.hashValue) }
        }
        // hashes take a tenth of the memory of the keys, and almost never agree by chance
        files.sort()
        let isClear = zip(files, files.dropFirst()).allSatisfy(!=) && !files.contains(where: folders.contains)
        if !isClear { try checkClashes() }
    }

    private func checkClashes() throws(ZipProblem) {
        var (files, folders): (Set<String>, Set<String>) = ([], [])
        for index in 0..<count {
            let key = NameKey(name(of: index))
            guard files.insert(key.text).inserted else { throw .nameTaken(name(of: index)) }
            folders.formUnion(key.folders)
        }
        for index in 0..<count where folders.contains(NameKey(name(of: index)).text) {
            throw .nameTaken(name(of: index))
        }
    }
}
