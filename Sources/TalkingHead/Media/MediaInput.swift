/// An open, seekable file. The name is for messages; nothing is ever opened by it.
package struct MediaInput: Hashable, Sendable {
    /// Read with `pread` only: its own position is left alone. The caller keeps it open and closes it.
    package var descriptor: Int32
    package var name: String

    package init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }
}
