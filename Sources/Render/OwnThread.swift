import Glibc

/// A thread for work that blocks, which Swift's cooperative threads must not.
enum OwnThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs a body on a new thread that takes no signals, SIGPIPE among them. False when the system gives no thread.
    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let context = Unmanaged.passRetained(Body(run)).toOpaque()
        let result = create(context)
        if result != 0 { Unmanaged<Body>.fromOpaque(context).release() }
        return result == 0
    }

    /// The same, and waits for its end; where the system gives no thread the body doesn't run.
    static func run(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            let isStarted = start {
                body()
                continuation.resume()
            }
            if !isStarted { continuation.resume() }
        }
    }

    /// The corresponding C function is `pthread_create`.
    private static func create(_ context: UnsafeMutableRawPointer) -> Int32 {
        var thread: pthread_t = 0
        let result = pthread_create(&thread, nil, enter, context)
        if result == 0 { pthread_detach(thread) }
        return result
    }

    private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
}
