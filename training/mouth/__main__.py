"""python -m mouth FOLDER [MINUTES]: all steps from packages to weights; what lies in FOLDER/clips is not made again.

1. Speech with phone times: espeak-ng and flite tell them, festvox-ru's recordings carry them.
2. A first net learns phones from these, and aligns the recordings whose texts are known.
3. The net proper learns from all of them, and from what is no speech.
4. It aligns the recordings anew, better than the first net did, and learns on from what fits now.
5. Weights, the values for the test that compares Swift with Python, and the card's figures are written.

With MINUTES each step is made small, so that all of them take about so long; everything then goes to FOLDER/trial.
"""

import multiprocessing
import os
import shutil
import sys
import time

# one thread a process: the same sums in the same order
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import numpy as np

from . import aligner, clips, dataset, evaluate, export, net, noises, recordings, synthetic

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WEIGHTS_FILE = "/Sources/TalkingHead/Mouth/TrainedMouth.swift"
EXPECTATION_FILE = "/Tests/TalkingHeadTests/MouthNetExpectation.swift"
SEED = 1
#: Learned narrow on rough sound first, then with more channels on mostly clean sound: faster than wide from the start.
NARROW, NARROW_STEPS = 48, 7000
WIDTH, WIDE_STEPS = 72, 2000
#: Then on and on: the loss went on falling all the way.
LONG_STEPS = 50000
ALIGNER_WIDTH, ALIGNER_STEPS = 72, 2500
#: With fewer it knows no phones at all, and no recording fits its text.
LEAST_STEPS = 400
#: People whom the net never hears while it learns: their scores are the ones to choose by.
HELD_OUT = ("fillets-nl-v", "stamps-el", "queen-FAYE", "queen-HENRY")
#: Variants of espeak-ng's voices that it never hears either.
UNHEARD = ("+m1", "+m3", "+m7", "+f1", "+f2", "+f5")
CARD_LANGUAGES = ("en", "zh_CN", "de", "fr", "es", "it", "nl", "pl", "ru", "ja", "ko", "hi", "ar", "tr", "vi")
#: Clips of the espeak-ng set for each language.
PER_LANGUAGE = 60
FLITE_CLIPS = 400
STILL_SESSIONS = 200
#: How often a set is heard against its length, first and then.
WEIGHTS = {"espeak rough": (1, 0.4), "flite rough": (2, 0.8), "labelled rough": (2, 0.8), "still rough": (1, 0.4),
           "espeak clean": (1, 1.1), "flite clean": (2, 2.2), "labelled clean": (1, 1.1), "still clean": (1, 1.1),
           "human clean": (0.8, 1), "human rough": (0.8, 0.6)}
#: What the whole takes on two cores: with MINUTES, so much less of everything.
WHOLE_MINUTES = 120

_begin = time.monotonic()


def log(text):
    print("%5.0f s  %s" % (time.monotonic() - _begin, text), flush=True)


