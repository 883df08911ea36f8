"""How well tracks follow phones, per group of clips: the figures of the card."""

import numpy as np

from . import visemes
from .export import said, track


def correlation(first, second):
    first, second = first - first.mean(), second - second.mean()
    scale = np.sqrt((first ** 2).sum() * (second ** 2).sum())
    return float((first * second).sum() / scale) if scale > 1e-9 else 0.0


def lag(ours, wanted, reach=5):
    """Frames by which our track comes late: where its correlation is greatest."""
    middle = slice(reach, len(ours) - reach)
    return max(range(-reach, reach + 1), key=lambda late: correlation(np.roll(ours, -late)[middle], wanted[middle]))


def measured(clip, values):
    """Correlations of open and of wide - round, share of closures in which the mouth shuts, lag in frames."""
    wanted = visemes.track(clip.phones, clip.duration)[:len(values)]
    values = values[:len(wanted)]
    shut = []
    for _, _, _, closed in clip.phones:
        if closed:
            first, last = int((closed[0] - 0.04) * visemes.RATE), int((closed[1] + 0.04) * visemes.RATE) + 1
            around = values[max(0, first - 12):last + 12, 0]
            inside = values[max(0, first):last, 0]
            if len(inside) and around.max() > 0.1:
                shut.append(float(inside.min() < 0.3 * around.max()))
    return (correlation(values[:, 0], wanted[:, 0]),
            correlation(values[:, 1] - values[:, 2], wanted[:, 1] - wanted[:, 2]),
            float(np.mean(shut)) if shut else float("nan"),
            float(lag(values[:, 0], wanted[:, 0])) if len(values) > 60 else float("nan"))


def table(outputs, params, clips):
    """Lines of the card: group, clips, open, lips, closures, lag."""
    groups = {}
    for clip in clips:
        name = clip.speaker if clip.group == "human" else "%s %s" % (clip.group, clip.language)
        values = track(said(outputs, params, clip.samples()))
        groups.setdefault(name, []).append(measured(clip, values))
    lines = ["| heard | clips | open, r | lips, r | closures shut | lag, ms |", "|---|---|---|---|---|---|"]
    for name, rows in sorted(groups.items()):
        means = np.nanmean(np.array(rows), 0)
        lines.append("| %s | %d | %.2f | %.2f | %.0f %% | %.0f |" % (
            name, len(rows), means[0], means[1], 100 * means[2], 1000 * means[3] / visemes.RATE))
    return lines
