package import SystemPackage

/// A name in a folder and what stands under it.
package struct FolderEntry: Sendable, Hashable {
    package var name: FilePath.Component
    package var kind: FileKind

    package init(name: FilePath.Component, kind: FileKind) {
        self.name = name
        self.kind = kind
    }
}
