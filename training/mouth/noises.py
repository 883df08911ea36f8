"""What is no speech: noises, hums, tones, pads, drums, sweeps, and recorded music; the mouth stays shut at it."""

import glob

import numpy as np

from . import sounds

RATE = 16000


def music(packages):
    """The pieces of music that asterisk-moh-opsound carries."""
    root = packages["asterisk-moh-opsound-g722"]
    return [sounds.read(path) for path in sorted(glob.glob(root + "/**/*.g722", recursive=True))]


def coloured(choice, count):
    """Noise with a random smooth spectrum."""
    spectrum = np.fft.rfft(choice.standard_normal(count).astype(np.float32))
    at = np.linspace(0, 1, len(spectrum))
    knots = choice.uniform(-18, 18, 8) - 20 * choice.uniform(0, 1.5) * np.linspace(0, 1, 8)
    return np.fft.irfft(spectrum * 10 ** (np.interp(at, np.linspace(0, 1, 8), knots) / 20), count).astype(np.float32)


def _tone(choice, count, frequency, harmonics):
    time = np.arange(count) / RATE
    vibrato = choice.uniform(0, 0.01) * np.sin(2 * np.pi * choice.uniform(3, 7) * time)
    phase = 2 * np.pi * np.cumsum(frequency * (1 + vibrato)) / RATE
    sound = np.zeros(count)
    slope = choice.uniform(0.3, 2)
    for number in range(1, harmonics + 1):
        if frequency * number < 7500:
            sound += np.sin(number * phase + choice.uniform(0, 6)) / number ** slope
    return sound


def _notes(choice, count):
    """Plucked or held notes, one voice or chords, as melodies have them."""
    sound, start = np.zeros(count), 0
    chord, held = choice.random() < 0.5, choice.random() < 0.4
    harmonics = int(choice.integers(1, 16))
    beat = choice.uniform(0.12, 0.9)
    scale = 220 * 2 ** (choice.choice([0, 2, 4, 5, 7, 9, 11], 5) / 12) * choice.choice([0.5, 1, 2])
    while start < count:
        length = min(int(beat * choice.choice([1, 1, 2]) * RATE), count - start)
        if length < 200:
            break
        time = np.arange(length) / RATE
        shape = np.minimum(1, time / 0.01) * (np.minimum(1, (length / RATE - time) / 0.02) if held
                                              else np.exp(-time * choice.uniform(2, 10)))
        for frequency in choice.choice(scale, 3 if chord else 1):
            sound[start:start + length] += shape * _tone(choice, length, frequency, harmonics)
        start += length
    return sound


def _drums(choice, count):
    sound = np.zeros(count)
    period = int(choice.uniform(0.15, 0.6) * RATE)
    for number, start in enumerate(range(0, count, period)):
        length = min(int(0.3 * RATE), count - start)
        time = np.arange(length) / RATE
        kick = np.sin(2 * np.pi * (50 * time + 30 * (1 - np.exp(-time * 30)))) * np.exp(-time * 14)
        snare = choice.standard_normal(length) * np.exp(-time * choice.uniform(12, 60))
        sound[start:start + length] += kick if number % 2 == 0 else choice.uniform(0.2, 1) * snare
    return sound


def _hum(choice, count):
    return _tone(choice, count, choice.choice([50, 60, 100, 120]) * choice.uniform(0.98, 1.02), 20)


def _sweep(choice, count):
    time = np.arange(count) / RATE
    low, high = choice.uniform(50, 500), choice.uniform(800, 7000)
    turn = 2 * np.pi * np.cumsum(low + (high - low) * (0.5 - 0.5 * np.cos(2 * np.pi * choice.uniform(0.05, 1) * time)))
    return np.sin(turn / RATE)


def _bursts(choice, count):
    """Claps, knocks and rustle: short noises at random times, as many as an audience or as few as steps."""
    sound, hits = np.zeros(count), int(count / RATE * choice.choice([1, 3, 12, 60]))
    for start in choice.integers(0, count, max(1, hits)):
        length = min(int(choice.uniform(0.005, 0.15) * RATE), count - start)
        sound[start:start + length] += coloured(choice, max(length, 16))[:length] * np.exp(-np.arange(length) / length * 5)
    return sound


def _breath(choice, count):
    """Noise that swells and fades, as wind, waves and breath do."""
    time = np.arange(count) / RATE
    return coloured(choice, count) * (0.5 - 0.5 * np.cos(2 * np.pi * choice.uniform(0.1, 2) * time)) ** 2


def no_speech(choice, count, pieces):
    """`count` samples of something that no mouth says; level about -20 dB."""
    kind = int(choice.integers(0, 12))
    if kind < 4 and pieces:
        piece = pieces[int(choice.integers(len(pieces)))]
        start = int(choice.integers(0, max(1, len(piece) - count)))
        sound = np.resize(piece[start:start + count], count).astype(np.float64)
    elif kind == 4:
        sound = coloured(choice, count)
    elif kind == 5:
        sound = choice.standard_normal(count)
    else:
        sound = (_notes, _notes, _drums, _hum, _sweep, _bursts, _breath)[min(kind - 6, 5) if kind < 11 else 6](choice, count)
        if choice.random() < 0.3:
            sound = sound + _notes(choice, count) * 0.5
        if choice.random() < 0.5:
            sound = sound + coloured(choice, count) * 0.03
    return (sound / max(float(np.sqrt((sound ** 2).mean())), 1e-9) * 0.1).astype(np.float32)
