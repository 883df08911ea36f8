/// What to do next, where several reasons give the same advice.
extension Phrase {
    package static let tryAgain = Phrase(
        "Try again; if it happens again, save the audio and the avatar anew from the program that made them.",
        zh: "请再试一次；若再次出现，请用原来的程序重新保存音频和形象文件。")
    package static let shorterAudio = Phrase("Try again with a shorter audio.", zh: "请换较短的音频再试。")
    package static let smallerPicture = Phrase(
        "Try again with a smaller picture or video.", zh: "请换较小的图片或视频再试。")
    package static let lessToDo = Phrase(
        "Try again when the machine has less to do, or with a shorter audio.",
        zh: "请在机器空闲时再试，或换较短的音频。")
    package static let runSetup = Phrase(
        "Run scripts/setup, or install HeyGemWatch again.", zh: "请运行 scripts/setup，或重新安装 HeyGemWatch。")
    package static let makeRoom = Phrase("Make room on the disk, then try again.", zh: "请清理磁盘空间后再试。")
}
