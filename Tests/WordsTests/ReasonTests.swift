import Testing
import Words

@Suite struct ReasonTests {
    @Test("every reason has a sentence in every language, with the same places to fill", arguments: Reason.allCases)
    func sentence(of reason: Reason) {
        #expect(!reason.sentence.en.isEmpty)
        #expect(reason.sentence.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        #expect(Self.places(reason.sentence.en) == Self.places(reason.sentence.zh))
    }

    @Test("a problem's sentence names what it is about, in the language asked for")
    func text() {
        let problem = Problem(.empty, file: "a{b}.wav")
        #expect(problem.text(.en) == "a{b}.wav is empty. Copy it again.")
        #expect(problem.text(.zh) == "a{b}.wav 是空文件。请重新复制。")
    }

    @Test(
        "the language follows the environment",
        arguments: [
            ([:], Language.en), (["LANG": "zh_CN.UTF-8"], .zh), (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], .en),
            (["LC_ALL": "", "LANG": "zh_TW"], .zh), (["LANG": "de_DE"], .en),
        ])
    func language(environment: [String: String], expected: Language) {
        #expect(Language(environment: environment) == expected)
    }

    private static func places(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
                String($0.prefix { $0 != "}" })
            })
    }
}
