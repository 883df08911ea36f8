package import SystemPackage

/// What decides when a batch may start its default pairs and when it closes, and what its markers are called.
package struct BatchRules: Sendable {
    /// How long nothing may happen in a batch before its default pairs start and before it closes.
    package var folderQuiet: Duration
    /// The same for closing, where a file changed after the marker appeared.
    package var lateGrace: Duration
    /// The names of markers.
    package var patterns: [NamePattern]
    /// How long a folder without marker has to be quiet to be closed; nil: it never is.
    package var closeAfter: Duration?
    /// How long a marker waits for as many items as it expects.
    package var expectTimeout: Duration
    /// How long nothing may have come of an audio or video that ends too early before that is final.
    package var incompleteGrace: Duration
    /// Absolute path of the face for audios that have no other. It lies outside the inbox and is no member of any batch.
    package var defaultAvatar: FilePath?

    /// `batch.ready` and `*.batch`.
    package static let standardPatterns = ["batch.ready", "*.batch"].compactMap(NamePattern.init)

    /// - Parameters:
    ///   - folderQuiet: 5 s on a local disk; twice the settle time on remote file systems.
    ///   - lateGrace: 30 s.
    ///   - expectTimeout: 24 h.
    ///   - incompleteGrace: 10 min.
    package init(
        folderQuiet: Duration = .seconds(5), lateGrace: Duration = .seconds(30),
        patterns: [NamePattern] = BatchRules.standardPatterns, closeAfter: Duration? = nil,
        expectTimeout: Duration = .seconds(86_400), incompleteGrace: Duration = .seconds(600),
        defaultAvatar: FilePath? = nil
    ) {
        self.folderQuiet = folderQuiet
        self.lateGrace = lateGrace
        self.patterns = patterns
        self.closeAfter = closeAfter
        self.expectTimeout = expectTimeout
        self.incompleteGrace = incompleteGrace
        self.defaultAvatar = defaultAvatar
    }
}
