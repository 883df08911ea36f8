import Words

extension Publisher {
    /// Tries again to move inputs that could not be moved when their batch was delivered: to be called at the start and
    /// from time to time. As long as nothing has changed, nothing is written.
    ///
    /// - Returns: how many files are not pending any more.
    package func retryMoves() async throws(Obstruction) -> Int {
        var count = 0
        do {
            for (delivery, members) in try await ledger.pendingDeliveries() {
                let settled = try await move(members, of: delivery, isLate: true).filter { $0.fate != .refused }
                guard !settled.isEmpty else { continue }
                try await ledger.settle(settled, of: delivery, at: date())
                count += settled.count
            }
            return count
        } catch {
            throw Obstruction(error, doing: Phrase("moving delivered files", zh: "移动已交付的文件"))
        }
    }
}
