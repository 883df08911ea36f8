"""espeak-ng as a library: sounds with the times of their phones, and the phones of texts."""

import ctypes

import numpy as np

_SYNCHRONOUS, _PHONEME_EVENTS, _PHONEME_IPA, _NO_EXIT = 2, 1, 2, 0x8000
_UTF8, _PHONEME = 1, 7


class _Identity(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("unique", ctypes.c_uint), ("text_position", ctypes.c_int),
                ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
                ("user_data", ctypes.c_void_p), ("id", _Identity)]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """One process, one of these: the library has one state."""

    def __init__(self):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self.sample_rate = self._library.espeak_Initialize(
            _SYNCHRONOUS, 0, None, _PHONEME_EVENTS | _PHONEME_IPA | _NO_EXIT)
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self._pieces, self._marks = [], []

    def _take(self, samples, count, events):
        if samples and count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        index = 0
        while events[index].type != 0:
            event = events[index]
            if event.type == _PHONEME:
                mark = bytes(event.id.string).split(b"\0")[0].decode("utf-8", "ignore")
                self._marks.append((event.sample, mark))
            index += 1
        return 0

    def say(self, text, voice, rate=165, pitch=50, gap=0):
        """The sound (-1...1, at sample_rate) and [(IPA, start, end)] in seconds; None where the voice is not there."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            return None
        for parameter, value in ((1, rate), (3, pitch), (7, gap)):
            self._library.espeak_SetParameter(parameter, value, 0)
        self._pieces, self._marks = [], []
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8, None, None)
        if not self._pieces:
            return None
        sound = np.concatenate(self._pieces).astype(np.float32) / 32768
        return sound, self._spans(len(sound))

    def _spans(self, length):
        spans = []
        for index, (sample, mark) in enumerate(self._marks):
            end = self._marks[index + 1][0] if index + 1 < len(self._marks) else length
            name = mark.replace("ˈ", "").replace("ˌ", "").strip("_:;|") or "_"
            if end > sample:
                spans.append((name, sample / self.sample_rate, min(end, length) / self.sample_rate))
        return spans
