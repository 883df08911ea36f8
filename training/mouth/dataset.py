"""What the net learns from: clips put behind one another as listening hears them, roughened, and their targets."""

import numpy as np

from . import features, noises, visemes

HOP = features.HOP

#: Phones that sound alike are one class of the auxiliary output.
_CLASSES = ("_ i,ɪ,ᵻ y,ʏ ɨ,ɯ,ʉ u,ʊ e ə,ɘ,ɵ,ɤ ø,œ o ɛ ɜ,ɞ,ɚ,ɝ ɔ,ɒ ʌ,ɐ æ a ɑ p b,ɓ m,ɱ f,ɸ v,β,ʋ t,ʈ d,ɖ,ɗ n,ɳ l,ɫ,ɭ r,ɾ,ɽ "
            "s z ʃ,ʂ,ɧ ʒ,ʐ ɕ ʑ θ,ɬ ð,ɮ ɹ,ɻ k,q,c ɡ,g,ɠ,ɢ,ɟ ŋ,ɴ x,χ,ħ,ç ɣ,ʁ,ʕ,ʀ,ʝ ɲ ʎ h,ɦ,ʔ,ʢ,ʡ j w,ʍ,ɰ ɥ").split()
CLASS = {symbol: index for index, group in enumerate(_CLASSES) for symbol in group.split(",")}
CLASSES = len(_CLASSES)


def labels(phones, frames, rate=visemes.RATE):
    """The class of the phone at each frame's middle."""
    result = np.zeros(frames, np.int32)
    for phone, start, end, _ in phones:
        parts = visemes.symbols(phone)
        total, begin = sum(part for _, part in parts), start
        for symbol, part in parts:
            stop = begin + (end - start) * part / total
            result[max(0, int(np.ceil(begin * rate))):max(0, int(np.ceil(stop * rate)))] = CLASS[symbol]
            begin = stop
    return result


def stretched(clip, factor):
    """The clip `factor` times as long, pitch and formants with it: (sound, phones), whole frames."""
    sound = clip.samples()
    count = int(len(sound) * factor)
    sound = np.interp(np.arange(count) / factor, np.arange(len(sound)), sound).astype(np.float32)
    phones = [(phone, start * factor, end * factor, shut and (shut[0] * factor, shut[1] * factor))
              for phone, start, end, shut in clip.phones]
    return np.pad(sound, (0, -count % HOP)), phones


