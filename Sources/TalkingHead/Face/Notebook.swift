/// Keeps what was found out about a video avatar's face from one render to the next, in two open files.
package struct Notebook {
    /// What an earlier render noted; nil where none did.
    package var known: MediaInput?
    /// An empty file for what is found now. It stays empty when there is nothing new.
    package var fresh: Int32

    package init(known: MediaInput?, fresh: Int32) {
        self.known = known
        self.fresh = fresh
    }

    /// Nil where nothing is known, and where what there is can't be: it may have been written by anybody, so all of it
    /// is checked.
    func record(for reader: PingPongReader, given: FacePoints?) -> FaceRecord? {
        guard let known, let input = try? DescriptorInput(known), input.size <= RecordFile.most,
            let bytes = try? input.bytes(at: 0, count: Int(input.size))
        else { return nil }
        return RecordFile(reader).record(bytes, given: given)
    }

    /// That it can't be written is no harm: then the next render finds it out anew.
    func note(_ record: FaceRecord, of reader: PingPongReader) {
        let bytes = RecordFile(reader).bytes(record)
        guard bytes.count <= RecordFile.most else { return }
        _ = bytes.withUnsafeBytes { DescriptorOutput.write($0, to: fresh, at: 0) }
    }
}