class Steps:
    """The steps' results, each kept as a file of the work folder. `share`: how much of each step is done."""

    def __init__(self, packages, work, share):
        self.work, self.share = work, share
        os.makedirs(work + "/clips", exist_ok=True)
        self.packages = {name: packages + "/" + name for name in os.listdir(packages)}

    def some(self, count, least=1):
        """So much of a number of clips or steps as this run does."""
        return max(least, round(count * self.share))

    def kept(self, name, make):
        path = "%s/clips/%s" % (self.work, name)
        if not os.path.exists(path):
            log("making " + name)
            clips.save(path + ".partial", make())
            os.replace(path + ".partial", path)
        return clips.load(path)

    def espeak(self):
        return self.kept("espeak", lambda: synthetic.espeak_clips(
            self.packages, self.some(PER_LANGUAGE), SEED))

    def flite(self):
        return self.kept("flite", lambda: synthetic.flite_clips(
            self.packages, self.some(FLITE_CLIPS), SEED + 1))

    def labelled(self):
        def make():
            found = recordings.labelled(self.packages)
            return found[:self.some(len(found))]
        return self.kept("labelled", make)

    def unheard(self):
        def make():
            made = synthetic.espeak_clips(self.packages, self.some(4), SEED + 2, "espeak-ng", UNHEARD)
            return [clip for clip in made if clip.language in CARD_LANGUAGES]
        return self.kept("unheard", make)

    def aligned(self, params):
        """Recordings with times by a net: two processes align half each."""
        spoken = self.kept("spoken", lambda: recordings.spoken_texts(self.packages, round(1 / self.share)))
        priors = self.kept("priors", self._priors)
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            found = pool.starmap(aligner.fitted, [(spoken[half::2], params, priors) for half in (0, 1)])
        return aligner.best([each for half in found for each in half])

    def human(self):
        return self.kept("human", lambda: self.aligned(self.kept("aligner", self._aligner)))

    def human_again(self):
        return self.kept("human-again", lambda: self.aligned(self.kept("wide", self._wide)))

    def sessions(self, sets, seed):
        """[(name, (bands, targets, classes))] of named sets: the share of their sessions that are roughened."""
        music = noises.music(self.packages)
        heard = []
        for number, (name, rough, make) in enumerate(sets):
            source = dataset.Sessions(make() if make else [], music, seed + number)
            made = source.all(rough) if make else source.silence_and_noise(self.some(STILL_SESSIONS))
            heard += [(name, session) for session in made]
            log("%s: %.0f min" % (name, sum(len(bands) for bands, _, _ in made) / 3000))
        return heard

    def _first_sessions(self):
        return self.sessions([("espeak rough", 0.7, self.espeak), ("flite rough", 0.7, self.flite),
                              ("labelled rough", 0.7, self.labelled), ("still rough", 1, None)], SEED + 10)

    def _clean_sessions(self):
        return self.sessions([("espeak clean", 0.2, self.espeak), ("flite clean", 0.2, self.flite),
                              ("labelled clean", 0.2, self.labelled), ("still clean", 1, None)], SEED + 20)

    def _people(self, make, seed):
        def heard():
            return [clip for clip in make() if clip.speaker not in HELD_OUT]
        return self.sessions([("human clean", 0.3, heard), ("human rough", 1, heard)], seed)

    def _priors(self):
        counts = 100 + sum(np.bincount(classes, minlength=dataset.CLASSES)
                           for _, (_, _, classes) in self.kept("first-sessions", self._first_sessions))
        return counts / counts.sum()

    def _pieces(self, heard, stage):
        weights = [WEIGHTS[name][min(stage, 1)] for name, _ in heard]
        return net.Pieces([session for _, session in heard], weights, net.REACH, SEED + stage)

    def _aligner(self):
        pieces = self._pieces(self.kept("first-sessions", self._first_sessions), 0)
        return net.learn(pieces, net.create(ALIGNER_WIDTH, SEED),
                         self.some(ALIGNER_STEPS, LEAST_STEPS), share=0.5, log=log)

    def _synthetic(self):
        return (self.kept("first-sessions", self._first_sessions)
                + self.kept("clean-sessions", self._clean_sessions))

    def _wide(self):
        people = self.kept("people", lambda: self._people(self.human, SEED + 30))

        def narrow():
            pieces = self._pieces(self._synthetic() + people, 0)
            return net.learn(pieces, net.create(NARROW, SEED), self.some(NARROW_STEPS, LEAST_STEPS), log=log)

        start = net.widened(self.kept("narrow", narrow), WIDTH, SEED)
        return net.learn(self._pieces(self._synthetic() + people, 1), start, self.some(WIDE_STEPS),
                         rate=1.5e-3, log=log)

    def trained(self):
        def longer():
            start = self.kept("wide", self._wide)
            people = self.kept("people-again", lambda: self._people(self.human_again, SEED + 40))
            return net.learn(self._pieces(self._synthetic() + people, 2), start, self.some(LONG_STEPS),
                             rate=1.5e-3, log=log)
        return self.kept("net", longer)


def main():
    work, root, share = sys.argv[1], ROOT, 1.0
    packages = work + "/packages"
    if len(sys.argv) > 2:
        share = min(1.0, float(sys.argv[2]) / WHOLE_MINUTES)
        work = root = work + "/trial"
        shutil.rmtree(work, ignore_errors=True)
        for folder in (WEIGHTS_FILE, EXPECTATION_FILE):
            os.makedirs(os.path.dirname(root + folder))
    steps = Steps(packages, work, share)
    params = export.rounded(steps.trained())
    outputs = jax.jit(net.outputs)
    export.write_weights(root + WEIGHTS_FILE, params)
    export.write_expectation(root + EXPECTATION_FILE, outputs, params)
    choice = np.random.default_rng(SEED)
    people = [clip for clip in steps.human_again() if clip.speaker in HELD_OUT]
    people = [people[index] for index in choice.permutation(len(people))[:300]]
    print("\n".join(evaluate.table(outputs, params, people + steps.unheard())))
    log("done")


if __name__ == "__main__":
    main()
