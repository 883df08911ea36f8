import Foundation
import Pack
import Words

/// What `verify` says of a ZIP, for people and for programs.
struct VerifyText {
    let report: ArchiveReport
    let zip: String
    let language: Language

    var text: String { lines.map(PlainText.line).joined(separator: "\n") }

    private var lines: [String] {
        switch report.verdict {
        case .sound: ([sound] + companions).map { $0.text(language) }
        case .noZip, .foreign:
            ["\(zip): " + Phrase.joined(report.problems).text(language) + Phrase(".", zh: "。").text(language)]
        case .damaged: damage + [advice.text(language)]
        }
    }

    private var good: Int { report.items.count { $0.problems.isEmpty } }

    private var sound: Phrase {
        let (count, size) = (report.items.count, ByteText.text(report.bytes))
        return Phrase(
            "\(zip): all of it is there: \(count) \(count == 1 ? "video" : "videos"), \(size). Each is what its metadata.csv says.",
            zh: "\(zip)：全部完好：\(count) 个视频，\(size)。每个视频都与其中 metadata.csv 的记录一致。")
    }

    private var companions: [Phrase] {
        var phrases: [Phrase] = []
        if report.rowsWithoutVideo > 0 {
            let count = report.rowsWithoutVideo
            phrases.append(
                Phrase(
                    "\(count) more \(count == 1 ? "row has" : "rows have") no video; the CSV says why.",
                    zh: "另有 \(count) 行没有视频，原因见 CSV。"))
        }
        if report.checksumFile == .agrees {
            phrases.append(Phrase("The .sha256 file beside it agrees.", zh: "旁边的 .sha256 文件与之相符。"))
        }
        if report.table == .agrees {
            phrases.append(Phrase("The CSV beside it is the same.", zh: "旁边的 CSV 与其中的相同。"))
        }
        return phrases
    }

    /// A line for each thing that is wrong, first of the whole, then of the items.
    private var damage: [String] {
        let title = Phrase("\(zip) is not as it was delivered:", zh: "\(zip) 与交付时不一致：")
        let items = report.items.filter { !$0.problems.isEmpty }.map { item in
            let name = item.video.isEmpty ? item.name : item.video
            return "  \(name): " + Phrase.joined(item.problems).text(language)
        }
        return [title.text(language)] + report.problems.map { "  " + $0.text(language) } + items
    }

    private var advice: Phrase {
        let count = report.items.count
        return Phrase(
            "\(good) of \(count) \(count == 1 ? "video is" : "videos are") as delivered. Copy the ZIP again from the outbox; if it is wrong there too: heygem-watch retry BATCH",
            zh: "\(count) 个视频中有 \(good) 个与交付时一致。请从输出文件夹重新复制该 ZIP；若那里的也有问题，请运行：heygem-watch retry 批次名")
    }

    /// Stable names, words in the set language.
    func json() throws -> String {
        try JSONForm.text(
            JSON(
                zip: zip, ok: report.verdict == .sound, verdict: report.verdict.rawValue, bytes: report.bytes,
                sha256: report.sha256, videos: report.items.count, videosAsDelivered: good,
                rowsWithoutVideo: report.rowsWithoutVideo, checksumFile: report.checksumFile.rawValue,
                csv: report.table.rawValue, problems: report.problems.map { $0.text(language) },
                items: report.items.map { item in
                    JSON.Item(
                        item: item.name, video: item.video, ok: item.problems.isEmpty,
                        problems: item.problems.map { $0.text(language) })
                }))
    }

    private struct JSON: Encodable {
        struct Item: Encodable {
            var item: String
            var video: String
            var ok: Bool
            var problems: [String]
        }

        var zip: String
        var ok: Bool
        var verdict: String
        var bytes: Int64
        var sha256: String
        var videos: Int
        var videosAsDelivered: Int
        var rowsWithoutVideo: Int
        var checksumFile: String
        var csv: String
        var problems: [String]
        var items: [Item]
    }
}
