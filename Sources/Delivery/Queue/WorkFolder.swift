package import SystemPackage

/// Names in the work folder, where finished videos wait for their delivery.
package enum WorkFolder {
    /// Outputs of attempts that have not ended.
    package static let attempts: FilePath = "attempts"

    static func attempt(_ id: Int64) -> FilePath { attempts.appending("\(id).mp4") }

    /// The finished video of a render.
    package static func video(_ key: String) -> FilePath { FilePath("\(key).mp4") }
}
