"""Sentences of many languages, from packages that carry recordings of them or translations."""

import glob
import os
import re

#: language of the text -> voice of espeak-ng
VOICES = {
    "en": "en-us", "en_GB": "en", "de": "de", "fr": "fr", "es": "es", "it": "it", "pt": "pt", "pt_BR": "pt-br",
    "nl": "nl", "sv": "sv", "da": "da", "nb": "nb", "is": "is", "pl": "pl", "cs": "cs", "sk": "sk", "sl": "sl",
    "hr": "hr", "bg": "bg", "ru": "ru", "uk": "uk", "be": "be", "lt": "lt", "lv": "lv", "el": "el", "ro": "ro",
    "ca": "ca", "hu": "hu", "fi": "fi", "tr": "tr", "ar": "ar", "fa": "fa", "hi": "hi", "gu": "gu", "ml": "ml",
    "ta": "ta", "th": "th", "vi": "vi", "id": "id", "ko": "ko", "ja": "ja", "zh_CN": "cmn-latn-pinyin", "ka": "ka",
    "hy": "hy", "eo": "eo", "sw": "sw", "eu": "eu", "cy": "cy",
}

_LINE = re.compile(r'dialog(?:Id)?(?:Str)?\((?:"([^"]*)",\s*"[^"]*",\s*)?"((?:[^"\\]|\\.)*)"\)')


def stamps(root):
    """{path of a stamp without its extension: {language: sentence}} of Tux Paint."""
    found = {}
    for path in sorted(glob.glob(os.path.join(root, "usr/share/tuxpaint/stamps/**/*.txt"), recursive=True)):
        with open(path, encoding="utf-8", errors="ignore") as file:
            lines = file.read().splitlines()
        sentences = {"en": lines[0].strip()} if lines else {}
        for line in lines[1:]:
            language, _, sentence = line.partition(".utf8=")
            if sentence:
                sentences[language] = sentence.strip()
        found[path[:-4]] = sentences
    return found


def dialogs(root, language):
    """{(level, name of the sound): sentence} of Fish Fillets in a language."""
    found = {}
    pattern = os.path.join(root, "usr/share/games/fillets-ng/script/*/dialogs_%s.lua" % language)
    for path in sorted(glob.glob(pattern)):
        level, name = path.split("/")[-2], None
        with open(path, encoding="utf-8", errors="ignore") as file:
            for call in _LINE.finditer(file.read()):
                if call.group(1):
                    name = call.group(1)
                elif name:
                    found[level, name] = call.group(2).replace('\\"', '"').replace("\\n", " ").strip()
    return found


def spoken(text, language):
    """The text as espeak-ng reads it best: kana for Japanese, pinyin for Chinese."""
    if language == "ja":
        import pykakasi
        return " ".join(item["hira"] for item in pykakasi.kakasi().convert(text))
    if language == "zh_CN":
        import pypinyin
        return " ".join(pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE3, neutral_tone_with_five=True))
    return text


def sentences(packages):
    """{language: [sentence]} of all that the packages have, in a fixed order, none twice."""
    found = {}
    for _, translations in sorted(stamps(packages["tuxpaint-stamps-default"]).items()):
        for language, sentence in sorted(translations.items()):
            found.setdefault(language, {})[sentence] = None
    for language in ("bg", "cs", "de", "en", "es", "fr", "it", "nl", "pl", "ru", "sv"):
        for _, sentence in sorted(dialogs(packages["fillets-ng-data"], language).items()):
            found.setdefault(language, {})[sentence] = None
    return {language: [each for each in found[language] if 6 <= len(each) <= 160]
            for language in VOICES if language in found}
