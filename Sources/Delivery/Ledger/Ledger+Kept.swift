import Disk
import GRDB
import SystemPackage

extension Ledger {
    /// A kept file has the same content under another signature: somebody changed its rights, or made a copy.
    func keep(_ path: FilePath, _ signature: FileSignature, sha256: String) async throws {
        let (name, text) = (path.ledgerBytes, try JSONText.encode(signature))
        try await remember(sha256: sha256, of: path, signature: signature)
        try await write("keep") {
            try $0.execute(sql: "UPDATE kept SET signature = ? WHERE path = ?", arguments: [text, name])
        }
    }
}
