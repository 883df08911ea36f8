import Foundation
import SystemPackage
import Words

/// The tree of a folder as text, as `tree -s` shows it.
enum FolderTree {
    static func text(of folder: FilePath) -> String {
        ([folder.lastComponent?.string ?? folder.string] + lines(folder, indent: "")).joined(separator: "\n")
    }

    private static func lines(_ folder: FilePath, indent: String) -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []).sorted()
        return names.enumerated().flatMap { index, name in
            let path = folder.appending(name)
            let isLast = index == names.count - 1
            let attributes = try? FileManager.default.attributesOfItem(atPath: path.string)
            let isFolder = attributes?[.type] as? FileAttributeType == .typeDirectory
            let size = (attributes?[.size] as? Int).map {
                "  (\($0.formatted(.number.locale(Locale(identifier: "en")))) bytes)"
            }
            let line = indent + (isLast ? "└── " : "├── ") + PlainText.line(name) + (isFolder ? "" : size ?? "")
            return [line] + (isFolder ? lines(path, indent: indent + (isLast ? "    " : "│   ")) : [])
        }
    }
}
