"""Shapes of the mouth for phones, and the track that a sequence of phones asks for.

A phone is a string of IPA symbols. Each base symbol has (open, wide, round, weight of open, weight of the lips):
open 0 shut..1 widest, wide 0..1 "ee", round 0..1 "oo"; weights tell how strongly it insists against its neighbours.
Facts of phonetics, coarse on purpose: loudness, stress and style do not change a shape.
"""

import numpy as np

RATE = 50
PAUSE = "_"

_TABLE = """
i .28 .95 0 1 1 | ɪ .36 .60 0 1 .9 | y .22 .05 .85 1 1 | ʏ .30 0 .70 1 1 | ɨ .30 .45 0 1 .9 | ʉ .25 0 .65 1 1
ɯ .28 .35 .05 1 .8 | u .22 0 1 1 1.1 | ʊ .34 0 .70 1 1 | e .46 .75 0 1 1 | ɘ .45 .30 0 .9 .7 | ø .42 0 .75 1 1
œ .55 0 .60 1 1 | ə .42 .15 0 .8 .5 | ɵ .40 0 .50 .9 .8 | ɤ .45 .15 0 1 .8 | o .46 0 .90 1 1 | ɛ .62 .50 0 1 1
ɜ ɞ .50 .05 .10 1 .8 | ɚ ɝ .42 0 .30 1 .8 | ɔ .62 0 .65 1 1 | ʌ .65 .10 0 1 .8 | æ .78 .50 0 1 1
ɐ .68 .15 0 1 .8 | a .88 .20 0 1.1 .9 | ɑ .92 .05 0 1.1 .9 | ɒ .80 0 .40 1.1 1 | ᵻ .34 .45 0 .9 .7
p b m ɓ ɱ 0 .10 0 1.6 .3 | f v .08 .15 0 1.4 .7 | ɸ β ʋ .12 .10 .05 1.1 .5
t d n l ɾ r ɗ .24 .20 0 .7 .3 | ɫ .28 .05 .10 .7 .3 | s z .14 .35 0 1.1 .6 | ʃ ʒ .20 0 .55 1.1 .9
ʂ ʐ .20 .05 .30 1.1 .8 | ɕ ʑ .18 .30 .10 1.1 .7 | ɧ .25 0 .45 1 .8 | θ ð .24 .20 0 .9 .4 | ɹ .28 0 .40 .9 .7
ɻ ɽ ʈ ɖ ɳ ɭ .25 .10 .10 .7 .3 | ɬ ɮ .24 .20 0 .7 .3 | k ɡ g ŋ x ɣ ɠ .34 .10 0 .4 .15
c ɟ ɲ ʎ ç ʝ .25 .40 0 .7 .5 | q χ ʁ ħ ʕ ʀ ɢ ɴ .42 .05 0 .4 .15 | h ɦ ʔ ʢ ʡ .45 .10 0 .1 .05
j .25 .70 0 .9 .9 | ɥ .20 .05 .75 1 1 | w ʍ ɰ .14 0 .95 1.2 1.1
"""

TABLE = {}
for _entry in _TABLE.replace("\n", "|").split("|"):
    _fields = _entry.split()
    for _symbol in _fields[:-5]:
        TABLE[_symbol] = tuple(float(value) for value in _fields[-5:])

VOWELS = set("iɪyʏɨʉɯuʊeɘøœəɵɤoɛɜɞɚɝɔʌæɐaɑɒᵻ")
SHUT = set("pbmɓɱ")
_FRICATIVES = set("szʃʒʂʐɕʑfθɬɮçx")


def symbols(phone):
    """'ɔːɹ' -> [('ɔ', 3), ('ɹ', 1)]: base symbols with relative lengths (vowels 2, consonants 1, a long mark 1)."""
    if phone == PAUSE:
        return [(PAUSE, 1)]
    found = []
    for character in phone:
        if character in "ːˑ" and found:
            found[-1][1] += 1
        elif character in "hʷ" and found:  # aspiration, labialization
            continue
        elif character in TABLE:
            if character in _FRICATIVES and len(found) == 1 and found[0][0] in "tdʈɖ":
                found[0] = [character, 2]  # an affricate has its fricative's lips
            else:
                found.append([character, 2 if character in VOWELS else 1])
    return [tuple(each) for each in found] or [("ə", 1)]


def closure(phone, start, end):
    """When the lips are shut in a p, b or m: all of an m, the 60 % of a stop before its release; None for others."""
    base = symbols(phone)[0][0]
    if base not in SHUT:
        return None
    return (start, end) if base in "mɱ" else (start, start + 0.6 * (end - start))


def track(phones, duration):
    """Targets (frames, 4) at 50 a second: open, wide, round, shut. phones: (symbol, start, end, closure or None)."""
    fine = 500
    length = int(duration * fine) + 1
    targets, weights = np.zeros((length, 3)), np.ones((length, 3))
    for phone, start, end, _ in phones:
        parts = symbols(phone)
        total, begin = sum(part for _, part in parts), start
        for symbol, part in parts:
            stop = begin + (end - start) * part / total
            first = int(round(begin * fine))
            last = max(first + 1, int(round(stop * fine)))
            if symbol == PAUSE:
                # a pause under 120 ms hardly shuts the mouth
                targets[first:last], weights[first:last] = 0, 1 if end - start >= 0.12 else 0.3
            else:
                opening, wide, rounded, jaw, lips = TABLE[symbol]
                targets[first:last], weights[first:last] = (opening, wide, rounded), (jaw, lips, lips)
            begin = stop
    blended = _blend(targets, weights, fine)
    blended[:, 0] *= 1 - _gate(phones, length, fine, reach=0.04)
    at = np.minimum((np.arange(int(round(duration * RATE))) / RATE * fine).astype(int), length - 1)
    shut = _gate(phones, length, fine, reach=0.012) > 0
    return np.concatenate([np.clip(blended[at], 0, 1), shut[at, None]], 1).astype(np.float32)


def _blend(targets, weights, fine):
    """Means under a Hann window of 100 ms, weighted by how much each phone insists."""
    window = np.hanning(int(0.1 * fine) + 2)[1:-1]
    pad = len(window)
    result = np.empty_like(targets)
    for column in range(3):
        weight = np.pad(weights[:, column], pad, mode="edge")
        value = np.pad(targets[:, column], pad, mode="edge")
        mean = np.convolve(weight * value, window, "same") / np.convolve(weight, window, "same")
        result[:, column] = mean[pad:-pad]
    return result


def _gate(phones, length, fine, reach):
    """1 while lips are shut, with raised-cosine flanks of `reach` seconds."""
    time = np.arange(length) / fine
    gate = np.zeros(length)
    for _, _, _, shut in phones:
        if shut:
            distance = np.maximum(np.maximum(shut[0] - time, time - shut[1]), 0)
            gate = np.maximum(gate, np.where(distance < reach, 0.5 + 0.5 * np.cos(np.pi * distance / reach), 0))
    return gate
