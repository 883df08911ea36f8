import Foundation
import TestPrograms

extension Server {
    /// Of the only user, on loopback, for as long as a test lasts.
    static let password = "only-here"

    func configure(inbox: URL, port: Int, in folder: URL) async throws {
        switch self {
        case .ssh: try await configureSSH(port: port, in: folder)
        case .smb: try await configureSMB(inbox: inbox, port: port, in: folder)
        case .ftp, .webdav, .http: break
        }
    }

    private func configureSSH(port: Int, in folder: URL) async throws {
        for key in ["host", "user"] {
            try await BuiltProgram.tool("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder.path)/\(key)"])
        }
        let server = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder.path)/host
            AuthorizedKeysFile \(folder.path)/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin yes
            Subsystem sftp /usr/lib/openssh/sftp-server

            """
        let client = """
            Host share
            HostName 127.0.0.1
            Port \(port)
            User root
            IdentityFile \(folder.path)/user
            IdentitiesOnly yes
            UserKnownHostsFile /dev/null
            StrictHostKeyChecking no
            LogLevel ERROR

            """
        try Data(server.utf8).write(to: folder.appendingPathComponent("sshd_config"))
        try Data(client.utf8).write(to: folder.appendingPathComponent("config"))
    }

    private func configureSMB(inbox: URL, port: Int, in folder: URL) async throws {
        let kept = [
            "private dir", "lock directory", "state directory", "cache directory", "pid directory", "ncalrpc dir",
        ]
        var settings = """
            [global]
            server role = standalone server
            interfaces = lo
            bind interfaces only = yes
            smb ports = \(port)
            disable netbios = yes
            disable spoolss = yes
            load printers = no
            printcap name = /dev/null
            log file = \(folder.path)/log

            """
        for (number, setting) in kept.enumerated() {
            let place = folder.appendingPathComponent("\(number)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            settings += "\(setting) = \(place.path)\n"
        }
        settings += "[inbox]\npath = \(inbox.path)\nread only = no\n"
        let file = folder.appendingPathComponent("smb.conf").path
        try Data(settings.utf8).write(to: URL(fileURLWithPath: file))
        let answers = "\(Self.password)\\n\(Self.password)\\n"
        try await BuiltProgram.tool("sh", ["-c", "printf '\(answers)' | smbpasswd -c '\(file)' -s -a root"])
    }
}
