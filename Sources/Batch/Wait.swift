package import SystemPackage
package import Words

/// What keeps a batch from closing.
package enum Wait: Sendable, Hashable {
    /// Somebody has to mend something: see ``BatchReport/problems``.
    case mending
    /// Somebody has to let it go on: it was cancelled.
    case resuming
    /// Files of it are still being written.
    case copying(files: Int)
    /// Files of it are not there, or not as `SHA256SUMS` says.
    case proof(files: Int)
    /// All else has ended, and files that end too early may still be completed: the last one waited for, of how many, and until when on the
    /// clock of the rules.
    case completion(of: FilePath, count: Int, until: Duration)
    /// It has a marker and nothing to deliver.
    case members
    /// All that is there is done or on its way, and no marker has come.
    case marker
    /// The same, where quiet does as well as a marker.
    case markerOrQuiet(Duration)
    /// Items have no outcome yet.
    case videos(Int)
    /// The marker expects more items.
    case items(ended: Int, of: Int)
    /// Nothing but time.
    case quiet(Duration, afterMarker: Bool)

    /// A sentence after the batch's name.
    package var words: Phrase {
        switch self {
        case .mending: Phrase("is held until it is mended", zh: "已搁置，需先改正问题")
        case .resuming: Phrase("is cancelled", zh: "已取消")
        case .copying(1): Phrase("waits for 1 file that is still being copied", zh: "正在等待 1 个文件复制完成")
        case .copying(let files):
            Phrase("waits for \(files) files that are still being copied", zh: "正在等待 \(files) 个文件复制完成")
        case .proof(1): Phrase("waits until 1 file is as SHA256SUMS says", zh: "正在等待 1 个文件与 SHA256SUMS 一致")
        case .proof(let files):
            Phrase("waits until \(files) files are as SHA256SUMS says", zh: "正在等待 \(files) 个文件与 SHA256SUMS 一致")
        case .completion(let file, 1, _):
            Phrase("waits whether more of \(file) comes, which ends too early", zh: "\(file) 提前结束，正在等待其余内容")
        case .completion(let file, let count, _):
            Phrase(
                "waits whether more of \(file) and \(count - 1) others comes, which end too early",
                zh: "\(file) 等 \(count) 个文件提前结束，正在等待其余内容")
        case .members: Phrase("has a marker, and waits for audio and avatar files", zh: "已有完成标记，正在等待音频和形象文件")
        case .marker: Phrase("waits for a marker", zh: "正在等待完成标记")
        case .markerOrQuiet(let quiet):
            Phrase(
                "waits for a marker, or until it has been quiet for \(Self.text(quiet))",
                zh: "正在等待完成标记，或 \(Self.text(quiet, .zh))内没有变化")
        case .videos(1): Phrase("waits for 1 video", zh: "正在等待 1 个视频")
        case .videos(let count): Phrase("waits for \(count) videos", zh: "正在等待 \(count) 个视频")
        case .items(let ended, let wanted):
            Phrase(
                "waits for more items: \(ended) of the \(wanted) that the marker expects are done",
                zh: "正在等待更多项目：完成标记预期 \(wanted) 个，已完成 \(ended) 个")
        case .quiet(let quiet, afterMarker: false):
            Phrase("waits until it has been quiet for \(Self.text(quiet))", zh: "正在等待 \(Self.text(quiet, .zh))内没有变化")
        case .quiet(let quiet, afterMarker: true):
            Phrase(
                "waits until it has been quiet for \(Self.text(quiet)) because files changed after the marker",
                zh: "完成标记之后文件有变化，正在等待 \(Self.text(quiet, .zh))内没有变化")
        }
    }

    private static func text(_ duration: Duration, _ language: Language = .en) -> String {
        let seconds = duration / .seconds(1)
        let isMinutes = seconds >= 60 && seconds.truncatingRemainder(dividingBy: 60) == 0
        let number = isMinutes ? seconds / 60 : seconds
        let digits = number == number.rounded() ? "\(Int(number))" : "\(number)"
        return switch language {
        case .en: "\(digits) \(isMinutes ? "min" : "s")"
        case .zh: "\(digits) \(isMinutes ? "分钟" : "秒")"
        }
    }
}
