import CInotify
import Glibc
import SystemPackage

/// A child in a process group of its own, with pipes for its standard input, output and error.
final class ChildProcess {
    let pid: pid_t
    /// Closing it tells the worker to end.
    let input: Descriptor
    let output: Descriptor
    let errors: Descriptor
    /// Becomes readable when the child exits; nil on kernels before 5.3.
    let ending: Descriptor?
    private(set) var isReaped = false
    /// Resident bytes of the child itself at most; 0 before it is reaped.
    private(set) var peakMemory: Int64 = 0

    /// Starts a program with an empty environment, default signals, `/` as its folder, the pipes as 0, 1, 2 and `files`
    /// as 3, 4, ...; nothing else is open in it. The corresponding C function is `posix_spawn`.
    init(starting program: FilePath, arguments: [String], files: [Int32]) throws(Errno) {
        let (childInput, input) = try Descriptor.pipe()
        let (output, childOutput) = try Descriptor.pipe()
        let (errors, childErrors) = try Descriptor.pipe()
        for end in [input, output, errors] { try end.setNonBlocking() }
        let sources = [childInput.number, childOutput.number, childErrors.number] + files
        pid = try Self.spawn(program, arguments: arguments, descriptors: sources)
        self.input = input
        self.output = output
        self.errors = errors
        let pidfd = hgw_pidfd_open(pid)
        ending = pidfd >= 0 ? Descriptor(owning: pidfd) : nil
    }

    /// Whether the child has exited. It stays a zombie, so that its process group's number stays taken.
    var hasExited: Bool {
        var info = siginfo_t()
        let result = waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT)
        // ECHILD: someone else has reaped it
        return result == 0 ? info.si_signo == SIGCHLD : errno == ECHILD
    }

    /// Blocks until the child has exited.
    func waitForExit() {
        var info = siginfo_t()
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    }

    /// Takes the exit status of a child that has exited, and what it used.
    func reap() -> WorkerExit {
        guard !isReaped else { return .unknown }
        isReaped = true
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(pid, &status, WNOHANG, &usage) == pid else { return .unknown }
        // the kernel counts in KiB, and from the memory of this process, in whose place the child began
        peakMemory = Int64(usage.ru_maxrss) << 10
        // the macros of <sys/wait.h>: the low seven bits are the signal, the next byte the code
        let signal = status & 0x7f
        return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
    }

    private static func spawn(
        _ program: FilePath, arguments: [String], descriptors: [Int32]
    ) throws(Errno) -> pid_t {
        let end = Int32(descriptors.count)
        // first out of the way, or a source could be overwritten before its turn
        var copies: [Descriptor] = []
        for descriptor in descriptors { copies.append(try .copy(of: descriptor, lowest: end)) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, copy) in copies.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, copy.number, Int32(number))
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, end)
        // a worker must not keep a share busy
        posix_spawn_file_actions_addchdir_np(&actions, "/")

        var attributes = attributesOfAWorker()
        defer { posix_spawnattr_destroy(&attributes) }
        return try spawn(program, arguments: arguments, actions: &actions, attributes: &attributes, keeping: copies)
    }

    private static func spawn(
        _ program: FilePath, arguments: [String], actions: inout posix_spawn_file_actions_t,
        attributes: inout posix_spawnattr_t, keeping copies: [Descriptor]
    ) throws(Errno) -> pid_t {
        var pid: pid_t = 0
        let result = withExtendedLifetime(copies) {
            program.withPlatformString { path in
                let words = [strdup(path)] + arguments.map { strdup($0) } + [nil]
                defer { words.forEach { free($0) } }
                var environment: [UnsafeMutablePointer<CChar>?] = [nil]
                return posix_spawn(&pid, path, &actions, &attributes, words, &environment)
            }
        }
        guard result == 0 else { throw Errno(rawValue: result) }
        return pid
    }

    private static func attributesOfAWorker() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return attributes
    }
}
