import Glibc
import Render
import Words

/// A descriptor that is written from its beginning to its end.
struct OutputFile {
    let descriptor: Int32

    /// Writes all; false when the system refuses.
    func append(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return false }
            rest = rest.dropFirst(max(0, count))
        }
        return true
    }

    func fill(_ bytes: [UInt8]) throws(Problem) {
        guard append(bytes) else { throw .notWritten(errno) }
    }

    /// What was written outlives a power cut. The corresponding C function is `fsync`.
    func sync() throws(Problem) {
        // EINVAL: a pipe or the like, where there is nothing to sync
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .notWritten(errno) }
    }
}

extension Problem {
    fileprivate static func notWritten(_ error: Int32) -> Problem {
        let cause = String(cString: strerror(error))
        let what = Phrase("the result could not be written (\(cause))", zh: "无法写入结果（\(cause)）")
        return Problem(.engine, ["what": what, "advice": .makeRoom])
    }
}
