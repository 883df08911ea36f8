import Foundation
import StrictYAML
import Words

/// Where the configuration is looked for.
enum ConfigurationFile {
    private static let usualName = "heygem-watch.yaml"

    /// - Parameter name: the file that was asked for; without one it is `heygem-watch.yaml` here, if there is one.
    static func contents(_ name: String?) throws(ConfigurationProblem) -> (name: String, bytes: [UInt8])? {
        let path = name ?? usualName
        if let bytes = FileManager.default.contents(atPath: path) { return (path, [UInt8](bytes)) }
        guard name == nil, !FileManager.default.fileExists(atPath: path) else {
            throw ConfigurationProblem(
                file: path, words: Phrase("can't be read; is the path right?", zh: "无法读取；路径是否正确？"))
        }
        return nil
    }
}
