import Foundation
import TestPrograms

/// Writers that need the same servers and tools; one service serves them all at the same time.
struct WriterGroup: Sendable {
    let title: String
    let servers: [Server]
    /// Names of programs.
    let tools: [String]
    let writers: [Writer]

    static let all = [local, rsync, ssh, smb, internet]

    /// What is not on this machine; nil when the group can run.
    var missing: String? {
        let absent = (tools + servers.flatMap(\.tools)).first { !Self.isInstalled($0) }
        if let absent { return "skipped: no \(absent) here (scripts/setup --tests)" }
        return servers.contains(where: \.needsRoot) && geteuid() != 0 ? "skipped: needs root" : nil
    }

    private static func isInstalled(_ tool: String) -> Bool {
        let folders = tool.hasPrefix("/") ? [""] : ["/usr/local/bin/", "/usr/bin/", "/bin/", "/usr/sbin/"]
        return folders.contains { FileManager.default.fileExists(atPath: $0 + tool) }
    }
}
