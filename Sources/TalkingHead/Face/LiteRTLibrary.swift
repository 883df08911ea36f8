import CLiteRT
package import Words

/// LiteRT's library, loaded into the process. It stays there: unloading is not supported by its thread pools.
package final class LiteRTLibrary {
    let handle: OpaquePointer

    /// - Throws: `engine` when the library isn't there or isn't the one we know.
    package init(path: String) throws(Problem) {
        var problem: UnsafePointer<CChar>?
        guard let handle = hgw_litert_open(path, &problem) else {
            let cause = problem.map { String(cString: $0) } ?? "unknown"
            throw .engine(
                Phrase("the library that finds faces can't be loaded (\(cause))", zh: "无法加载人脸检测库（\(cause)）"),
                advice: .runSetup)
        }
        self.handle = handle
    }
}
