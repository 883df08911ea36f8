import Batch
import Disk
import SystemPackage

/// The rules, and the time that they are told.
extension Coordinator {
    func apply(_ event: InboxEvent) {
        guard !isInboxAway else { return facts.heldBack(event) }
        var now = elapsed()
        if event == .tick {
            instants.end()
        } else {
            now = instants.instant(at: now, isFirstScan: !facts.hasScanned)
        }
        for action in rules.handle(event, now: now) {
            var frozen: [FilePath: FileSignature] = [:]
            if case .close(let closing) = action {
                frozen = facts.freeze(closing.members)
                facts.closing[closing.folder] = closing.name.text
            }
            add(.rules(action, frozen: frozen))
        }
        setAlarm()
    }

    private func setAlarm() {
        guard let deadline = rules.nextDeadline, alarm.map({ deadline < $0 }) ?? true else { return }
        alarm = deadline
        alarms.continuation.yield(deadline)
    }

    /// How long a folder has to rest depends on where the inbox lies, which may be known only once it is mounted.
    func takeFileSystem(_ name: String) {
        guard let quiet = parts.folderQuiet?(name) else { return }
        rules.setFolderQuiet(quiet)
        setAlarm()
    }

    /// Gives the rules their tick at each deadline. A deadline that moved to later wakes once in vain.
    func tick() async {
        await withDiscardingTaskGroup { group in
            for await alarm in alarms.stream {
                group.addTask {
                    // cancelled: the whole service ends
                    let pause = await alarm - self.elapsed()
                    guard (try? await self.clock.sleep(for: max(.zero, pause))) != nil else { return }
                    await self.ring(alarm)
                }
            }
        }
    }

    private func ring(_ rung: Duration) {
        if alarm == rung { alarm = nil }
        apply(.tick)
        changed()
    }
}
