package import Foundation
package import Words

/// What a person asks of the service through a command.
package struct Request: Hashable, Sendable, Codable {
    package enum Kind: Hashable, Sendable, Codable {
        /// Another try for what has no video, delivered anew; of a cancelled open batch: it goes on.
        ///
        /// - batch: an id, the name of a result, a name or a title; the newest of that name.
        /// - item: the name of one item; nil for all.
        case retry(batch: String, item: String?)
        /// The renders of an open batch end, and it is held.
        case cancel(batch: String)
        /// A cancelled open batch goes on.
        case resume(batch: String)
    }

    package var kind: Kind
    /// The user who gave the command.
    package var who: String
    package var at: Date

    package init(_ kind: Kind, who: String, at: Date = Date()) {
        self.kind = kind
        self.who = who
        self.at = at
    }

    package var batch: String {
        switch kind {
        case .retry(let batch, _), .cancel(let batch), .resume(let batch): batch
        }
    }
}

/// What came of a request so far.
package struct RequestAnswer: Hashable, Sendable, Codable {
    package enum State: String, Hashable, Sendable, Codable {
        /// It is under way: there will be another answer.
        case accepted
        case done
        /// It can't be done, and why.
        case refused
    }

    package var state: State
    /// For the one who asked.
    package var words: Phrase
    /// The id of the delivery that comes of it.
    package var delivery: String?

    package init(_ state: State, _ words: Phrase, delivery: String? = nil) {
        self.state = state
        self.words = words
        self.delivery = delivery
    }
}

/// A request with its number in the ledger.
package struct NumberedRequest: Hashable, Sendable {
    package var id: Int64
    package var request: Request
    /// nil while no service has seen it.
    package var answer: RequestAnswer?
}
