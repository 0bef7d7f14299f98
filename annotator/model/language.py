"""Tells an article's language by its script and its commonest small words; "und" when it cannot be told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from annotator.model.folded_words import words_between

UNKNOWN = "und"
LATIN = "latin"
_SLICE = 500
"""Characters looked at from the start, the middle and the end."""
_PLAIN = 0.25
"""A text with so many small English words (as a share of all) is English; nothing else is tried."""
_FEWEST = 0.05
_LEAD = 1.1
"""The best language has at least such a share, and so much more than the next."""
_LETTER = re.compile(r"[^\W\d_]")
_words = words_between(r"[\W\d_]")
_NO_LETTERS = bytes(one for one in range(128) if not chr(one).isalpha())

# First character of each stretch of letters, and its script; what lies between is no letter or Latin.
_SCRIPTS: tuple[tuple[int, str], ...] = (
    *((0x0000, LATIN), (0x0370, "greek"), (0x0400, "cyrillic"), (0x0530, "armenian"), (0x0590, "hebrew")),
    *((0x0600, "arabic"), (0x0700, ""), (0x0750, "arabic"), (0x0780, ""), (0x08A0, "arabic")),
    *((0x0900, "devanagari"), (0x0980, "bengali"), (0x0A00, "gurmukhi"), (0x0A80, "gujarati"), (0x0B00, "")),
    *((0x0B80, "tamil"), (0x0C00, "telugu"), (0x0C80, "kannada"), (0x0D00, "malayalam"), (0x0D80, "")),
    *((0x0E00, "thai"), (0x0E80, ""), (0x10A0, "georgian"), (0x1100, "hangul"), (0x1200, "ethiopic")),
    *((0x1380, ""), (0x1E00, LATIN), (0x1F00, "greek"), (0x2000, ""), (0x3040, "kana"), (0x3100, "")),
    *((0x3400, "han"), (0xA000, ""), (0xAC00, "hangul"), (0xD7B0, ""), (0xF900, "han"), (0xFB00, LATIN)),
    *((0xFB1D, "hebrew"), (0xFB50, "arabic"), (0xFF00, ""), (0xFF21, LATIN), (0xFF66, "kana")),
    *((0xFFA0, ""), (0x20000, "han"), (0x32000, "")),
)
_STARTS = tuple(start for start, _ in _SCRIPTS)

_ALONE = {
    "greek": "el",
    "armenian": "hy",
    "hebrew": "he",
    "bengali": "bn",
    "gurmukhi": "pa",
    "gujarati": "gu",
    "tamil": "ta",
    "telugu": "te",
    "kannada": "kn",
    "malayalam": "ml",
    "thai": "th",
    "georgian": "ka",
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
}
"""Scripts that, in the news, one language writes."""
_WORDS: Mapping[str, Mapping[str, frozenset[bytes]]] = {
    script: {language: frozenset(words.encode().split()) for language, words in several.items()}
    for script, several in {
        LATIN: {
            "en": "the of and to in that is was for on with as at by it from be are has have he she they a"
            " his an this who not will their its but said after about had were",
            "de": "der die das und ist nicht ein eine den dem des zu mit von für auf im er sie sich auch",
            "fr": "le la les des et est une un du dans que qui pour pas sur au ce il elle ne plus par avec",
            "es": "el la los las de que y en un una es por con para no se del al su como más pero ha lo fue",
            "ca": "el la els les de i que en un una és per amb no del al més però ha va seva com dels als",
            "it": "il la di che e è un una per non del della con sono si le dei nel alla ha più gli da lo",
            "pt": "o a os as de que e em um uma não para com do da dos no na é se por mais foi ao são seu",
            "nl": "de het een en van is dat niet op te zijn voor met aan er om ook naar door bij heeft wordt",
            "pl": "i w na nie z się że do jest to o jak po za od przez są dla był ale ma który oraz być",
            "cs": "a se na je že v s z do to o i za ve jsou pro by ale jako jeho který není podle být si",
            "sk": "a sa na je že v s z do to o aj za vo sú pre by ale ako jeho ktorý nie podľa byť si",
            "sv": "och att det som en är på för av med den till inte har om ett han hon men var från vid",
            "da": "og at det som en er på for af med den til ikke har om et han hun men var efter blev",
            "no": "og at det som en er på for av med den til ikke har om et han hun men var etter ble",
            "fi": "ja on ei se että oli hän mutta myös kun ovat joka mukaan sekä tai sen ollut jo vain",
            "hu": "a az és hogy nem is egy meg de ez van volt már csak azt szerint még el mint vagy lesz ki",
            "ro": "și de în la că nu cu o pe este din un pentru a fi care mai se sunt dar după fost prin",
            "hr": "i je u da se na su za od s o ne bi kao koji što ali će iz nije bio te po ima biti",
            "tr": "ve bir bu da de için ile olarak daha çok gibi olan ne kadar sonra ama değil dedi var en",
            "id": "yang dan di dari ini itu untuk dengan tidak pada dalam akan ke juga adalah mereka oleh",
            "vi": "và của là không có được cho một các những trong đã này với người khi đến ông cũng để",
        },
        "cyrillic": {
            "ru": "и в не на что с он по как это из но о его а было от за то был же для она они был ещё",
            "uk": "і в не на що з він по як це із але про його а було від за та був ж для вона вони був й",
            "be": "і ў не на што з ён па як гэта але пра яго а было ад за ды быў жа для яна яны",
            "bg": "и в не на че с той по как това от но за го а беше са се да е ще като във със",
            "sr": "и је у да се на су за од с о не би као који што али ће из није био те по",
            "mk": "и во не на дека со тој по како ова од но за го а беше се да е ќе што",
        },
        "arabic": {
            "ar": "في من على أن إلى عن التي الذي ما لا هذا هذه كان مع قد إن بعد قال بين كما أو",
            "fa": "و در به از که این را با است برای آن یک خود تا بر هم شد می های شده اما",
            "ur": "کے میں کی ہے اور سے کا کو نے کہ ہیں پر یہ اس کر بھی تھا نہیں وہ ایک",
        },
        "devanagari": {
            "hi": "के में की है और से का को ने कि हैं पर यह इस कर भी था नहीं वह एक",
            "mr": "आणि आहे या च्या ते हे मध्ये नाही आहेत होते व की तर पण हा ही केली",
            "ne": "र छ छन् को मा ले लाई हो यो भने पनि गरेको थियो तथा बाट भएको",
        },
    }.items()
}

_BEYOND_ARABIC = frozenset("پچژگکیہے")
"""Letters of which Persian and Urdu have some in any sentence, and Arabic none."""


def find_language(text: str) -> str:
    """Return the two-letter code of a text's language, or "und" when it cannot be told."""
    sample = _sample(text)
    script = _script(sample)
    if script not in _WORDS:
        return _ALONE.get(script, UNKNOWN)
    words, several = _words(sample), _WORDS[script]
    if script == LATIN and sum(map(several["en"].__contains__, words)) >= _PLAIN * max(len(words), 1):
        return "en"
    is_arabic = script == "arabic" and _BEYOND_ARABIC.isdisjoint(sample)
    counts = Counter(words)
    (best, language), (second, _), *_ = sorted(
        ((_share(counts, small), code) for code, small in several.items()), reverse=True
    )
    is_sure = best >= _FEWEST and best >= _LEAD * second and not (is_arabic and language != "ar")
    return language if is_sure else UNKNOWN


