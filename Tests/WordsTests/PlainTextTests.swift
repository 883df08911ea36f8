import Testing
import Words

/// Words from files and workers, made fit for terminals, logs and JSON.
@Suite struct PlainTextTests {
    static let evil = "a\u{1B}[31mb\nc\r\u{9B}d\u{7F}\u{202E}e\u{2066}\u{2028}\u{0}"

    @Test("in one line each character that nobody sees becomes a question mark")
    func line() {
        #expect(PlainText.line(Self.evil) == "a?[31mb?c??d??e???")
    }

    @Test("in several lines their ends and tabs stay")
    func lines() {
        #expect(PlainText.lines("a\n\tb\u{1B}c\r") == "a\n\tb?c?")
    }

    @Test(
        "what people write stays as it is",
        arguments: ["好的 演示 😀", "family 👨‍👩‍👧", "à la carte", "שלום", "\\ \"quoted\" -dash", ""])
    func plain(_ text: String) {
        #expect(PlainText.line(text) == text)
        #expect(PlainText.lines(text) == text)
        #expect(PlainText.json(text) == text)
    }

    @Test("JSON says the same with the characters written out")
    func json() {
        #expect(PlainText.json("{\n\"a\u{9B}\": \"\u{202E}x\u{2028}\"\n}") == "{\n\"a\\u009b\": \"\\u202ex\\u2028\"\n}")
    }

    @Test("of a worker's words nothing is kept that nobody sees, and no more than the limit")
    func keep() {
        #expect(PlainText.keep("a\u{1B}\u{202E}b\u{E000}c", limit: 4) == "a b")
        #expect(PlainText.keep("a\nb\tc", limit: 10, lines: true) == "a\nb\tc")
    }
}
