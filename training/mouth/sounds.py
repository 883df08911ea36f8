"""Sounds as 16 kHz mono float arrays."""

import subprocess

import numpy as np
from scipy.signal import resample_poly

from .features import SAMPLE_RATE


def read(path):
    """The sound of any file that ffmpeg reads."""
    command = ["ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-ar", str(SAMPLE_RATE), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)


def resampled(sound, rate):
    """From `rate` Hz to 16 kHz."""
    divisor = np.gcd(rate, SAMPLE_RATE)
    return resample_poly(sound, SAMPLE_RATE // divisor, rate // divisor).astype(np.float32)
