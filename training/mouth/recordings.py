"""Recordings of people in Debian packages, with what they say."""

import glob
import os

import numpy as np
import soundfile

from . import queen, sounds, texts
from .clips import Clip, pcm
from .visemes import PAUSE, closure

#: Languages in which Tux Paint's stamps are spoken by people.
STAMP_LANGUAGES = ("fr", "ru", "ro", "ca", "bg", "es", "be", "el", "da", "lt", "nl", "en")


def read(path):
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return sounds.resampled(sound.mean(1), rate)


def stamps(packages):
    """Tux Paint: one to three sentences or words per stamp and language, one or a few speakers a language."""
    root = packages["tuxpaint-stamps-default"]
    for stamp, sentences in sorted(texts.stamps(root).items()):
        for language in STAMP_LANGUAGES:
            path = stamp + ("_desc.ogg" if language == "en" else "_desc_%s.ogg" % language)
            if language in sentences and os.path.exists(path):
                yield path, "stamps-" + language, language, sentences[language]


def dialogs(packages):
    """Fish Fillets in Czech and Dutch: two actors ("m", "v") and some others."""
    for language in ("cs", "nl"):
        said = texts.dialogs(packages["fillets-ng-data"], language)
        root = packages["fillets-ng-data-" + language]
        for path in sorted(glob.glob(root + "/usr/share/games/fillets-ng/sound/*/%s/*.ogg" % language)):
            level, name = path.split("/")[-3], os.path.basename(path)[:-4]
            role = (name.split("-") + [""])[1]
            if (level, name) in said:
                speaker = "fillets-%s-%s" % (language, role if role in ("m", "v") else "others")
                yield path, speaker, language, said[level, name]


def spoken_texts(packages, every=1):
    """Clips without phone times yet, each or every so many-th of them: what aligner.py gives times."""
    clips = []
    for path, speaker, language, text in (list(stamps(packages)) + list(dialogs(packages)))[::every]:
        try:
            sound = read(path)
        except (soundfile.LibsndfileError, OSError):
            continue
        if 0.4 < len(sound) / 16000 < 20 and np.abs(sound).max() > 0.01:
            name = "%s_%s" % (speaker, os.path.basename(path)[:-4])
            clips.append(Clip(name, "human", speaker, pcm(sound), [], text, language))
    return clips + queen.clips(packages["flight-of-the-amazon-queen"])[::every]


#: The phones of festvox-ru's voice: doubled letters are stressed vowels and soft consonants.
RUSSIAN = dict(
    a="ɐ", aa="a", ae="ɪ", ay="ə", e="ɪ", ee="ɛ", i="ɪ", ii="i", o="o", oo="o", u="ʊ", uu="u", ur="ʊ", y="ɨ", yy="ɨ",
    b="b", bb="b", c="ts", ch="tɕ", d="d", dd="d", f="f", ff="f", g="ɡ", gg="ɡ", h="x", hh="x", j="j", k="k", kk="k",
    l="ɫ", ll="l", m="m", mm="m", n="n", nn="n", p="p", pp="p", r="r", rr="r", s="s", ss="s", sch="ɕ", sh="ʂ", t="t",
    tt="t", v="v", vv="v", z="z", zh="ʐ", zz="z", pau=PAUSE)


def labelled(packages):
    """A reader of Russian novels with phone times, the recordings behind festvox-ru's voice; in pieces of 12 s."""
    root = packages["festvox-ru"] + "/usr/share/festival/voices/russian/msu_ru_nsh_clunits"
    clips = []
    for path in sorted(glob.glob(root + "/lab/*.lab")):
        name = os.path.basename(path)[:-4]
        with open(path) as file:
            rows = [line.split() for line in file if len(line.split()) == 3]
        ends = [float(row[0]) for row in rows]
        phones = [RUSSIAN.get(row[2], "ə") for row in rows]
        spans = [(phone, start, end) for phone, start, end in zip(phones, [0.0] + ends[:-1], ends)]
        sound = read(root + "/wav/" + name + ".wav")
        clips.extend(_pieces(name, sound, spans))
    return clips


def _pieces(name, sound, spans, length=12.0):
    pieces, start = [], 0.0
    for index, (phone, begin, end) in enumerate(spans):
        last = index == len(spans) - 1
        if last or (phone == PAUSE and end - start > length):
            inside = [(p, max(s, start) - start, e - start) for p, s, e in spans if e > start and e <= end]
            cut = sound[int(start * 16000):int(end * 16000)]
            pieces.append(Clip("%s_%d" % (name, len(pieces)), "human", "festvox-ru", pcm(cut),
                               [(p, s, e, closure(p, s, e)) for p, s, e in inside], "", "ru"))
            start = end
    return pieces
