import Batch
import Foundation
import SystemPackage

/// Paths stand in the ledger as the bytes that the file system has: names on Linux need not be text.
extension FilePath {
    var ledgerBytes: Data { Data(bytes) }

    init(ledgerBytes: Data) { self.init(bytes: ledgerBytes) }
}
