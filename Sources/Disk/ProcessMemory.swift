import CInotify

/// What this process does with its memory.
package enum ProcessMemory {
    /// For a program that runs for months and seldom uses two threads at once: an eighth less memory at 100,000 files.
    ///
    /// To be called before threads are made.
    package static func shareHeap() { hgw_share_heap() }
}
