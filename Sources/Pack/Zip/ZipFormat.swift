/// The numbers of PKWARE's APPNOTE 6.3 that we use, and those of our choice.
enum ZipFormat {
    static let localSignature: UInt32 = 0x0403_4B50
    static let centralSignature: UInt32 = 0x0201_4B50
    static let endSignature: UInt32 = 0x0605_4B50
    static let zip64EndSignature: UInt32 = 0x0606_4B50
    static let zip64LocatorSignature: UInt32 = 0x0706_4B50

    static let localHeaderSize = 30
    static let centralHeaderSize = 46
    /// How long zip64's end record is behind this very number.
    static let zip64EndRest: UInt64 = 44

    /// A number of 32 or 16 bits that says: look into the zip64 field. So a true value that is equal needs zip64 too.
    static let overflow32: UInt64 = 0xFFFF_FFFF
    static let overflow16: UInt64 = 0xFFFF

    static let zip64Field: UInt16 = 0x0001
    /// Info-ZIP's extended timestamp: UTC, to the second.
    static let timeField: UInt16 = 0x5455
    /// Android's zipalign: the alignment, then zeros. It stands in the local header only.
    static let paddingField: UInt16 = 0xD935

    static let utf8Flag: UInt16 = 1 << 11
    /// "Needs version 1.0" for a stored file, 4.5 for zip64.
    static let plainVersion: UInt16 = 10
    static let zip64Version: UInt16 = 45
    /// Unix, so that readers heed the mode.
    static let host: UInt16 = 3 << 8
    /// A regular file that everybody may read.
    static let attributes: UInt32 = 0o100644 << 16
}
