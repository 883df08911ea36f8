import Foundation
import TestPrograms
import Testing

extension Share {
    /// Runs a service while `body` works with it, then ends it in order.
    ///
    /// - Parameter user: the number of whom it runs as; nil: as the tests do.
    func serve(
        _ flags: [String] = [], environment: [String: String], as user: String? = nil,
        _ body: (RunningProgram) async throws -> Void
    ) async throws {
        var arguments = ["run"] + flags + options
        var program = BuiltProgram.service
        if let user {
            arguments = ["--reuid=\(user)", "--regid=\(user)", "--clear-groups", program.path] + arguments
            program = URL(fileURLWithPath: "/usr/bin/setpriv")
        }
        let service = RunningProgram(program, arguments, environment: environment)
        try service.start()
        // what never comes must not be waited for
        let watchdog = Task {
            try await Task.sleep(for: .seconds(120))
            service.kill()
        }
        defer { watchdog.cancel() }
        var failure: (any Error)?
        do { try await body(service) } catch { failure = error }
        service.terminate()
        let result = await service.end()
        #expect(result.status == 0, "\(result.errors)")
        if let failure { throw failure }
    }
}
