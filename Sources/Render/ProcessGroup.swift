import Glibc

/// A process group, seen through /proc. Valid while its leader has not been reaped: only then is its number its own.
struct ProcessGroup {
    let leader: pid_t

    /// Resident bytes of all members; pages that they share count for each.
    var memory: Int64 {
        members().reduce(0) { $0 + $1.resident }
    }

    /// Whether a member is left that is no zombie.
    var isAlive: Bool {
        members().contains { !$0.isZombie }
    }

    /// The corresponding C function is `kill`, with the group.
    func send(_ signal: Int32) {
        kill(-leader, signal)
    }

    private func members() -> [ProcessStatus] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var members: [ProcessStatus] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.first?.isNumber == true, let text = Self.read("/proc/\(name)/stat") else { continue }
            guard let status = ProcessStatus(text), status.group == leader else { continue }
            members.append(status)
        }
        return members
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let file = Descriptor(owning: descriptor)
        // a line of some 300 bytes
        var buffer = [UInt8](repeating: 0, count: 1024)
        guard case .bytes(let bytes) = file.read(into: &buffer) else { return nil }
        return Array(bytes)
    }
}

/// What `/proc/<pid>/stat` tells of a process (proc(5)).
package struct ProcessStatus {
    package let isZombie: Bool
    package let group: Int32
    /// Bytes.
    package let resident: Int64

    private static let page = Int64(sysconf(Int32(_SC_PAGESIZE)))

    /// The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
    package init?(_ text: [UInt8]) {
        guard let name = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = text[(name + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        // fields 3, 5 and 24 of the line
        guard fields.count > 21, let group = Int32(fields[2]), let pages = Int64(fields[21]) else { return nil }
        isZombie = fields[0] == "Z" || fields[0] == "X"
        self.group = group
        resident = pages * Self.page
    }
}
