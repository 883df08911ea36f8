import Foundation
import Watch
import Words

/// The lines of a status in one language.
struct StatusWords {
    let language: Language

    func say(_ en: String, _ zh: String) -> String { Phrase(en, zh: zh).text(language) }

    func headline(isRunning: Bool, at time: String) -> String {
        isRunning
            ? say("HeyGemWatch is running. As of \(time):", "HeyGemWatch 正在运行。截至 \(time)：")
            : say("HeyGemWatch is not running. When it ended, \(time):", "HeyGemWatch 未在运行。结束时（\(time)）：")
    }

    /// Where events tell of all, nobody needs to know.
    func watching(_ way: Watching?, on fileSystem: String?) -> [String] {
        guard let way, way != .events else { return [] }
        let kind = fileSystem ?? say("unknown", "未知")
        return [say("The inbox (\(kind)) is watched by \(way.phrase.en).", "输入文件夹（\(kind)）的监视方式：\(way.phrase.zh)。")]
    }

    func items(_ count: Int) -> String { say("\(count) \(count == 1 ? "item" : "items")", "\(count) 个项目") }

    /// One line, and one more for each thing that holds the batch.
    func lines(_ batch: ServiceStatus.OpenBatch) -> [String] {
        var parts = [
            say(
                "\(batch.ended) of \(batch.items) \(batch.items == 1 ? "item" : "items") done",
                "共 \(batch.items) 个项目，已完成 \(batch.ended) 个")
        ]
        if let expect = batch.expect {
            parts.append(say("\(expect.wanted) expected", "预期 \(expect.wanted) 个"))
        }
        if batch.bad > 0 { parts.append(say("\(batch.bad) without a video", "\(batch.bad) 个没有视频")) }
        parts += list(batch.unpaired, say("without a partner", "缺少配对"))
        parts += list(batch.unusable, say("can't be used", "无法使用"))
        parts += list(batch.others, say("only to be archived", "仅归档"))
        if batch.unprovenCount > 0 {
            let names = batch.unproven.prefix(Self.namesInLine).map { "\($0.path) (\($0.reason))" }
            let words = say("not as SHA256SUMS says", "与 SHA256SUMS 不符")
            parts.append(words + colon + some(of: names, batch.unprovenCount))
        }
        parts += list(batch.incomplete.map(\.path), say("end too early", "提前结束"))
        if !batch.waitsFor.isEmpty { parts.append(batch.waitsFor) }
        let name = batch.title.map { $0 == batch.name ? $0 : say("\($0) (\(batch.name))", "\($0)（\(batch.name)）") }
        return [(name ?? batch.name) + colon + parts.joined(separator: semicolon)]
            + batch.problems.map { "  ! \($0.text)" }
    }

    func line(_ item: ServiceStatus.RunningItem) -> String {
        let name = "\(item.batch) / \(item.item)"
        guard item.isSlow else { return item.frames > 0 ? "\(name)\(colon)\(100 * item.frame / item.frames) %" : name }
        let silence = say("last progress \(time(item.silentSeconds)) ago", "上次进展在 \(time(item.silentSeconds))前")
        let frame =
            item.frames > 0
            ? say("frame \(item.frame) of \(item.frames)", "第 \(item.frame) 帧，共 \(item.frames) 帧")
            : say("the inputs are being read", "正在读取输入文件")
        return name + colon
            + say(
                "has been rendering for \(time(item.seconds)), longer than usual: \(frame), \(silence)",
                "已渲染 \(time(item.seconds))，超出正常时间：\(frame)，\(silence)")
    }

    func line(_ retry: ServiceStatus.Retry) -> String {
        let name = retry.item.map { "\(retry.batch) / \($0)" } ?? retry.batch
        return retry.waitsFor.isEmpty ? name : name + colon + retry.waitsFor
    }

    func line(_ delivering: ServiceStatus.Delivering) -> String {
        var parts = [delivering.progress ?? "", delivering.waitsFor].filter { !$0.isEmpty }
        if delivering.isSlow {
            parts.insert(
                say(
                    "has been packing for \(time(delivering.seconds)), longer than usual",
                    "已打包 \(time(delivering.seconds))，超出正常时间"), at: 0)
        }
        return parts.isEmpty ? delivering.batch : delivering.batch + colon + parts.joined(separator: semicolon)
    }

    func line(_ delivered: ServiceStatus.Delivered) -> String {
        let bad =
            delivered.bad > 0 ? say(", \(delivered.bad) without (see the CSV)", "，\(delivered.bad) 个没有视频（见 CSV）") : ""
        let videos = delivered.videos
        let parts = delivered.zips.map { say(" in \($0) ZIPs", "，分为 \($0) 个 ZIP") } ?? ""
        return delivered.zip + colon + say("\(videos) \(videos == 1 ? "video" : "videos")", "\(videos) 个视频") + parts
            + bad
    }

    func line(_ move: PendingMove) -> String {
        let (count, names) = (move.files.count, some(of: move.files))
        return move.zip + colon
            + say(
                "\(count) \(count == 1 ? "file" : "files") of it could not be moved from the inbox (\(names)). "
                    + "Allow the service to move them, or remove them; it is tried again every hour.",
                "其中 \(count) 个文件无法从输入文件夹移走（\(names)）。请允许本服务移动，或自行删除；每小时会自动重试。")
    }

    func line(_ file: ServiceStatus.IgnoredFile) -> String { file.path + colon + file.reason }

    // MARK: Pieces

    private var colon: String { say(": ", "：") }
    private var semicolon: String { say("; ", "；") }

    private func list(_ names: [String], _ what: String) -> [String] {
        names.isEmpty ? [] : [what + colon + some(of: names)]
    }

    /// As many names as a line can take.
    private func some(of names: [String], _ count: Int? = nil) -> String {
        names.prefix(Self.namesInLine).joined(separator: say(", ", "、"))
            + ((count ?? names.count) > Self.namesInLine ? say(", ...", "……") : "")
    }

    private static let namesInLine = 5

    private func time(_ seconds: Int) -> String {
        seconds < 90
            ? say("\(seconds) s", "\(seconds) 秒") : say("\((seconds + 30) / 60) min", "\((seconds + 30) / 60) 分钟")
    }
}
