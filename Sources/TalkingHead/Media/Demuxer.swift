import CFFmpeg
import Words

/// A container that is open for reading, with one chosen stream (or a video's two); the others are dropped unread.
final class Demuxer {
    let input: MediaInput
    let stream: UnsafeMutablePointer<AVStream>
    /// A video's sound, when it was asked for and is there.
    let sound: UnsafeMutablePointer<AVStream>?
    /// A packet could not be read although the file went on.
    private(set) var isDamaged = false
    private let file: DescriptorInput
    private let context: UnsafeMutablePointer<AVFormatContext>

    /// - Parameter alsoSound: of a video, its sound's packets are read too.
    /// - Throws: `empty`, `undecodable`, `unsupported`, `cut`, `no_sound` or `no_picture`.
    init(_ file: DescriptorInput, role: MediaRole, alsoSound: Bool = false) throws(Problem) {
        _ = FFmpegError.silence
        self.file = file
        input = file.input
        try MediaContent.check(file, as: role)
        guard try !ContainerEnd.isCut(file) else { throw .cut(input.name) }
        let context = try Self.open(file, role: role, alsoSound: alsoSound)
        do throws(Problem) {
            stream = try Self.chooseStream(context, role: role, name: input.name)
            sound = alsoSound ? Self.best(AVMEDIA_TYPE_AUDIO, in: context) : nil
            sound?.pointee.discard = AVDISCARD_DEFAULT
        } catch {
            var context: UnsafeMutablePointer<AVFormatContext>? = context
            avformat_close_input(&context)
            throw error
        }
        self.context = context
    }

    deinit {
        var context: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&context)
    }

    /// Of the container, in seconds, as far as it says so.
    var seconds: Double? {
        context.pointee.duration > 0 ? Double(context.pointee.duration) / Double(AV_TIME_BASE) : nil
    }

    /// MP4 and MOV tell of every packet how many of its samples count; other containers only estimate it.
    var saysExactDurations: Bool { String(cString: context.pointee.iformat.pointee.name).hasPrefix("mov") }

    /// Of the container, in seconds, where it says so in its header; nil where FFmpeg only guesses from the size or
    /// took it from what is there.
    var promisedSeconds: Double? {
        let says = ["flac", "mp3", "aiff", "caf", "asf"].contains(String(cString: context.pointee.iformat.pointee.name))
        return says && context.pointee.duration_estimation_method == AVFMT_DURATION_FROM_STREAM ? seconds : nil
    }

    /// Of the container, in seconds, where it is no guess.
    var statedSeconds: Double? { saysExactDurations ? seconds : promisedSeconds }

    /// Up to the last page, in seconds; only Ogg has pages, of which some may be damaged and left out.
    var pagedSeconds: Double? {
        String(cString: context.pointee.iformat.pointee.name) == "ogg" ? seconds : nil
    }

    /// Its last words are there; only Ogg has such.
    var endsProperly: Bool {
        get throws(Problem) { try OggEnd.isProper(file) }
    }

    /// Width by height of a pixel, as the container or else the codec says it; 0 when neither does.
    var pixelAspect: AVRational { av_guess_sample_aspect_ratio(context, stream, nil) }

    /// Reads the next packet of the chosen stream; false at the end, also where the file can't be read further.
    func read(_ packet: UnsafeMutablePointer<AVPacket>) throws(Problem) -> Bool {
        while true {
            let code = av_read_frame(context, packet)
            if code == media_error_again { continue }
            guard code >= 0 else {
                if file.failure != 0 { throw .unreadable(input.name, cause: FFmpegError.words(code)) }
                isDamaged = isDamaged || code != media_error_end
                return false
            }
            let index = packet.pointee.stream_index
            if index == stream.pointee.index || index == sound?.pointee.index { return true }
            av_packet_unref(packet)
        }
    }

    /// Goes to the last keyframe at or before a time stamp of the stream.
    func seek(to timestamp: Int64) throws(Problem) {
        let code = avformat_seek_file(context, stream.pointee.index, .min, timestamp, timestamp, 0)
        guard code < 0 else { return }
        // before the first keyframe: the start
        let start = av_seek_frame(context, stream.pointee.index, timestamp, AVSEEK_FLAG_BACKWARD)
        guard start >= 0 else { throw .undecodable(input.name, wanted: .video) }
    }

    private static func open(
        _ file: DescriptorInput, role: MediaRole, alsoSound: Bool
    ) throws(Problem) -> UnsafeMutablePointer<AVFormatContext> {
        var context = avformat_alloc_context()
        try FFmpegError.allocated(context).pointee.pb = file.context
        // nothing that a file names may be opened: not by a demuxer, not through a protocol
        context?.pointee.io_open = { _, _, _, _, _ in media_error_refused }
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        let sound = alsoSound ? MediaFormat.decoders(of: .sound) : []
        let decoders = MediaFormat.decoders(of: role).union(sound).joined(separator: ",")
        for (key, value) in [
            ("format_whitelist", MediaFormat.demuxers(of: role)), ("codec_whitelist", decoders),
            ("protocol_whitelist", ""), ("enable_drefs", "0"), ("use_absolute_path", "0"), ("max_streams", "32"),
            // enough for covers of several megabytes before the first sound
            ("probesize", "20000000"), ("formatprobesize", "2000000"), ("analyzeduration", "5000000"),
        ] {
            av_dict_set(&options, key, value, 0)
        }
        let code = avformat_open_input(&context, nil, nil, &options)
        guard code >= 0, let context else {
            if file.failure != 0 { throw .unreadable(file.input.name, cause: FFmpegError.words(code)) }
            // an Ogg whose first sound is not all there
            guard try OggEnd.isProper(file) else { throw .cut(file.input.name) }
            throw .undecodable(file.input.name, wanted: role)
        }
        guard avformat_find_stream_info(context, nil) >= 0 else {
            var closing: UnsafeMutablePointer<AVFormatContext>? = context
            avformat_close_input(&closing)
            throw .undecodable(file.input.name, wanted: role)
        }
        return context
    }

    private static func chooseStream(
        _ context: UnsafeMutablePointer<AVFormatContext>, role: MediaRole, name: String
    ) throws(Problem) -> UnsafeMutablePointer<AVStream> {
        let chosen = best(role == .sound ? AVMEDIA_TYPE_AUDIO : AVMEDIA_TYPE_VIDEO, in: context)
        for position in 0..<Int(context.pointee.nb_streams) {
            context.pointee.streams[position]?.pointee.discard = AVDISCARD_ALL
        }
        guard let chosen else { throw role == .sound ? .noSound(name) : .noPicture(name) }
        chosen.pointee.discard = AVDISCARD_DEFAULT
        return chosen
    }

    /// FFmpeg's choice among the streams of a kind; a cover is no video.
    private static func best(
        _ type: AVMediaType, in context: UnsafeMutablePointer<AVFormatContext>
    ) -> UnsafeMutablePointer<AVStream>? {
        let index = av_find_best_stream(context, type, -1, -1, nil, 0)
        let others = 0..<Int32(context.pointee.nb_streams)
        return ([index] + others).lazy.compactMap { $0 >= 0 ? context.pointee.streams[Int($0)] : nil }.first { stream in
            stream.pointee.codecpar.pointee.codec_type == type
                && stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC == 0
        }
    }
}
