import CFFmpeg
package import Words

/// Several frames of each of several videos in one picture to look at: a row a video, its name above.
package enum ContactSheet {
    /// - Parameters:
    ///   - videos: with the names that are to be shown.
    ///   - columns: frames a video, spread evenly over it.
    /// - Throws: what is wrong with one of the videos.
    package static func make(
        of videos: [MediaInput], columns: Int = 6, limits: MediaLimits = MediaLimits()
    ) throws(Problem) -> YUVPicture {
        precondition(columns > 0 && !videos.isEmpty)
        var rows: [[YUVPicture]] = []
        for video in videos { rows.append(try frames(of: video, count: columns, limits: limits)) }
        let width = rows.map { row in row.reduce(gap) { $0 + $1.width + gap } }.max() ?? 2
        let height = rows.reduce(gap) { $0 + label + ($1.first?.height ?? 0) + gap }
        let sheet = YUVPicture(width: width, height: height)
        sheet.fill(luma: 235)
        var top = gap
        for (video, row) in zip(videos, rows) {
            BitmapFont.draw(video.name, on: sheet, x: gap, y: top + 2, scale: 2)
            var left = gap
            for picture in row {
                sheet.paste(picture, x: left, y: top + label)
                left += picture.width + gap
            }
            top += label + (row.first?.height ?? 0) + gap
        }
        return sheet
    }

    /// Even, as the chroma has half the size.
    private static let gap = 8
    private static let label = 22
    /// Six of these fit side by side on a wide screen when they are 16:9.
    private static let thumbnail = (width: 400, height: 300)

    private static func frames(
        of video: MediaInput, count: Int, limits: MediaLimits
    ) throws(Problem) -> [YUVPicture] {
        var small = limits
        (small.width, small.height) = thumbnail
        (small.leastSide) = 2
        let reader = try VideoReader(video, limits: small)
        let total = max(1, reader.estimatedFrames)
        var result: [YUVPicture] = []
        var last: YUVPicture?
        for column in 0..<count {
            let wanted = (2 * column + 1) * total / (2 * count)
            if wanted > reader.position + 100 { try reader.seek(near: wanted) }
            while reader.position <= wanted, let picture = try reader.next() { last = picture }
            if let last { result.append(last) }
        }
        return result
    }
}
