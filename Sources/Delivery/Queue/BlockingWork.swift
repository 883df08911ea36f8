import Disk
import Dispatch

/// Runs what blocks for long (hashing, copying, fsync) on threads of its own, so that the cooperative ones stay free.
///
/// It is not ended by cancellation.
func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        // a queue of its own: Dispatch looks after the threads of concurrent ones once a second, for ever
        DispatchQueue(label: "heygem-watch.blocking", qos: .utility).async {
            continuation.resume(with: Result(catching: work))
        }
    }
}

/// The same for what may take minutes.
///
/// - Parameter work: given what tells it that the task was cancelled.
func cancellableOffPool<Value: Sendable>(
    _ work: @escaping @Sendable (Cancellation) throws -> Value
) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
        try await offPool { try work(cancellation) }
    } onCancel: {
        cancellation.cancel()
    }
}
