/// A frame of a video avatar as far as it is prepared for looking at it: what needs no other frame.
struct SeenFrame: Sendable {
    let picture: YUVPicture
    let pyramid: PicturePyramid
    let glance: Glance

    init(_ picture: YUVPicture) {
        self.picture = picture
        pyramid = PicturePyramid(picture)
        glance = Glance(pyramid)
    }
}
