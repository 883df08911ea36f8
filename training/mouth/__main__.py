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
SEED = 6
WIDTH, STEPS = 48, 10000
ALIGNER_WIDTH, ALIGNER_STEPS = 72, 2500
#: People whom the net never hears while it learns: their scores are the ones to choose by.
HELD_OUT = ("fillets-nl-v", "stamps-el")
#: espeak-ng's variants, and languages, that it never hears either.
UNHEARD = ("+m1", "+m3", "+m7", "+f1", "+f2", "+f5")
UNHEARD_LANGUAGES = ("nl", "sv", "uk", "el")
#: Clips of the espeak-ng set for each language.
PER_LANGUAGE = 60
#: How often a set is heard against its length: there is little English outside the synthesizers.
WEIGHTS = {"espeak": 1.0, "flite": 2.0, "labelled": 1.0, "human": 1.5, "no speech": 1.0}

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
            self.packages, PER_LANGUAGE, SEED, skip=UNHEARD_LANGUAGES))

    def flite(self):
        return self.kept("flite", lambda: synthetic.flite_clips(self.packages, 400, SEED + 1))

    def labelled(self):
        return self.kept("labelled", lambda: recordings.labelled(self.packages))

    def unheard(self):
        def make():
            made = synthetic.espeak_clips(self.packages, 4, SEED + 2, "espeak-ng", UNHEARD)
            return [clip for clip in made if clip.language in ("en", "zh_CN", "de", "fr", "es", "it", "pt", "pl", "ru",
                                                               "ja", "ko", "hi", "ar", "tr", "vi") + UNHEARD_LANGUAGES]
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
        """[(bands, targets, classes)] and how often to hear each, of named sets: once rough, once mostly clean."""
        music = noises.music(self.packages)
        heard, weights = [], []
        for number, (name, rough, make) in enumerate(sets):
            made = dataset.Sessions(make(), music, seed + number).all(rough)
            heard += made
            weights += [WEIGHTS[name]] * len(made)
            log("%s: %.0f min" % (name, sum(len(bands) for bands, _, _ in made) / 3000))
        still = dataset.Sessions([], music, seed + 99).silence_and_noise(200)
        return heard + still, weights + [WEIGHTS["no speech"]] * len(still)

    def _first_sessions(self):
        return self.sessions([("espeak", 0.7, self.espeak), ("flite", 0.7, self.flite),
                              ("labelled", 0.7, self.labelled)], SEED + 10)

    def _priors(self):
        heard, _ = self.kept("first-sessions", self._first_sessions)
        counts = 100 + sum(np.bincount(classes, minlength=dataset.CLASSES) for _, _, classes in heard)
        return counts / counts.sum()

    def _aligner(self):
        heard, weights = self.kept("first-sessions", self._first_sessions)
        pieces = net.Pieces(heard, weights, net.REACH, SEED)
        return net.learn(pieces, ALIGNER_WIDTH, ALIGNER_STEPS, SEED, share=0.5, log=log)

    def all_sessions(self):
        def heard():
            return [clip for clip in self.human() if clip.speaker not in HELD_OUT]
        return self.sessions([("espeak", 0.2, self.espeak), ("espeak", 1.0, self.espeak), ("flite", 0.5, self.flite),
                              ("labelled", 0.5, self.labelled), ("human", 0.3, heard), ("human", 1.0, heard)],
                             SEED + 20)

    def trained(self):
        def make():
            heard, weights = self.kept("sessions", self.all_sessions)
            pieces = net.Pieces(heard, weights, net.REACH, SEED)
            return net.learn(pieces, WIDTH, STEPS, SEED, log=log)
        return self.kept("net", make)


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
