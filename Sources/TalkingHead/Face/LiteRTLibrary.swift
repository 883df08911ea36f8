import CLiteRT

/// LiteRT's library, loaded into the process. It stays there: unloading is not supported by its thread pools.
final class LiteRTLibrary {
    let handle: OpaquePointer

    /// - Throws: `engine` when the library isn't there or isn't the one we know.
    init(path: String) throws(MediaProblem) {
        var problem: UnsafePointer<CChar>?
        guard let handle = hgw_litert_open(path, &problem) else {
            let cause = problem.map { String(cString: $0) } ?? "unknown"
            throw MediaProblem(
                reason: "engine", message: "The library that finds faces can't be loaded (\(cause)). Run scripts/setup."
            )
        }
        self.handle = handle
    }
}
