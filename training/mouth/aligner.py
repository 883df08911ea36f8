"""Phone times for recordings of known texts: espeak-ng's phones of the text, laid along the net's phone posteriors.

A hidden Markov model with one state a symbol (at least 30 ms), optional pauses between words, Viterbi at 100 frames a
second. What fits badly (wrong text, other words, noise) is left out.
"""

import jax
import jax.numpy as jnp
import numpy as np

from . import features, net, texts, visemes
from .clips import Clip
from .dataset import CLASS, CLASSES
from .espeak import Espeak

#: Two of the net's 20 ms frames, interleaved: 10 ms.
STEP = 0.01
SHORTEST = 3
#: Nothing that fits worse is kept, whatever its speaker's other clips are like.
LEAST_FIT = -0.45


def posteriors(outputs, params, sound, priors):
    """(frames at 10 ms, classes): log likelihood of each class, scaled by how often it is there at all."""
    halves = []
    for shift in (0, features.HOP // 2):
        bands = features.normalized(features.decibels(sound, shift=shift))
        bands = np.pad(bands, ((net.REACH, net.REACH), (0, 0)), mode="edge")
        padded = -len(bands) % 128  # few shapes, few compilations
        result = outputs(params, np.pad(bands, ((0, padded), (0, 0)), mode="edge")[None])[1][0]
        halves.append(np.asarray(result)[:len(bands) - 2 * net.REACH])
    count = min(len(half) for half in halves)
    logits = np.stack([half[:count] for half in halves], 1).reshape(2 * count, CLASSES)
    logits = logits - logits.max(1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(1, keepdims=True)) - 0.7 * np.log(priors)


@jax.jit
def _backwards(emitted, last, skip_from, begins):
    """(frames, states): from which state each came, and the value of each at the end."""
    size = emitted.shape[1]
    own = jnp.arange(size)

    def step(value, now):
        stay, move = jnp.where(last, value, -1e9), jnp.concatenate([jnp.array([-1e9]), value[:-1]])
        best, source = jnp.where(move >= stay, move, stay), jnp.where(move >= stay, own - 1, own)
        over = jnp.where(skip_from >= 0, value[skip_from], -1e9)
        better = over > best
        value = jnp.where(better, over, best) + now
        return value, (jnp.where(better, skip_from, source).astype(jnp.int16), value)

    start = jnp.where(begins, emitted[0], -1e9)
    return jax.lax.scan(step, start, emitted[1:])[1]


def _rounded_up(count, step):
    return -(-count // step) * step


def best_path(scores, states, optional):
    """Viterbi: for each frame the index of its state. `optional` states may be passed over; None if there's no way."""
    frames, size = len(scores), len(states) * SHORTEST
    if frames < SHORTEST * sum(not each for each in optional):
        return None
    begins = np.arange(len(states)) * SHORTEST
    ends = begins + SHORTEST - 1
    # few shapes, few compilations; what is added at the end is not looked at
    rows, columns = _rounded_up(frames, 256), _rounded_up(size, 64)
    emitted = np.full((rows, columns), -1e9, np.float32)
    emitted[:frames, :size] = scores[:, np.repeat(states, SHORTEST)]
    last, first, skip_from = np.zeros(columns, bool), np.zeros(columns, bool), np.full(columns, -1, np.int32)
    last[ends] = True
    first[begins[:2] if optional[0] else begins[:1]] = True
    for state in range(2, len(states)):
        if optional[state - 1]:
            skip_from[begins[state]] = ends[state - 2]
    back, values = (np.asarray(each) for each in _backwards(emitted, last, skip_from, first))
    value, stop = values[frames - 2], ends[-1]
    if optional[-1] and value[ends[-2]] > value[stop]:
        stop = ends[-2]
    if value[stop] < -1e8:
        return None
    path = np.empty(frames, np.int32)
    for frame in range(frames - 1, -1, -1):
        path[frame] = stop // SHORTEST
        stop = back[frame - 1, stop] if frame else stop
    return path


def states_of(phones):
    """Symbols of phones and the pauses that may be between them: (symbol, phone's number or -1), optional flags."""
    states, optional = [(visemes.PAUSE, -1)], [True]
    for number, (phone, _, _) in enumerate(phones):
        if phone == visemes.PAUSE:
            if states[-1][0] != visemes.PAUSE:
                states.append((visemes.PAUSE, -1)), optional.append(True)
            continue
        for symbol, _ in visemes.symbols(phone):
            states.append((symbol, number)), optional.append(False)
    if states[-1][0] != visemes.PAUSE:
        states.append((visemes.PAUSE, -1)), optional.append(True)
    return states, optional


def aligned(clip, speaker, outputs, params, priors):
    """The clip with phone times and how well they fit (mean log likelihood a frame of speech); None if not at all."""
    said = speaker.say(texts.spoken(clip.text, clip.language), texts.VOICES[clip.language], 150)
    if said is None:
        return None
    phones = [phone for phone in said[1] if "(" not in phone[0]]
    states, optional = states_of(phones)
    if len(states) < 3:
        return None
    scores = posteriors(outputs, params, clip.samples(), priors)
    path = best_path(scores, np.array([CLASS[symbol] for symbol, _ in states]), optional)
    if path is None:
        return None
    spans, frame = [], 0
    while frame < len(path):
        stop = frame
        while stop < len(path) and path[stop] == path[frame]:
            stop += 1
        spans.append((states[path[frame]][0], frame * STEP, stop * STEP))
        frame = stop
    if spans:
        spans[0] = (spans[0][0], 0.0, spans[0][2])
        spans[-1] = (spans[-1][0], spans[-1][1], max(spans[-1][2], clip.duration))
    speech = np.array([states[state][0] != visemes.PAUSE for state in path])
    kinds = np.array([CLASS[states[state][0]] for state in path])
    fit = float(scores[np.arange(len(path)), kinds][speech].mean()) if speech.any() else -9.0
    timed = [(phone, start, end, visemes.closure(phone, start, end)) for phone, start, end in spans]
    return Clip(clip.name, clip.group, clip.speaker, clip.sound, timed, clip.text, clip.language), fit


def fitted(clips, params, priors):
    """Each clip that can be aligned, with times, and how well they fit."""
    speaker, outputs = Espeak(), jax.jit(net.outputs)
    found = (aligned(clip, speaker, outputs, params, priors) for clip in clips)
    return [each for each in found if each]


def best(found, keep=0.8):
    """Of clips and how well they fit, each speaker's best-fitting share."""
    speakers = {}
    for clip, fit in found:
        speakers.setdefault(clip.speaker, []).append((clip, fit))
    kept = []
    for _, each in sorted(speakers.items()):
        least = max(np.quantile([fit for _, fit in each], 1 - keep), LEAST_FIT)
        kept.extend(clip for clip, fit in each if fit >= least)
    return kept
