import TestPrograms

/// A way in which people's files come into the inbox.
struct Writer: Sendable {
    /// Also the name of its batch.
    let name: String
    /// What it does that a watcher has to withstand, for the table.
    let how: String
    /// A bash script that brings the folder `$FROM` to `$TO`: a face, a sound of 1.8 MB, a marker. It also finds
    ///
    /// - `$INBOX`, `$NAME`: `$TO` is `$INBOX/$NAME`
    /// - `$TMP`, `$MEMORY`: folders of its own, on the inbox's file system and on another one
    /// - `$LAST`: where it may write the time of its last byte, if it ends much later
    /// - `by_hand`, `pausing`, `interrupted`: the clients of Tests/WriterClients; `$RCLONE`
    /// - what the servers of its group say that they are reached by
    let script: String

    init(_ name: String, _ how: String, _ script: String) {
        (self.name, self.how, self.script) = (name, how, script)
    }
}
