import Foundation
import TestPrograms
import Testing

/// A real server on loopback, with settings, keys and state in a folder of its own.
enum Server: String, Sendable {
    case ssh, smb, ftp, webdav, http

    static let clients = BuiltProgram.repository.appendingPathComponent("Tests/WriterClients").path
    static let fetched = BuiltProgram.repository.appendingPathComponent(".tools/python").path
    static let rclone = fetched + "/bin/rclone"
    /// Debian's, for which the fetched packages are.
    static let python = "/usr/bin/python3"

    var tools: [String] {
        switch self {
        case .ssh: ["/usr/sbin/sshd", "ssh", "scp", "sftp"]
        case .smb: ["/usr/sbin/smbd", "smbpasswd", "smbclient", Self.fetched + "/smbprotocol"]
        case .ftp: ["/usr/lib/python3/dist-packages/pyftpdlib", "curl"]
        case .webdav: [Self.rclone, "curl"]
        case .http: ["curl", "wget"]
        }
    }

    /// They change to the user who logs in.
    var needsRoot: Bool { self == .ssh || self == .smb }

    /// What it prints on standard error when it can be reached.
    private var ready: String {
        switch self {
        case .ssh: "Server listening"
        case .smb: "waiting for connections"
        case .ftp, .http: "ready"
        case .webdav: "WebDav Server started"
        }
    }

    /// Starts it for an inbox and waits until it can be reached.
    ///
    /// - Parameters:
    ///   - folder: for all that it writes itself.
    ///   - source: what it offers for download.
    func start(inbox: URL, source: URL, in folder: URL) async throws -> Reached {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = try await Self.freePort()
        try await configure(inbox: inbox, port: port, in: folder)
        // ends by itself, should nobody be left to end it
        let program = RunningProgram(
            URL(fileURLWithPath: "/usr/bin/timeout"),
            ["300", "/bin/sh", "-c", command(inbox: inbox, source: source, port: port, in: folder)],
            environment: ["PATH": "/usr/sbin:/usr/bin:/bin"])
        try program.start()
        let isReady = await program.printsError(ready)
        let errors = isReady ? "" : await program.end().errors
        try #require(isReady, "\(self) did not start: \(errors)")
        return Reached(program: program, environment: environment(port: port, in: folder))
    }

    private func command(inbox: URL, source: URL, port: Int, in folder: URL) -> String {
        switch self {
        case .ssh: "mkdir -p -m 755 /run/sshd && exec /usr/sbin/sshd -D -e -f \(folder.path)/sshd_config"
        case .smb: "exec smbd -F --no-process-group --debug-stdout -d 2 -s \(folder.path)/smb.conf 1>&2"
        case .ftp: "exec \(Self.python) \(Self.clients)/ftp_server.py \(inbox.path) \(port)"
        case .webdav:
            "exec \(Self.rclone) serve webdav \(inbox.path) --config /dev/null --addr 127.0.0.1:\(port)"
        case .http: "exec \(Self.python) \(Self.clients)/http_server.py \(source.path) \(port)"
        }
    }

    /// What its clients have to know.
    private func environment(port: Int, in folder: URL) -> [String: String] {
        switch self {
        case .ssh: ["SSH": "\(folder.path)/config"]
        case .smb: ["SMB_PORT": "\(port)", "SMB_CONF": "\(folder.path)/smb.conf", "SMB_PASSWORD": Self.password]
        case .ftp: ["FTP": "ftp://127.0.0.1:\(port)"]
        case .webdav: ["DAV": "http://127.0.0.1:\(port)"]
        case .http: ["HTTP": "http://127.0.0.1:\(port)"]
        }
    }

    private static func freePort() async throws -> Int {
        let probe = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        let answer = try await BuiltProgram.tool("python3", ["-c", probe])
        return try #require(Int(answer.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}

/// A server that runs.
struct Reached: Sendable {
    let program: RunningProgram
    let environment: [String: String]

    func stop() async {
        program.terminate()
        _ = await program.end()
    }
}
