import Glibc
package import SystemPackage

/// Linux names are bytes: they are compared and kept as such, and turned into text only to be shown.
extension FilePath {
    /// - Parameter bytes: without NUL.
    package init(bytes: some Sequence<UInt8>) {
        let terminated = bytes.map(CChar.init(bitPattern:)) + [0]
        self = terminated.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }

    package var bytes: [UInt8] { withPlatformString(copied) }

    func precedes(_ other: FilePath) -> Bool {
        withPlatformString { mine in other.withPlatformString { comesBefore(mine, $0) } }
    }
}

extension FilePath.Component {
    package var bytes: [UInt8] { withPlatformString(copied) }

    func precedes(_ other: FilePath.Component) -> Bool {
        withPlatformString { mine in other.withPlatformString { comesBefore(mine, $0) } }
    }
}

extension Sequence<FilePath> {
    func sortedByBytes() -> [FilePath] { sorted { $0.precedes($1) } }
}

private func copied(_ string: UnsafePointer<CInterop.PlatformChar>) -> [UInt8] {
    UnsafeBufferPointer(start: string, count: strlen(string)).map(UInt8.init(bitPattern:))
}

private func comesBefore(
    _ left: UnsafePointer<CInterop.PlatformChar>, _ right: UnsafePointer<CInterop.PlatformChar>
) -> Bool {
    var (left, right) = (left, right)
    while left.pointee != 0, left.pointee == right.pointee {
        left += 1
        right += 1
    }
    return UInt8(bitPattern: left.pointee) < UInt8(bitPattern: right.pointee)
}
