"""A clip: sound with the times of its phones, kept as one file per clip set."""

import pickle
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Clip:
    """`sound`: int16, 16 kHz; `phones`: (IPA, start, end, closure or None); `group`: what its score counts for."""

    name: str
    group: str
    speaker: str
    sound: np.ndarray
    phones: list = field(default_factory=list)
    text: str = ""
    language: str = ""

    @property
    def duration(self):
        return len(self.sound) / 16000

    def samples(self):
        return self.sound.astype(np.float32) / 32768


def pcm(sound):
    return np.clip(sound * 32767, -32768, 32767).astype(np.int16)


def save(path, clips):
    with open(path, "wb") as file:
        pickle.dump(clips, file, protocol=pickle.HIGHEST_PROTOCOL)


def load(path):
    with open(path, "rb") as file:
        return pickle.load(file)
