/// Every code that the CSV, the status and the log give as a reason. Never rename one: programs read them.
package enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
    // rejected: the input is unusable
    case empty
    case noSamples = "no_samples"
    case undecodable, cut, unsupported
    case noSound = "no_sound"
    case noFace = "no_face"
    case noPicture = "no_picture"
    case badPoints = "bad_points"
    case tooLong = "too_long"
    case tooSmall = "too_small"
    case tooLarge = "too_large"
    case notAFile = "not_a_file"
    case removed
    // failed: an engine gave up
    case engine, timeout, memory, interrupted
    case badResult = "bad_result"
    case gaveUp = "gave_up"
    // unpaired
    case noPartner = "no_partner"
    // held
    case badMarker = "bad_marker"
    case badItems = "bad_items"
    case badChecksums = "bad_checksums"
    case notAsListed = "not_as_listed"
    case markersDiffer = "markers_differ"
    case cancelled

    /// What a reason makes of an item or a batch.
    package enum Consequence: String, Sendable {
        /// The input is unusable: replace it.
        case rejected
        /// The engine gave up: trying again may help.
        case failed
        case unpaired
        /// The batch waits until somebody mends something.
        case held
    }

    package var consequence: Consequence {
        switch self {
        case .empty, .noSamples, .undecodable, .cut, .unsupported, .noSound, .noFace, .noPicture, .badPoints,
            .tooLong, .tooSmall, .tooLarge, .notAFile, .removed:
            .rejected
        case .engine, .timeout, .memory, .interrupted, .badResult, .gaveUp: .failed
        case .noPartner: .unpaired
        case .badMarker, .badItems, .badChecksums, .notAsListed, .markersDiffer, .cancelled: .held
        }
    }

    /// Whether another input would help and another try would not.
    package var isOfInput: Bool { consequence != .failed }
}
