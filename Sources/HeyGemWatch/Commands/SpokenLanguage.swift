import ArgumentParser
import Foundation
import Words

extension Settings {
    /// The language that people are spoken to in; `auto` is that of the environment.
    var spokenLanguage: Language {
        switch language {
        case .en: .en
        case .zh: .zh
        case .auto: Language(environment: ProcessInfo.processInfo.environment)
        }
    }
}

extension Language {
    /// Of commands that work without settings: a broken configuration must not keep them from their work.
    static var ofCommands: Language {
        let settings = try? CommonOptions.parse([]).settings()
        return settings?.spokenLanguage ?? Language(environment: ProcessInfo.processInfo.environment)
    }
}
