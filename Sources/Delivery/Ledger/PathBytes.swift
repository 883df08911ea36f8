import Foundation
import SystemPackage

/// Paths stand in the ledger as the bytes that the file system has: names on Linux need not be text.
extension FilePath {
    var ledgerBytes: Data {
        withPlatformString { Data(bytes: $0, count: strlen($0)) }
    }

    init(ledgerBytes: Data) {
        let terminated = ledgerBytes.map(CChar.init(bitPattern:)) + [0]
        self = terminated.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return FilePath() }
            return FilePath(platformString: start)
        }
    }
}
