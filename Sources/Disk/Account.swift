import Glibc

/// Users and groups of this machine, by number and by name.
package enum Account {
    /// - Parameter text: a name, or a number as it is.
    /// - Returns: nil for a name that this machine doesn't know.
    package static func userID(_ text: String) -> UInt32? {
        if let number = UInt32(text) { return number }
        var entry = passwd()
        return lookUp { buffer, size, found in
            var result: UnsafeMutablePointer<passwd>?
            let error = getpwnam_r(text, &entry, buffer, size, &result)
            found = result == nil ? nil : entry.pw_uid
            return error
        }
    }

    /// - Parameter text: a name, or a number as it is.
    /// - Returns: nil for a name that this machine doesn't know.
    package static func groupID(_ text: String) -> UInt32? {
        if let number = UInt32(text) { return number }
        var entry = group()
        return lookUp { buffer, size, found in
            var result: UnsafeMutablePointer<group>?
            let error = getgrnam_r(text, &entry, buffer, size, &result)
            found = result == nil ? nil : entry.gr_gid
            return error
        }
    }

    /// - Returns: nil for a user without a name: one of another machine, or of a container's host.
    package static func userName(_ id: UInt32) -> String? {
        var entry = passwd()
        return lookUp { buffer, size, found in
            var result: UnsafeMutablePointer<passwd>?
            let error = getpwuid_r(id, &entry, buffer, size, &result)
            found = result == nil ? nil : String(cString: entry.pw_name)
            return error
        }
    }

    /// Asks with a larger buffer as long as the answer doesn't fit; a group of a directory service may have thousands
    /// of members.
    private static func lookUp<Found>(
        _ ask: (UnsafeMutablePointer<CChar>, Int, inout Found?) -> Int32
    ) -> Found? {
        var size = 4096
        while size <= 1 << 22 {
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { buffer.deallocate() }
            var found: Found?
            let error = ask(buffer, size, &found)
            guard error == ERANGE else { return error == 0 ? found : nil }
            size *= 4
        }
        return nil
    }
}
