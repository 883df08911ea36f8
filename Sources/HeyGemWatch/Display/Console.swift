import Foundation
import Synchronization
import Words

/// Standard error, shared by log lines and the progress bar: a line written while a bar stands goes above it.
final class Console: Sendable {
    let isTerminal: Bool
    private let bar = Mutex("")

    init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
        self.isTerminal = isTerminal
    }

    /// Columns; 80 where the terminal doesn't say.
    var width: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    func line(_ text: String) {
        bar.withLock { bar in
            write((bar.isEmpty ? "" : Self.clear) + PlainText.line(text) + "\n" + bar)
        }
    }

    /// Shows the bar, or takes it away with an empty text; nothing where standard error is no terminal.
    func show(bar text: String) {
        guard isTerminal else { return }
        let text = PlainText.line(text)
        bar.withLock { bar in
            guard bar != text else { return }
            write(Self.clear + text)
            bar = text
        }
    }

    /// Back to the first column, and the line erased.
    private static let clear = "\r\u{1B}[2K"

    private func write(_ text: String) {
        // a closed terminal must not end the service
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
