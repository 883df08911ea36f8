"""Speech of espeak-ng's library with the time of every phone in it: what the sheets' columns are chosen by."""
import ctypes
import struct
import wave

# espeak-ng/speak_lib.h
RETRIEVAL, PHONEME_EVENTS, PHONEME_IPA = 1, 1, 2
END, PHONEME = 0, 7
CHARS_UTF8, SSML = 1, 0x10


class EventID(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int),
        ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p), ("id", EventID),
    ]


CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


def speak(voice, text, path):
    """Writes a WAV and returns its phones: (IPA, start, end) in seconds, pauses included as empty names."""
    library = ctypes.CDLL("libespeak-ng.so.1")
    rate = library.espeak_Initialize(RETRIEVAL, 0, None, PHONEME_EVENTS | PHONEME_IPA)
    if rate <= 0 or library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise SystemExit(f"make-sheets: espeak-ng has no voice {voice}")
    samples, starts = bytearray(), []

    def receive(sound, count, events):
        if sound:
            samples.extend(ctypes.string_at(sound, count * 2))
        index = 0
        while events[index].type != END:
            event = events[index]
            if event.type == PHONEME:
                starts.append((event.audio_position / 1000, event.id.string.decode("utf-8", "replace")))
            index += 1
        return 0

    callback = CALLBACK(receive)
    library.espeak_SetSynthCallback(callback)
    data = text.encode()
    library.espeak_Synth(data, len(data) + 1, 0, 0, 0, CHARS_UTF8 | SSML, None, None)
    library.espeak_Synchronize()
    library.espeak_Terminate()
    with wave.open(path, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(bytes(samples))
    end = len(samples) / 2 / rate
    times = [start for start, _ in starts[1:]] + [end]
    return [(name, start, stop) for (start, name), stop in zip(starts, times) if stop > start]
