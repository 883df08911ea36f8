/// The times that decide when a batch may start its default pairs and when it closes.
package struct BatchRules: Sendable {
    /// How long nothing may happen in a batch before its default pairs start and before it closes.
    package var folderQuiet: Duration
    /// The same for closing, where a file changed after the marker appeared.
    package var lateGrace: Duration

    /// - Parameters:
    ///   - folderQuiet: 5 s on a local disk; twice the settle time on remote file systems.
    ///   - lateGrace: 30 s.
    package init(folderQuiet: Duration = .seconds(5), lateGrace: Duration = .seconds(30)) {
        self.folderQuiet = folderQuiet
        self.lateGrace = lateGrace
    }
}
