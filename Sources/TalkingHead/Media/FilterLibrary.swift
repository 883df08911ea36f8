import CAVFilter
package import Words

/// FFmpeg's library of filters, which the pictures of videos go through.
package enum FilterLibrary {
    /// Begins to load it beside what the caller does next.
    package static func prepare() { hgw_filters_begin() }

    /// Loads it where that hasn't been done. A process that opens no more files later has to do this before.
    ///
    /// - Throws: `engine` when the library isn't there.
    package static func load() throws(Problem) {
        guard let cause = hgw_filters_open() else { return }
        let words = String(cString: cause)
        throw .engine(
            Phrase("FFmpeg's filters can't be loaded (\(words))", zh: "无法加载 FFmpeg 滤镜（\(words)）"), advice: .runSetup)
    }
}
