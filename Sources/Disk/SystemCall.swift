import Glibc
import SystemPackage

/// Makes a system call that answers -1 and sets errno; again as long as a signal interrupts it.
func systemCall<Result: SignedInteger>(_ call: () -> Result) throws(Errno) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        // taken before anything else can overwrite it
        let error = Errno(rawValue: errno)
        guard error == .interrupted else { throw error }
    }
}
