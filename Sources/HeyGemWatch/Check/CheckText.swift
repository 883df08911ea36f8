import Words

/// Findings in words, for people and for programs.
struct CheckText {
    let language: Language

    func line(_ finding: Finding) -> String {
        let line = PlainText.line("\(mark(finding.grade))  \(finding.done.text(language))")
        guard let mend = finding.mend else { return line }
        let todo = Phrase("to do: ", zh: "处理方法：").text(language)
        return line + "\n" + String(repeating: " ", count: 9) + todo + PlainText.line(mend.text(language))
    }

    /// Of equal width on a terminal, where a Chinese character takes two columns.
    private func mark(_ grade: Finding.Grade) -> String {
        switch (grade, language) {
        case (.ok, .en): "ok     "
        case (.warning, .en): "warning"
        case (.problem, .en): "problem"
        case (.skipped, .en): "skipped"
        case (.ok, .zh): "正常   "
        case (.warning, .zh): "注意   "
        case (.problem, .zh): "问题   "
        case (.skipped, .zh): "跳过   "
        }
    }

    func summary(_ findings: [Finding]) -> String {
        let problems = findings.count { $0.grade == .problem }
        let warnings = findings.count { $0.grade == .warning }
        let rest =
            warnings == 0
            ? Phrase("", zh: "")
            : Phrase(
                " \(warnings) \(warnings == 1 ? "thing" : "things") could be better.", zh: "有 \(warnings) 项可以改进。")
        guard problems > 0 else {
            return Phrase("Everything that is needed is there.", zh: "所需条件全部具备。").text(language) + rest.text(language)
        }
        return Phrase(
            "\(problems) \(problems == 1 ? "thing has" : "things have") to be mended before the service can work.",
            zh: "有 \(problems) 项需要处理，之后服务才能工作。"
        ).text(language) + rest.text(language)
    }

    func json(_ findings: [Finding]) throws -> String {
        try JSONForm.text(
            JSON(
                ok: !findings.contains { $0.grade == .problem }, problems: findings.count { $0.grade == .problem },
                warnings: findings.count { $0.grade == .warning },
                findings: findings.map {
                    JSON.Entry(
                        id: $0.id, grade: $0.grade.rawValue, done: $0.done.text(language), mend: $0.mend?.text(language)
                    )
                }))
    }

    private struct JSON: Encodable {
        struct Entry: Encodable {
            var id: String
            var grade: String
            var done: String
            var mend: String?
        }

        var ok: Bool
        var problems: Int
        var warnings: Int
        var findings: [Entry]
    }
}
