import Dispatch

/// Runs what blocks for long (hashing, copying, fsync) on threads of its own, so that the cooperative ones stay free.
///
/// It is not ended by cancellation.
func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        blockingQueue.async { continuation.resume(with: Result(catching: work)) }
    }
}

private let blockingQueue = DispatchQueue(label: "heygem-watch.blocking", qos: .utility, attributes: .concurrent)
