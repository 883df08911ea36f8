/// Pictures of one size that are used again as soon as nobody has them any more: a fresh one of 1080p costs as many page
/// faults as its copy.
struct PicturePool {
    /// No reader has more in use at a time.
    private static let most = 8

    private var pictures: [YUVPicture] = []

    /// A picture with undefined contents that nobody else has.
    mutating func take(width: Int, height: Int) -> YUVPicture {
        for index in pictures.indices where isKnownUniquelyReferenced(&pictures[index]) {
            let picture = pictures[index]
            if picture.width == width, picture.height == height { return picture }
        }
        let picture = YUVPicture(width: width, height: height)
        if pictures.count < Self.most { pictures.append(picture) }
        return picture
    }
}
