package import Disk
import GRDB
package import SystemPackage

/// Hashes of input files, so that a restart reads none of them again.
extension Ledger {
    /// - Returns: the SHA-256 of the file as it was with this signature; nil when it is not known.
    package func sha256(of path: FilePath, signature: FileSignature) async throws -> String? {
        let (path, signature) = (path.ledgerBytes, try JSONText.encode(signature))
        return try await read {
            try String.fetchOne(
                $0, sql: "SELECT sha256 FROM fileHash WHERE path = ? AND signature = ?", arguments: [path, signature])
        }
    }

    package func remember(sha256: String, of path: FilePath, signature: FileSignature) async throws {
        let (path, signature) = (path.ledgerBytes, try JSONText.encode(signature))
        try await write("hash") {
            try $0.execute(
                sql: """
                    INSERT INTO fileHash (path, signature, sha256) VALUES (?, ?, ?)
                    ON CONFLICT (path) DO UPDATE SET signature = excluded.signature, sha256 = excluded.sha256
                    """, arguments: [path, signature, sha256])
        }
    }
}
