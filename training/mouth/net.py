"""The net: residual 1-D convolutions over time on 26 band levels, four outputs; and how it learns."""

import jax
import jax.numpy as jnp
import numpy as np

from .dataset import CLASSES
from .features import BANDS

DILATIONS = (1, 1, 2, 3, 4)
REACH = sum(DILATIONS)
PIECE = 100


def create(width, seed, dilations=DILATIONS):
    key = jax.random.PRNGKey(seed)
    layers, size = [], BANDS
    for _ in dilations:
        key, use = jax.random.split(key)
        layers.append((jax.random.normal(use, (3 * size, width)) * np.sqrt(2 / (3 * size)), jnp.zeros(width)))
        size = width
    key, first = jax.random.split(key)
    key, second = jax.random.split(key)
    return {"layers": layers,
            "mouth": (jax.random.normal(first, (size, 4)) * 0.1, jnp.zeros(4)),
            "phones": (jax.random.normal(second, (size, CLASSES)) * 0.1, jnp.zeros(CLASSES))}


def widened(params, width, seed):
    """The same net with further channels: they hear something at random, and nothing listens to them yet."""
    choice = np.random.default_rng(seed)

    def inputs(weights, size):
        taps = weights.reshape(3, -1, weights.shape[1])
        return np.pad(taps, ((0, 0), (0, size - taps.shape[1]), (0, 0))).reshape(3 * size, -1)

    layers, size = [], BANDS
    for weights, bias in params["layers"]:
        weights = inputs(np.asarray(weights), size)
        new = choice.standard_normal((len(weights), width - weights.shape[1])) * np.sqrt(1 / len(weights))
        layers.append((jnp.asarray(np.concatenate([weights, new], 1), jnp.float32),
                       jnp.asarray(np.pad(bias, (0, new.shape[1])), jnp.float32)))
        size = width

    def output(pair):
        weights, bias = pair
        return jnp.asarray(np.pad(weights, ((0, width - len(weights)), (0, 0)))), jnp.asarray(bias)

    return {"layers": layers, "mouth": output(params["mouth"]), "phones": output(params["phones"])}


def hidden(params, bands, dilations):
    """(batch, frames + 2 * reach, bands) -> (batch, frames, width): no padding anywhere."""
    value = bands
    for (weights, bias), step in zip(params["layers"], dilations):
        count = value.shape[1]
        middle = value[:, step:count - step]
        stacked = jnp.concatenate([value[:, :count - 2 * step], middle, value[:, 2 * step:]], -1)
        result = jax.nn.relu(stacked @ weights + bias)
        value = result + middle if middle.shape[-1] == result.shape[-1] else result
    return value


def outputs(params, bands, dilations=DILATIONS):
    """Logits of the mouth's four values and of the phone classes."""
    value = hidden(params, bands, dilations)
    return (value @ params["mouth"][0] + params["mouth"][1], value @ params["phones"][0] + params["phones"][1])


def loss(params, bands, targets, classes, weight, dilations, share):
    mouth, phones = outputs(params, bands, dilations)
    value = jax.nn.sigmoid(mouth)
    shut = targets[..., 3]
    error = ((2 + 3 * shut) * (value[..., 0] - targets[..., 0]) ** 2
             + (value[..., 1] - targets[..., 1]) ** 2 + (value[..., 2] - targets[..., 2]) ** 2)
    crossed = jax.nn.softplus(mouth[..., 3]) - shut * mouth[..., 3]
    likely = jnp.take_along_axis(jax.nn.log_softmax(phones), classes[..., None], -1)[..., 0]
    return (((1 - share) * (error + 0.15 * crossed) - share * likely) * weight[:, None]).mean()


class Pieces:
    """Random pieces of 2 s from sessions, with the frames around that the net sees."""

    def __init__(self, sessions, weights, reach, seed):
        self.choice, self.reach = np.random.default_rng(seed), reach
        self.sessions = sessions
        share = np.array([len(bands) * weight for (bands, _, _), weight in zip(sessions, weights)], np.float64)
        self.ends = np.cumsum(share / share.sum())

    def batch(self, count):
        choice, reach = self.choice, self.reach
        bands = np.empty((count, PIECE + 2 * reach, BANDS), np.float32)
        targets, classes = np.zeros((count, PIECE, 4), np.float32), np.zeros((count, PIECE), np.int32)
        for row, at in enumerate(np.searchsorted(self.ends, choice.random(count))):
            session = self.sessions[min(at, len(self.sessions) - 1)]
            length = len(session[0])
            start = int(choice.integers(-PIECE // 4, max(1, length - PIECE * 3 // 4)))
            bands[row] = session[0][np.clip(np.arange(start - reach, start + PIECE + reach), 0, length - 1)]
            inside = np.clip(np.arange(start, start + PIECE), 0, length - 1)
            targets[row], classes[row] = session[1][inside], session[2][inside]
        # what the running mean of the spectrum leaves over
        bands += np.repeat(choice.normal(0, 0.06, (count, 1, BANDS // 2)), 2, -1).astype(np.float32)
        bands += choice.normal(0, 0.08, (count, 1, 1)).astype(np.float32)
        for row in np.flatnonzero(choice.random(count) < 0.15):
            first = int(choice.integers(0, BANDS - 3))
            bands[row, :, first:first + int(choice.integers(1, 5))] -= choice.uniform(0.2, 1)
        return bands, targets, classes


def learn(pieces, params, steps, share=0.1, batch=24, rate=2e-3, log=print):
    """Adam with warm-up and cosine decay from `params` on; the result is the moving average of the weights."""
    zeros = jax.tree.map(jnp.zeros_like, params)

    @jax.jit
    def step(params, first, second, mean, number, bands, targets, classes):
        ones = jnp.ones(bands.shape[0])
        value, slope = jax.value_and_grad(loss)(params, bands, targets, classes, ones, DILATIONS, share)
        pace = rate * jnp.minimum(1, number / 200) * (0.51 + 0.49 * jnp.cos(jnp.pi * number / steps))
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, slope)
        scale = jnp.sqrt(1 - 0.999 ** number) / (1 - 0.9 ** number)
        params = jax.tree.map(lambda p, m, v: p * (1 - 1e-2 * pace) - pace * scale * m / (jnp.sqrt(v) + 1e-8),
                              params, first, second)
        keep = jnp.minimum(0.998, number / (number + 10))
        mean = jax.tree.map(lambda a, p: keep * a + (1 - keep) * p, mean, params)
        return params, first, second, mean, value

    first, second, mean, total = zeros, zeros, params, 0.0
    for number in range(1, steps + 1):
        params, first, second, mean, value = step(params, first, second, mean, float(number), *pieces.batch(batch))
        total += float(value)
        if number % 500 == 0:
            log("step %d loss %.4f" % (number, total / 500))
            total = 0.0
    return jax.tree.map(np.asarray, mean)
