"""What the net hears: 26 mel band levels every 20 ms, relative to the loudness and colour of the seconds around.

Sources/TalkingHead/Mouth computes the same; a test compares the two.
"""

import numpy as np

SAMPLE_RATE = 16000
HOP = 320
SIZE = 512
BANDS = 26
#: Loudness and colour are taken over blocks of 2 s, from this many blocks before to as many after: 18 s in all.
BLOCK = 100
REACH = 4
#: Below this a sound is silence, however much it would have to be raised.
QUIETEST = -65.0


def mel_bands(warp=1.0):
    """(257, 26): triangles from 80 to 7600 Hz evenly spaced in mel, each of sum 1; warp > 1: a longer vocal tract."""
    def mel(hertz):
        return 2595 * np.log10(1 + hertz / 700)

    edges = 700 * (10 ** (np.linspace(mel(80.0), mel(7600.0), BANDS + 2) / 2595) - 1) / warp
    bins = np.arange(SIZE // 2 + 1) * SAMPLE_RATE / SIZE
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    weights = np.maximum(0, np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle)))
    return (weights / np.maximum(weights.sum(1, keepdims=True), 1e-9)).T.astype(np.float32)


_WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SIZE) / SIZE)).astype(np.float32)
_SCALE = 2 / (_WINDOW ** 2).sum()
_PLAIN = mel_bands()


def frame_count(samples):
    return (samples + HOP // 2) // HOP


def decibels(sound, warp=1.0, shift=0):
    """(frames, 26) levels in dB; frame i is centred at sample i * 320 + shift."""
    count = frame_count(len(sound))
    padded = np.zeros(count * HOP + SIZE + HOP, np.float32)
    padded[SIZE // 2:SIZE // 2 + len(sound)] = sound
    at = shift + np.arange(count)[:, None] * HOP + np.arange(SIZE)[None, :]
    levels = np.empty((count, BANDS), np.float32)
    bands = _PLAIN if warp == 1 else mel_bands(warp)
    for start in range(0, count, 4096):
        spectrum = np.fft.rfft(padded[at[start:start + 4096]] * _WINDOW)
        power = (spectrum.real ** 2 + spectrum.imag ** 2).astype(np.float32) * _SCALE
        levels[start:start + 4096] = 10 * np.log10(power @ bands + 1e-10)
    return levels


def normalized(levels):
    """Levels relative to the loud speech of the 18 s around (95th percentile), mean spectrum taken off, in 20 dB."""
    loudness = 10 * np.log10((10 ** (levels / 10)).mean(1) + 1e-10)
    result = np.empty_like(levels)
    for start in range(0, len(levels), BLOCK):
        around = slice(max(0, start - REACH * BLOCK), start + (REACH + 1) * BLOCK)
        reference = max(float(np.percentile(loudness[around], 95)), QUIETEST)
        relative = np.clip(levels[around] - reference, -55, 15)
        loud = relative[loudness[around] > reference - 30]
        colour = (loud - loud.mean(1, keepdims=True)).mean(0) if len(loud) else np.zeros(BANDS, np.float32)
        block = np.clip(levels[start:start + BLOCK] - reference, -55, 15)
        result[start:start + BLOCK] = (block - colour) / 20
    return result
