"""The trained net as a Swift file, and what it says of a sound made by formula, for the test that compares the two."""

import base64
import textwrap

import numpy as np

from . import features, net


def steps(weights):
    """Of a matrix (inputs, outputs) the size of a step of each output's 8-bit weights."""
    return np.maximum(np.abs(weights).max(0) / 127, 1e-6).astype(np.float16).astype(np.float32)


def rounded(params):
    """The net as it is stored: weights of 8 bits, an output's own step and bias in half precision."""
    def layer(pair):
        weights, bias = (np.asarray(value, np.float32) for value in pair)
        return np.round(weights / steps(weights)).clip(-127, 127) * steps(weights), bias.astype(np.float16).astype(np.float32)

    return {"layers": [layer(pair) for pair in params["layers"]], "mouth": layer(params["mouth"]),
            "phones": params["phones"]}


def said(outputs, params, sound):
    """(frames, 4): what the net says of a sound."""
    bands = np.pad(features.normalized(features.decibels(sound)), ((net.REACH, net.REACH), (0, 0)), mode="edge")
    count = len(bands) - 2 * net.REACH
    padded = -len(bands) % 256  # few shapes, few compilations
    logits = np.asarray(outputs(params, np.pad(bands, ((0, padded), (0, 0)), mode="edge")[None])[0][0])[:count]
    return 1 / (1 + np.exp(-logits))


def track(values):
    """(frames, 3): smoothed, and shut where the lips are said to be shut."""
    around = np.pad(values, ((1, 1), (0, 0)), mode="edge")
    smooth = around[:-2] / 4 + around[1:-1] / 2 + around[2:] / 4
    smooth[:, 0] *= 1 - np.clip((smooth[:, 3] - 0.15) / 0.55, 0, 1)
    return smooth[:, :3]


def write_weights(path, params):
    """Of the rounded net per layer: its weights (tap and input, output) as bytes, then steps and bias."""
    data = b""
    for weights, bias in params["layers"] + [params["mouth"]]:
        step = steps(weights)
        data += np.round(weights / step).astype(np.int8).tobytes()
        data += step.astype("<f2").tobytes() + bias.astype("<f2").tobytes()
    lines = textwrap.wrap(base64.b64encode(data).decode(), 110)
    text = "\\\n".join("        " + line for line in lines)
    with open(path, "w") as file:
        file.write("// Written by training/run.\n\n/// The net's weights, 8 bits each, base64.\nenum TrainedMouth {\n"
                   "    static let width = %d\n    static let dilations = [%s]\n" % (
                       params["layers"][0][0].shape[1], ", ".join(map(str, net.DILATIONS))))
        file.write('    static let base64: StaticString = """\n%s\n        """\n}\n' % text)


def formula(seconds=25):
    """Three gliding tones under syllables, with a loud part and a faint one: the same sum in Swift's test."""
    time = np.arange(seconds * features.SAMPLE_RATE) / features.SAMPLE_RATE
    sound = np.zeros(len(time))
    for number, (low, high, every) in enumerate(((220, 700, 0.7), (900, 2200, 0.9), (2500, 3800, 1.3)), 1):
        swing = np.sin(2 * np.pi * time / every) * (high - low) / 2 * every / (2 * np.pi)
        sound += np.sin(2 * np.pi * ((low + high) / 2 * time - swing)) / number
    syllable = np.maximum(0, np.sin(2 * np.pi * 2.3 * time))
    return (sound * syllable * np.where(time < 12, 0.2, 0.02)).astype(np.float32)


def write_expectation(path, outputs, params):
    values = track(said(outputs, params, formula()))[::25]
    rows = "\n".join("        [%s]," % ", ".join("%.5f" % value for value in row) for row in values)
    with open(path, "w") as file:
        file.write("// Written by training/run.\n\n/// Every 25th shape (open, wide, round) that the training program's "
                   "net says of MouthSound.formula.\nenum MouthNetExpectation {\n    static let shapes: [[Float]] = [\n"
                   "%s\n    ]\n}\n" % rows)
