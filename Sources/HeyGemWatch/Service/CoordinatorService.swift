import Delivery
import ServiceLifecycle

/// The coordinator as a service: at a graceful shutdown it hands back what runs, and returns.
struct CoordinatorService: Service {
    let coordinator: Coordinator

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await coordinator.run() }
        } catch is CancellationError {
            // the shutdown itself
        }
    }
}

/// Writes the status for as long as the service runs, and once more at its end.
struct StatusService: Service {
    let writer: StatusWriter
    let show: @Sendable (ServiceStatus) -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown { await writer.run(show: show) }
    }
}