def settled_language(said: str, text: str) -> str:
    """Return the language that was said of a text, or its own where its words show that it is another one.

    A page says that of its menus, or what its maker never changed.  Only what is sure counts against it:
    another script, or many small English words.
    """
    found = find_language(text)
    is_latin = said in _WORDS[LATIN]
    return found if is_latin and found != said and (found == "en" or found in _ALONE.values()) else said


def find_script(text: str) -> str:
    """Return the script of most of a text's letters, as a lower-case name; nothing when it has no letters."""
    return _script(_sample(text))


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return f"{text[:_SLICE]} {text[middle : middle + _SLICE]} {text[-_SLICE:]}"


def _script(sample: str) -> str:
    if sample.isascii():
        return LATIN if _LETTER.search(sample) else ""
    plain = sample.encode("ascii", "ignore").translate(None, _NO_LETTERS)
    if 2 * len(plain) > len(sample):
        return LATIN
    counts: Counter[str] = Counter()
    for char, count in Counter(sample).items():
        if char.isalpha():
            counts[_SCRIPTS[bisect_right(_STARTS, ord(char)) - 1][1]] += count
    if counts["kana"] * 10 >= counts["han"] > 0:
        counts["kana"] += counts.pop("han")
    return max(counts, key=lambda one: counts[one]) if counts else ""


def _share(words: Counter[bytes], small: frozenset[bytes]) -> float:
    return sum(words[one] for one in small if one in words) / max(words.total(), 1)
