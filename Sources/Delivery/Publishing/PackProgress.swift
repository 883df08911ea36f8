package import Foundation
import Synchronization
package import Words

/// How far a pack is.
package struct PackProgress: Sendable, Equatable {
    /// The delivery's id.
    package var delivery: String
    /// The batch's name for people.
    package var batch: String
    /// Every byte counts twice: written, and read back.
    package var bytesDone: Int64
    package var bytesTotal: Int64
    package var since: Date
    /// It takes longer than it should.
    package var isSlow: Bool

    /// What it does, or waits for.
    package var words: Phrase {
        let half = bytesTotal / 2
        let share = { (done: Int64) in half > 0 ? min(100, done * 100 / half) : 0 }
        if bytesDone <= 0 { return Phrase("waits for the outbox to take the first bytes", zh: "等待输出文件夹接受数据") }
        if bytesDone < half {
            return Phrase("\(share(bytesDone)) % written", zh: "已写入 \(share(bytesDone))%")
        }
        if bytesDone == half { return Phrase("waits for the outbox's disk to store it", zh: "等待输出文件夹的磁盘存储数据") }
        return Phrase("written; \(share(bytesDone - half)) % checked", zh: "已写完，已校验 \(share(bytesDone - half))%")
    }
}

/// How long a pack may take.
package struct PackLimits: Sendable {
    /// From then on `status` tells that it takes long, and what it waits for.
    package var soft: Duration
    /// The hard limit, which ends a pack, is so many times as long.
    package var factor: Double

    package init(soft: Duration = .seconds(300), factor: Double = 3) {
        (self.soft, self.factor) = (soft, factor)
    }

    /// Bytes a second: a network of 100 Mbit/s moves five times as many.
    private static let slowestRate: Int64 = 2_000_000

    /// Time grows with the size, and doubles with each pack of this delivery that was ended: one that makes progress
    /// comes to its end, however slow the outbox is.
    ///
    /// - Parameter bytes: written and read together.
    package func hard(bytes: Int64, ends: Int) -> Duration {
        max(soft, .seconds(bytes / Self.slowestRate)) * factor * Double(1 << min(ends, 16))
    }
}

/// Remembers which packs have been ended for taking too long.
final class PackPatience: Sendable {
    let limits: PackLimits
    private let ends = Mutex<[String: Int]>([:])

    init(limits: PackLimits) { self.limits = limits }

    func limit(of delivery: String, bytes: Int64) -> Duration {
        limits.hard(bytes: bytes, ends: ends.withLock { $0[delivery, default: 0] })
    }

    func noteEnd(of delivery: String) { ends.withLock { $0[delivery, default: 0] += 1 } }

    func forget(_ delivery: String) { ends.withLock { $0[delivery] = nil } }
}

/// A pack was ended by its hard limit.
struct PackTooSlow: ToldError, CustomStringConvertible {
    let limit: Duration
    let progress: PackProgress

    var phrase: Phrase {
        let minutes = max(1, limit.components.seconds / 60)
        return Phrase(
            "it took longer than \(minutes) min (\(progress.words.en)); it is tried again with twice the time. "
                + "Look whether the outbox's disk or network is slow or stuck",
            zh: "超过 \(minutes) 分钟（\(progress.words.zh)）；将以加倍的时限重试。请检查输出文件夹的磁盘或网络是否过慢或卡住")
    }

    var description: String { phrase.en }
}
