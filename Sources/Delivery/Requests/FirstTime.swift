import Synchronization

/// True once.
final class FirstTime: Sendable {
    private let isOver = Atomic(false)

    func take() -> Bool { !isOver.exchange(true, ordering: .relaxed) }
}
