import Batch
import SystemPackage

/// `audio.*`, the lone pair and the configuration's default avatar.
extension Scenario {
    static let voices = speakers + lone + configured

    static let speakers = [
        Scenario(
            "audio.* speaks for every avatar of its folder, once the folder has been quiet",
            "0 copy d/audio.wav, d/1.png, d/2.mp4, d/3.wav, d/3.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.wav + d/1.png
                item 2 = d/audio.wav + d/2.mp4
                item 3 = d/3.wav + d/3.png
                marker d/batch.ready
                """,
            log: """
                2 render d/3.wav + d/3.png
                7 render d/audio.wav + d/1.png
                7 render d/audio.wav + d/2.mp4
                """),
        Scenario(
            "audio.* speaks for its own folder only",
            "0 copy d/audio.wav, d/1.png, d/x/2.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.wav + d/1.png
                half x/2 = d/x/2.png #x
                marker d/batch.ready
                """),
        Scenario(
            "an audio that comes for an avatar takes it from audio.*",
            """
            0 copy d/audio.wav, d/1.png, d/2.png
            20 copy d/1.wav, d/batch.ready
            """, inAnyOrder: true,
            gives: """
                27 close d
                item 1 = d/1.wav + d/1.png
                item 2 = d/audio.wav + d/2.png
                marker d/batch.ready
                """),
        Scenario(
            "with avatars to speak for, audio.* needs no avatar.* from above",
            "0 copy d/avatar.png, d/0.wav, d/x/audio.wav, d/x/1.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 0 = d/0.wav + d/avatar.png
                item x/1 = d/x/audio.wav + d/x/1.png #x
                marker d/batch.ready
                """),
        Scenario(
            "without any, it is an audio like others",
            "0 copy d/avatar.png, d/0.wav, d/audio.wav, d/x/audio.mp3, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 0 = d/0.wav + d/avatar.png
                item audio = d/audio.wav + d/avatar.png
                item x/audio = d/x/audio.mp3 + d/avatar.png #x
                marker d/batch.ready
                """),
        Scenario(
            "when the last avatar that it spoke for goes, it is an audio like others",
            """
            0 copy d/avatar.png, d/x/audio.wav, d/x/1.png
            20 gone d/x/1.png
            20 copy d/batch.ready
            """,
            gives: """
                28 close d
                item x/audio = d/x/audio.wav + d/avatar.png #x
                marker d/batch.ready
                """),
        Scenario(
            "audio.* speaks for the avatar.* of its folder as well",
            "0 copy d/audio.wav, d/avatar.png, d/1.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.wav + d/1.png
                item audio = d/audio.wav + d/avatar.png
                marker d/batch.ready
                """),
        Scenario(
            "of several audio.* the first in the order of endings, told in the note",
            "0 copy d/audio.mp3, d/Audio.wav, d/audio.flac, d/1.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.mp3 + d/1.png (audio.flac, Audio.wav were not used: audio.mp3 comes first)
                marker d/batch.ready
                other d/Audio.wav
                other d/audio.flac
                """),
        Scenario(
            "audio.wav and audio.png are partners by stem, and it speaks for the others",
            "0 copy d/audio.wav, d/audio.png, d/1.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.wav + d/1.png
                item audio = d/audio.wav + d/audio.png
                marker d/batch.ready
                """),
        Scenario(
            "audio.* does not speak for avatars that items.csv names",
            """
            0 copy d/audio.wav, d/1.png, d/2.png, d/x/1.wav, d/batch.ready
            0 write d/items.csv: audio,avatar|x/1.wav,1.png
            """, inAnyOrder: true,
            gives: """
                8 close d
                item 2 = d/audio.wav + d/2.png
                item x/1 = d/x/1.wav + d/1.png #x
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "and speaks for one that items.csv turns out not to mean",
            """
            0 copy d/VIP/audio.wav, d/VIP/1.png, d/1.wav
            0 write d/items.csv: audio,avatar|1.wav,vip/1.png
            20 copy d/vip/1.png, d/batch.ready
            """, inAnyOrder: true,
            gives: """
                28 close d
                item 1 = d/1.wav + d/vip/1.png
                item VIP/1 = d/VIP/audio.wav + d/VIP/1.png #VIP
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "an avatar that audio.* speaks for brings its points",
            "0 copy d/audio.wav, d/1.mp4, d/1.face.json, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.wav + d/1.mp4 + d/1.face.json
                marker d/batch.ready
                """),
        Scenario(
            "avatars of one stem that audio.* speaks for are two items, named with their endings",
            "0 copy d/audio.wav, d/1.png, d/1.mp4, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1.mp4 = d/audio.wav + d/1.mp4
                item 1.png = d/audio.wav + d/1.png
                marker d/batch.ready
                """),
        Scenario(
            "a changed audio.* renders all that it speaks for anew",
            """
            0 copy d/audio.wav, d/1.png, d/2.png
            20 copy d/audio.wav
            """,
            gives: "open d: 3 files, waits for a marker",
            log: """
                7 render d/audio.wav + d/1.png
                7 render d/audio.wav + d/2.png
                27 render d/audio.wav + d/1.png
                27 render d/audio.wav + d/2.png
                """),
        Scenario(
            "loose files have an audio.* too",
            "0 copy audio.wav, 1.png, batch.ready", inAnyOrder: true,
            gives: """
                8 close inbox
                item 1 = audio.wav + 1.png
                marker batch.ready
                """),
    ]

    static let lone = [
        Scenario(
            "a folder with nothing but avatar.* and audio.* is one item with its name",
            "0 copy July/avatar.png, July/audio.wav, July/notes.xyz, July/batch.ready", inAnyOrder: true,
            gives: """
                8 close July
                item July = July/audio.wav + July/avatar.png
                marker July/batch.ready
                other July/notes.xyz
                """),
        Scenario(
            "so are deeper ones",
            "0 copy d/anna/avatar.png, d/anna/audio.wav, d/x/bob/Avatar.MP4, d/x/bob/Audio.MP3, d/batch.ready",
            inAnyOrder: true,
            gives: """
                8 close d
                item anna = d/anna/audio.wav + d/anna/avatar.png #anna
                item x/bob = d/x/bob/Audio.MP3 + d/x/bob/Avatar.MP4 #x;bob
                marker d/batch.ready
                """),
        Scenario(
            "loose ones are called as their batch is",
            "0 copy avatar.png, audio.wav, monday.batch", inAnyOrder: true,
            gives: """
                8 close monday
                item monday = audio.wav + avatar.png
                marker monday.batch
                """),
        Scenario(
            "with two avatar.* it is one item, and with two audio.* it is two",
            "0 copy d/a/avatar.png, d/a/avatar.jpg, d/a/audio.wav, d/b/avatar.png, d/b/audio.wav, d/b/audio.mp3, d/batch.ready",
            inAnyOrder: true,
            gives: """
                8 close d
                item a = d/a/audio.wav + d/a/avatar.png #a (avatar.jpg was not used: avatar.png comes first)
                item b/audio.mp3 = d/b/audio.mp3 + d/b/avatar.png #b
                item b/audio.wav = d/b/audio.wav + d/b/avatar.png #b
                marker d/batch.ready
                other d/a/avatar.jpg
                """),
        Scenario(
            "a name of items.csv goes before the folder's",
            """
            0 copy d/avatar.png, d/audio.wav, d/batch.ready
            0 write d/items.csv: audio,name|audio.wav,Welcome
            """, inAnyOrder: true,
            gives: """
                8 close d
                item Welcome = d/audio.wav + d/avatar.png
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "a folder's name that another item has gives way",
            "0 copy d/vip/avatar.png, d/vip/audio.wav, d/vip.wav, d/vip.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item vip/audio.wav = d/vip/audio.wav + d/vip/avatar.png #vip (called vip/audio.wav, for another item has the \
                shorter name)
                item vip.wav = d/vip.wav + d/vip.png (called vip.wav, for another item has the shorter name)
                marker d/batch.ready
                """),
    ]

    private static let withFace = BatchRules(defaultAvatar: "/srv/face.png")

    static let configured = [
        Scenario(
            "the default avatar is for audios without any other, once the folder has been quiet",
            "0 copy d/a.wav, d/b.wav, d/b.png, e/1.wav, e/avatar.png, d/batch.ready, e/batch.ready", rules: withFace,
            gives: """
                8 close d
                item a = d/a.wav + /srv/face.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                8 close e
                item 1 = e/1.wav + e/avatar.png
                marker e/batch.ready
                """,
            log: """
                2 render d/b.wav + d/b.png
                7 render d/a.wav + /srv/face.png
                7 render e/1.wav + e/avatar.png
                """),
        Scenario(
            "a partner that comes takes over from the default avatar",
            """
            0 copy d/a.wav
            20 copy d/a.png
            """, rules: withFace, renders: .seconds(60),
            gives: "open d: 2 files, waits for a marker",
            log: """
                7 render d/a.wav + /srv/face.png
                20 end d/a.wav + /srv/face.png
                22 render d/a.wav + d/a.png
                """),
        Scenario(
            "loose files have the default avatar too",
            "0 copy a.wav, batch.ready", rules: withFace, inAnyOrder: true,
            gives: """
                8 close inbox
                item a = a.wav + /srv/face.png
                marker batch.ready
                """),
        Scenario(
            "audio.* with avatars to speak for does not need the default avatar",
            "0 copy d/audio.wav, d/1.png, d/batch.ready", rules: withFace, inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/audio.wav + d/1.png
                marker d/batch.ready
                """),
        Scenario(
            "avatars alone are halves as ever",
            "0 copy d/1.png, d/batch.ready", rules: withFace, inAnyOrder: true,
            gives: """
                7 close d
                half 1 = d/1.png
                marker d/batch.ready
                """),
    ]
}