class Sessions:
    """Makes sessions: some clips with gaps and other sounds between them, in one room, over one channel."""

    def __init__(self, clips, music, seed):
        self.choice = np.random.default_rng(seed)
        self.clips, self.music = clips, music

    def all(self, rough, longest=24.0):
        """Each clip once, in random order. `rough`: share of sessions that are augmented."""
        order, result = self.choice.permutation(len(self.clips)), []
        while len(order):
            length, wanted, taken = 0.0, self.choice.uniform(1, longest), 0
            while taken < len(order) and (taken == 0 or length < wanted):
                length += self.clips[order[taken]].duration
                taken += 1
            result.append(self.session([self.clips[index] for index in order[:taken]], self.choice.random() < rough))
            order = order[taken:]
        return result

    def silence_and_noise(self, count):
        """Sessions without speech."""
        result = []
        for _ in range(count):
            length = int(self.choice.uniform(3, 20) * 50) * HOP
            sound = noises.no_speech(self.choice, length, self.music) * 10 ** (self.choice.uniform(-40, 10) / 20)
            if self.choice.random() < 0.1:
                sound = sound * 1e-4
            frames = length // HOP
            result.append(self._heard(sound, np.zeros((frames, 4), np.float32), np.zeros(frames, np.int32), 1.0))
        return result

    def session(self, clips, rough):
        choice, sounds, targets, classes = self.choice, [], [], []

        def add(sound, target, kinds):
            sounds.append(sound), targets.append(target), classes.append(kinds)

        def pause(frames, level):
            add(choice.standard_normal(frames * HOP).astype(np.float32) * level, np.zeros((frames, 4), np.float32),
                np.zeros(frames, np.int32))

        pause(int(choice.integers(0, 30)), 1e-4)
        factor = 2 ** choice.uniform(-0.28, 0.28) if rough else 1.0
        for clip in clips:
            sound, phones = stretched(clip, factor)
            level = np.sqrt((sound ** 2).mean()) + 1e-6
            frames = len(sound) // HOP
            target = visemes.track(phones, frames / visemes.RATE)
            add(sound * (0.06 / level * 10 ** (choice.normal(0, 2) / 20)), target, labels(phones, frames))
            pause(int(choice.choice([2, 10, 25, 60], p=[0.3, 0.3, 0.3, 0.1])), 1e-4 * choice.uniform(0, 3))
            if rough and choice.random() < 0.06:
                frames = int(choice.integers(50, 250))
                other = noises.no_speech(choice, frames * HOP, self.music) * choice.uniform(0.1, 1.5)
                add(other, np.zeros((frames, 4), np.float32), np.zeros(frames, np.int32))
        sound = np.concatenate(sounds)
        if rough:
            sound = self._roughened(sound)
        warp = 2 ** choice.uniform(-0.2, 0.2) if rough and choice.random() < 0.7 else 1.0
        return self._heard(sound, np.concatenate(targets), np.concatenate(classes), warp)

    def _heard(self, sound, targets, classes, warp):
        levels = features.normalized(features.decibels(sound, warp))
        return levels.astype(np.float16), targets[:len(levels)].astype(np.float16), classes[:len(levels)]

    def _roughened(self, sound):
        choice, count = self.choice, len(sound)
        if choice.random() < 0.35:
            sound = self._in_a_room(sound)
        sound = self._over_a_channel(sound)
        level = np.sqrt((sound ** 2).mean()) + 1e-6
        if choice.random() < 0.65:
            noise = (noises.no_speech(choice, count, self.music) if choice.random() < 0.3
                     else noises.coloured(choice, count))
            noise *= level / (np.sqrt((noise ** 2).mean()) + 1e-9) * 10 ** (-choice.uniform(6, 35) / 20)
            sound = sound + noise
        if choice.random() < 0.1:
            other = self.clips[int(choice.integers(len(self.clips)))].samples()
            sound = sound + np.resize(other, count) * (level / (np.sqrt((other ** 2).mean()) + 1e-6)
                                                       * 10 ** (-choice.uniform(12, 25) / 20))
        sound = sound * 10 ** (choice.uniform(-30, 10) / 20)
        return np.clip(sound, -1, 1).astype(np.float32)

    def _in_a_room(self, sound):
        """A direct sound and an exponentially fading tail (RT60 0.1-0.7 s)."""
        choice = self.choice
        fade = choice.uniform(0.1, 0.7)
        tail = choice.standard_normal(int(fade * 16000)) * np.exp(-6.9 * np.arange(int(fade * 16000)) / (fade * 16000))
        tail *= choice.uniform(0.1, 0.7) / np.sqrt((tail ** 2).sum())
        tail[0] = 1
        size = 1 << (len(sound) + len(tail) - 1).bit_length()
        return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[:len(sound)].astype(np.float32)

    def _over_a_channel(self, sound):
        """Tilt of up to 3 dB an octave, two bumps of up to 6 dB, and often a narrower band."""
        choice = self.choice
        spectrum = np.fft.rfft(sound)
        octave = np.log2(np.maximum(np.linspace(0, 8000, len(spectrum)), 50) / 1000)
        gain = choice.uniform(-3, 3) * octave
        for _ in range(2):
            gain += choice.uniform(-6, 6) * np.exp(-((octave - choice.uniform(-3, 3)) / choice.uniform(0.2, 1)) ** 2)
        if choice.random() < 0.35:
            gain -= 40 * np.clip((octave - np.log2(choice.uniform(3.2, 6))) * 4, 0, 1)
        if choice.random() < 0.25:
            gain -= 30 * np.clip((np.log2(choice.uniform(0.06, 0.32)) - octave) * 2, 0, 1)
        return np.fft.irfft(spectrum * 10 ** (gain / 20), len(sound)).astype(np.float32)
