"""Speech from synthesizers, with the phone times that they tell."""

import random
import re
import subprocess
import tempfile

import numpy as np
from scipy.io import wavfile

from . import sounds, texts
from .clips import Clip, pcm
from .espeak import Espeak
from .visemes import PAUSE, closure

#: Variants of espeak-ng's voices that sound like people; m1..m7 and f1..f5 are kept for measuring.
VARIANTS = ["", "+adam", "+Alex", "+Alicia", "+Andrea", "+Andy", "+Annie", "+anika", "+antonio", "+aunty", "+belinda",
            "+benjamin", "+boris", "+caleb", "+david", "+Denis", "+Diogo", "+ed", "+edward", "+Gene", "+Gene2",
            "+gustave", "+Henrique", "+Hugo", "+iven", "+iven2", "+Jacky", "+john", "+kaukovalta", "+klatt",
            "+klatt2", "+klatt3", "+klatt4", "+Lee", "+linda", "+marcelo", "+Marco", "+Mario", "+max", "+Michael",
            "+michel", "+miguel", "+Mike", "+norbert", "+pablo", "+paul", "+pedro", "+quincy", "+rob", "+sandro",
            "+shelby", "+steph", "+steph2", "+travis", "+victor", "+zac"]

#: ARPAbet, as flite's and festival's English voices name phones.
ARPABET = dict(
    aa="ɑ", ae="æ", ah="ʌ", ao="ɔ", aw="aʊ", ax="ə", axr="ɚ", ay="aɪ", b="b", ch="tʃ", d="d", dh="ð", eh="ɛ", er="ɚ",
    ey="eɪ", f="f", g="ɡ", hh="h", ih="ɪ", iy="i", jh="dʒ", k="k", l="l", m="m", n="n", ng="ŋ", ow="oʊ", oy="ɔɪ", p="p",
    r="ɹ", s="s", sh="ʃ", t="t", th="θ", uh="ʊ", uw="u", v="v", w="w", y="j", z="z", zh="ʒ", pau=PAUSE)


def with_closures(spans):
    return [(phone, start, end, closure(phone, start, end)) for phone, start, end in spans]


def espeak_clips(packages, per_language, seed, group="espeak", variants=tuple(VARIANTS)):
    """`per_language` clips of each language (four times as many of English and Mandarin)."""
    choice, speaker = random.Random(seed), Espeak()
    clips = []
    for language, sentences in texts.sentences(packages).items():
        count = per_language * (4 if language in ("en", "zh_CN") else 1)
        for number in range(count):
            text = choice.choice(sentences)
            if len(text) < 30:
                text += " " + choice.choice(sentences)
            voice = texts.VOICES[language] + choice.choice(variants)
            said = speaker.say(texts.spoken(text, language), voice, choice.randint(120, 210),
                               choice.randint(20, 80))
            if said is None or any("(" in phone for phone, _, _ in said[1]) or len(said[1]) < 4:
                continue
            sound = sounds.resampled(said[0], speaker.sample_rate)
            clips.append(Clip("%s_%s_%d" % (group, language, number), group, voice, pcm(sound),
                              with_closures(said[1]), text, language))
    return clips


def flite_clips(packages, count, seed, voices=("slt", "rms", "awb", "kal16"), group="flite"):
    """English by flite's voices: statistical and diphone ones made of recordings."""
    choice = random.Random(seed)
    sentences = texts.sentences(packages)["en"]
    clips = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            voice = voices[number % len(voices)]
            text = choice.choice(sentences) + " " + choice.choice(sentences)
            text = re.sub(r"[^A-Za-z,.?! ']", " ", text)
            stretch = choice.uniform(0.85, 1.2)
            path = folder + "/said.wav"
            told = subprocess.run(
                ["flite", "-voice", voice, "-psdur", "--setf", "duration_stretch=%.3f" % stretch, "-t", text, "-o", path],
                capture_output=True, text=True, check=True).stdout
            rate, sound = wavfile.read(path)
            clips.append(Clip("%s_%s_%d" % (group, voice, number), group, voice,
                              pcm(sounds.resampled(sound.astype(np.float32) / 32768, rate)),
                              with_closures(_flite_spans(told)), text, "en"))
    return clips


def _flite_spans(told):
    """Phone ends, one list per sentence, each from 0 on: put behind one another."""
    spans, offset, last = [], 0.0, 0.0
    for item in told.split():
        name, _, end = item.partition(":")
        end = float(end)
        if end < last:
            offset, last = offset + last, 0.0
        spans.append((ARPABET.get(name, "ə"), offset + last, offset + end))
        last = end
    return spans
