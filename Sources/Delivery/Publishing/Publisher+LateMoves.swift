import Words

extension Publisher {
    /// Tries again to move inputs that could not be moved when their batch was delivered: to be called at the start and
    /// from time to time. As long as nothing has changed, nothing is written.
    ///
    /// What is refused of one batch stops no other.
    ///
    /// - Returns: how many files are not pending any more.
    package func retryMoves() async throws(Obstruction) -> Int {
        var (count, refusal) = (0, nil as (any Error)?)
        do {
            for (delivery, members) in try await ledger.pendingDeliveries() {
                do { count += try await retry(members, of: delivery) } catch {
                    try Task.checkCancellation()
                    refusal = refusal ?? error
                }
            }
            if let refusal { throw refusal }
            return count
        } catch {
            throw Obstruction(error, doing: Phrase("moving delivered files", zh: "移动已交付的文件"))
        }
    }

    private func retry(_ members: [MemberRecord], of delivery: DeliveryRecord) async throws -> Int {
        let settled = try await move(members, of: delivery, isLate: true).filter { $0.fate != .refused }
        if !settled.isEmpty { try await ledger.settle(settled, of: delivery, at: date()) }
        return settled.count
    }
}
