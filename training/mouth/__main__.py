"""python -m mouth FOLDER: all steps from packages to weights; a step whose file is in FOLDER/clips is not done again.

1. Speech with phone times: espeak-ng and flite tell them, festvox-ru's recordings carry them.
2. A first net learns phones from these, and aligns the recordings whose texts are known.
3. The net proper learns from all of them, and from what is no speech.
4. Weights, the values for the test that compares Swift with Python, and the card's figures are written.
"""

import multiprocessing
import os
import sys
import time

# one thread a process: the same sums in the same order
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import numpy as np

from . import aligner, clips, dataset, evaluate, export, net, noises, recordings, synthetic

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEED = 1
#: Learned narrow on rough sound first, then with more channels on mostly clean sound: faster than wide from the start.
NARROW, NARROW_STEPS = 48, 7000
WIDTH, WIDE_STEPS = 72, 2000
#: Then on and on: the loss went on falling all the way.
LONG_STEPS = 23800
ALIGNER_WIDTH, ALIGNER_STEPS = 72, 2500
#: People whom the net never hears while it learns: their scores are the ones to choose by.
HELD_OUT = ("fillets-nl-v", "stamps-el")
#: Variants of espeak-ng's voices that it never hears either.
UNHEARD = ("+m1", "+m3", "+m7", "+f1", "+f2", "+f5")
CARD_LANGUAGES = ("en", "zh_CN", "de", "fr", "es", "it", "nl", "pl", "ru", "ja", "ko", "hi", "ar", "tr", "vi")
#: Clips of the espeak-ng set for each language.
PER_LANGUAGE = 60
#: How often a set is heard against its length, first and then: there is little English outside the synthesizers.
WEIGHTS = {"espeak rough": (1, 0.5), "flite rough": (2, 1), "labelled rough": (2, 1), "still rough": (1, 0.5),
           "espeak clean": (1, 1.3), "flite clean": (2, 2.6), "labelled clean": (1, 1.3), "still clean": (1, 1.3),
           "human clean": (0.8, 1.1), "human rough": (0.8, 0.4)}

_begin = time.monotonic()


def log(text):
    print("%5.0f s  %s" % (time.monotonic() - _begin, text), flush=True)


class Steps:
    """The steps' results, each kept as a file of the work folder."""

    def __init__(self, work):
        self.work = work
        names = os.listdir(work + "/packages")
        self.packages = {name: work + "/packages/" + name for name in names}

    def kept(self, name, make):
        path = "%s/clips/%s" % (self.work, name)
        if not os.path.exists(path):
            log("making " + name)
            clips.save(path + ".partial", make())
            os.replace(path + ".partial", path)
        return clips.load(path)

    def espeak(self):
        return self.kept("espeak", lambda: synthetic.espeak_clips(
            self.packages, PER_LANGUAGE, SEED))

    def flite(self):
        return self.kept("flite", lambda: synthetic.flite_clips(self.packages, 400, SEED + 1))

    def labelled(self):
        return self.kept("labelled", lambda: recordings.labelled(self.packages))

    def unheard(self):
        def make():
            made = synthetic.espeak_clips(self.packages, 4, SEED + 2, "espeak-ng", UNHEARD)
            return [clip for clip in made if clip.language in CARD_LANGUAGES]
        return self.kept("unheard", make)

    def human(self):
        """Recordings with times: two processes align half each, by name."""
        def make():
            params = self.kept("aligner", self._aligner)
            spoken = self.kept("spoken", lambda: recordings.spoken_texts(self.packages))
            priors = self.kept("priors", self._priors)
            speakers = sorted({clip.speaker for clip in spoken})
            halves = [[clip for clip in spoken if clip.speaker in speakers[half::2]] for half in (0, 1)]
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                found = pool.starmap(_aligned, [(half, params, priors) for half in halves])
            return [clip for half in found for clip in half]
        return self.kept("human", make)

    def sessions(self, sets, seed):
        """[(name, (bands, targets, classes))] of named sets: the share of their sessions that are roughened."""
        music = noises.music(self.packages)
        heard = []
        for number, (name, rough, make) in enumerate(sets):
            source = dataset.Sessions(make() if make else [], music, seed + number)
            made = source.all(rough) if make else source.silence_and_noise(200)
            heard += [(name, session) for session in made]
            log("%s: %.0f min" % (name, sum(len(bands) for bands, _, _ in made) / 3000))
        return heard

    def _first_sessions(self):
        return self.sessions([("espeak rough", 0.7, self.espeak), ("flite rough", 0.7, self.flite),
                              ("labelled rough", 0.7, self.labelled), ("still rough", 1, None)], SEED + 10)

    def _more_sessions(self):
        def heard():
            return [clip for clip in self.human() if clip.speaker not in HELD_OUT]
        return self.sessions([("espeak clean", 0.2, self.espeak), ("flite clean", 0.2, self.flite),
                              ("labelled clean", 0.2, self.labelled), ("still clean", 1, None),
                              ("human clean", 0.3, heard), ("human rough", 1, heard)], SEED + 20)

    def _priors(self):
        counts = 100 + sum(np.bincount(classes, minlength=dataset.CLASSES)
                           for _, (_, _, classes) in self.kept("first-sessions", self._first_sessions))
        return counts / counts.sum()

    def _pieces(self, heard, stage):
        weights = [WEIGHTS[name][min(stage, 1)] for name, _ in heard]
        return net.Pieces([session for _, session in heard], weights, net.REACH, SEED + stage)

    def _aligner(self):
        pieces = self._pieces(self.kept("first-sessions", self._first_sessions), 0)
        return net.learn(pieces, net.create(ALIGNER_WIDTH, SEED), ALIGNER_STEPS, share=0.5, log=log)

    def trained(self):
        def all_sessions():
            return (self.kept("first-sessions", self._first_sessions)
                    + self.kept("more-sessions", self._more_sessions))

        def narrow():
            return net.learn(self._pieces(all_sessions(), 0), net.create(NARROW, SEED), NARROW_STEPS, log=log)

        def wide():
            start = net.widened(self.kept("narrow", narrow), WIDTH, SEED)
            return net.learn(self._pieces(all_sessions(), 1), start, WIDE_STEPS, rate=1.5e-3, log=log)

        def longer():
            start = self.kept("wide", wide)
            return net.learn(self._pieces(all_sessions(), 2), start, LONG_STEPS, rate=1.5e-3, log=log)
        return self.kept("net", longer)


def _aligned(spoken, params, priors):
    return aligner.align(spoken, jax.jit(net.outputs), params, priors)


def main():
    steps = Steps(sys.argv[1])
    params = export.rounded(steps.trained())
    outputs = jax.jit(net.outputs)
    export.write_weights(ROOT + "/Sources/TalkingHead/Mouth/TrainedMouth.swift", params)
    export.write_expectation(ROOT + "/Tests/TalkingHeadTests/MouthNetExpectation.swift", outputs, params)
    choice = np.random.default_rng(SEED)
    people = [clip for clip in steps.human() if clip.speaker in HELD_OUT]
    people = [people[index] for index in choice.permutation(len(people))[:300]]
    print("\n".join(evaluate.table(outputs, params, people + steps.unheard())))
    log("done")


if __name__ == "__main__":
    main()
