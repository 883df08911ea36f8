extension Reason {
    /// What happened and what to do, with `{…}` where the case at hand fills something in.
    package var sentence: Phrase {
        switch self {
        case .empty:
            Phrase("{file} is empty. Copy it again.", zh: "{file} 是空文件。请重新复制。")
        case .noSamples:
            Phrase(
                "{file} holds no sound: it is 0 seconds long. Record or export it again.",
                zh: "{file} 没有声音内容：长度为 0 秒。请重新录制或导出。")
        case .undecodable:
            Phrase(
                "{file} can't be read as {kind}. Open it in a player to see whether it is damaged, then export it again as {format}.",
                zh: "{file} 无法作为{kind}读取。请先在播放器中打开，看文件是否损坏，再重新导出为 {format}。")
        case .cut:
            Phrase(
                "{file} is not whole: the file ends too early. Copy it again.",
                zh: "{file} 不完整：文件提前结束。请重新复制。")
        case .unsupported:
            Phrase("{file} can't be used: {what}. {advice}", zh: "无法使用 {file}：{what}。{advice}")
        case .noSound:
            Phrase(
                "{file} has no sound track. Put a file with speech in its place.",
                zh: "{file} 没有音轨。请换成有语音的文件。")
        case .noFace:
            Phrase(
                "There is no face that can speak in {file}. Use a picture in which one face looks at you, or put {points} beside it.",
                zh: "{file} 中没有可以说话的人脸。请使用正面人脸的图片，或在旁边放一个 {points} 文件。")
        case .noPicture:
            Phrase(
                "{file} has no picture in it. Put a photo or a video in its place.",
                zh: "{file} 中没有画面。请换成照片或视频。")
        case .badPoints:
            Phrase("{file} can't be used: {what}. Correct it.", zh: "{file} 无法使用：{what}。请改正。")
        case .tooLong:
            Phrase(
                "{file} is longer than {limit}. Split it into shorter files.",
                zh: "{file} 超过 {limit}。请拆成较短的文件。")
        case .tooSmall:
            Phrase("{file} is too small: {size}. {advice}", zh: "{file} 太小：{size}。{advice}")
        case .tooLarge:
            Phrase(
                "{file} is too large ({size}). Make it smaller, at most {most}.",
                zh: "{file} 太大（{size}）。请缩小，最大 {most}。")
        case .notAFile:
            Phrase("{file} is {what}.", zh: "{file} 是{what}。")
        case .removed:
            Phrase("{file} is not there any more. Drop it again.", zh: "{file} 已不存在。请重新放入。")
        case .engine:
            Phrase("The video could not be made: {what}. {advice}", zh: "无法生成视频：{what}。{advice}")
        case .timeout:
            Phrase("Rendering took too long: {what}. {advice}", zh: "渲染时间过长：{what}。{advice}")
        case .memory:
            Phrase("Memory ran short: {what}. {advice}", zh: "内存不足：{what}。{advice}")
        case .interrupted:
            Phrase(
                "The service was ended {count} times while this was being rendered. Drop it again to try once more.",
                zh: "渲染此项时服务被中断了 {count} 次。请重新放入再试一次。")
        case .badResult:
            Phrase(
                "The finished video is not as it should be: {what}. {advice}",
                zh: "生成的视频不正确：{what}。{advice}")
        case .gaveUp:
            Phrase(
                "This was tried for {time}, and could not go on: {what}. Mend that, then try it again with heygem-watch retry.",
                zh: "已尝试 {time}，仍无法继续：{what}。请解决后用 heygem-watch retry 重试。")
        case .noPartner:
            Phrase("There is no {missing} for {file}. Add {advice}.", zh: "{file} 没有对应的{missing}。请添加{advice}。")
        case .badMarker:
            Phrase("{file}: {what}. Correct it, or make it empty.", zh: "{file}：{what}。请改正，或清空其内容。")
        case .badItems:
            Phrase("{file}: {what}. Correct it, or remove it.", zh: "{file}：{what}。请改正，或删除它。")
        case .badChecksums:
            Phrase("{file}: {what}. Correct it, or remove it.", zh: "{file}：{what}。请改正，或删除它。")
        case .notAsListed:
            Phrase(
                "Not as {file} says: {what}. Copy them again, or correct or remove the list.",
                zh: "与 {file} 不符：{what}。请重新复制这些文件，或改正、删除该清单。")
        case .markersDiffer:
            Phrase(
                "{file} say different things. Keep one of them, or make them equal.",
                zh: "{file} 内容不一致。请只保留一个，或使其内容相同。")
        case .cancelled:
            Phrase(
                "The batch was cancelled by {who}. To go on: heygem-watch retry {batch}",
                zh: "该批次已被 {who} 取消。要继续，请运行：heygem-watch retry {batch}")
        }
    }
}
