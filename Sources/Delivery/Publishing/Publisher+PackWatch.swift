import Disk
import Foundation
import SystemPackage

/// Tells how far a pack is, and ends one that takes too long.
extension Publisher {
    /// Often enough for a bar, rare enough to cost nothing.
    private static let interval = Duration.seconds(1)

    /// Runs the work on a thread of its own.
    ///
    /// A call of the system that hangs can't be ended: the limit holds as soon as it comes back.
    /// - Parameter bytes: of all videos together.
    func watched<Value: Sendable>(
        _ delivery: DeliveryRecord, bytes: Int64, _ work: @escaping @Sendable (Cancellation) throws -> Value
    ) async throws -> Value {
        let cancellation = Cancellation()
        defer { send.yield(.packed(delivery: delivery.id)) }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await withTaskCancellationHandler {
                    try await offPool { try work(cancellation) }
                } onCancel: {
                    cancellation.cancel()
                }
            }
            group.addTask {
                try await watch(delivery, bytes: 2 * bytes, cancellation)
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// Until it is cancelled.
    private func watch(_ delivery: DeliveryRecord, bytes: Int64, _ cancellation: Cancellation) async throws {
        let limit = patience.limit(of: delivery.id, bytes: bytes)
        var progress = PackProgress(
            delivery: delivery.id, batch: delivery.batch.title, bytesDone: 0, bytesTotal: bytes, since: date(),
            isSlow: false)
        let start = elapsed()
        while elapsed() - start < limit {
            try await clock.sleep(for: Self.interval)
            progress.bytesDone = min(cancellation.progress, bytes)
            progress.isSlow = elapsed() - start >= settings.packLimits.soft
            send.yield(.packing(progress))
        }
        patience.noteEnd(of: delivery.id)
        throw PackTooSlow(limit: limit, progress: progress)
    }
}
