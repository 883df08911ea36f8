import Words

/// What can be wrong with media.
extension Problem {
    static func empty(_ name: String) -> Problem { Problem(.empty, file: name) }

    static func silent(_ name: String) -> Problem { Problem(.noSamples, file: name) }

    static func undecodable(_ name: String, wanted: MediaRole) -> Problem {
        Problem(.undecodable, file: name, ["kind": wanted.words, "format": wanted.advice])
    }

    static func cut(_ name: String) -> Problem { Problem(.cut, file: name) }

    /// - Parameter what: goes after "it uses".
    static func unsupported(_ name: String, what: Phrase, wanted: MediaRole) -> Problem {
        Problem(
            .unsupported, file: name,
            [
                "what": Phrase("it uses \(what.en), which is not supported", zh: "其使用的\(what.zh)不受支持"),
                "advice": .export(as: wanted),
            ])
    }

    /// Neither a picture nor a video by its name.
    static func noAvatar(_ name: String) -> Problem {
        Problem(
            .unsupported, file: name,
            [
                "what": Phrase("its ending is not that of a picture or video", zh: "扩展名不是图片或视频"),
                "advice": Phrase("Use a PNG, JPEG or MP4 file.", zh: "请使用 PNG、JPEG 或 MP4 文件。"),
            ])
    }

    static func noSound(_ name: String) -> Problem { Problem(.noSound, file: name) }

    static func noPicture(_ name: String) -> Problem { Problem(.noPicture, file: name) }

    static func noFace(_ name: String) -> Problem {
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        return Problem(.noFace, file: name, ["points": Phrase(verbatim: "\(stem).face.json")])
    }

    /// - Parameter seconds: of the longest that is taken.
    static func tooLong(_ name: String, seconds: Double) -> Problem {
        let minutes = (seconds / 6).rounded() / 10
        let number = minutes == minutes.rounded() ? "\(Int(minutes))" : "\(minutes)"
        let limit = Phrase(number == "1" ? "1 minute" : "\(number) minutes", zh: "\(number) 分钟")
        return Problem(.tooLong, file: name, ["limit": limit])
    }

    /// - Parameters:
    ///   - shown: the size that people see.
    ///   - fitted: the size within the limits.
    static func tooSmall(_ name: String, _ shown: PictureSize, fitted: PictureSize, _ limits: MediaLimits) -> Problem {
        let (size, least) = ("\(shown.width) x \(shown.height)", "\(limits.leastSide) x \(limits.leastSide)")
        if min(shown.width, shown.height) < limits.leastSide {
            return Problem(
                .tooSmall, file: name,
                [
                    "size": Phrase("\(size) pixels", zh: "\(size) 像素"),
                    "advice": Phrase("Use one of at least \(least) pixels.", zh: "请使用至少 \(least) 像素的图片或视频。"),
                ])
        }
        let small = "\(fitted.width) x \(fitted.height)"
        return Problem(
            .tooSmall, file: name,
            [
                "size": Phrase("\(size) pixels are \(small) when they are made to fit", zh: "\(size) 像素缩小后只有 \(small)"),
                "advice": Phrase("Cut out the part with the face.", zh: "请裁剪出有人脸的部分。"),
            ])
    }

    static func tooLarge(_ name: String, width: Int, height: Int, _ limits: MediaLimits = MediaLimits()) -> Problem {
        let most = "\(limits.width) x \(limits.height)"
        return Problem(
            .tooLarge, file: name,
            [
                "size": Phrase("\(width) x \(height) pixels", zh: "\(width) x \(height) 像素"),
                "most": Phrase("\(most) pixels", zh: "\(most) 像素"),
            ])
    }

    /// - Parameter size: of the file.
    static func tooManyBytes(_ name: String, size: Int64, megabytes: Int) -> Problem {
        Problem(
            .tooLarge, file: name,
            ["size": Phrase(verbatim: "\(size >> 20) MB"), "most": Phrase(verbatim: "\(megabytes) MB")])
    }

    static func unreadable(_ name: String, cause: String) -> Problem {
        .engine(Phrase("\(name) could not be read from the disk (\(cause))", zh: "无法从磁盘读取 \(name)（\(cause)）"))
    }

    /// FFmpeg refused something that has to work; the cause is its own words.
    static func engine(_ step: MediaStep, _ code: Int32) -> Problem {
        let cause = FFmpegError.words(code)
        return .engine(Phrase("\(step.words.en) failed (\(cause))", zh: "\(step.words.zh)失败（\(cause)）"))
    }

    static func engine(_ what: Phrase, advice: Phrase = .tryAgain) -> Problem {
        Problem(.engine, ["what": what, "advice": advice])
    }

    static func badResult(_ what: Phrase) -> Problem {
        Problem(.badResult, ["what": what, "advice": .tryAgain])
    }
}

extension Phrase {
    static func export(as role: MediaRole) -> Phrase {
        Phrase("Export it again as \(role.advice.en).", zh: "请重新导出为 \(role.advice.zh)。")
    }
}
