"""A quotation of which a clause tells what it is: “It leaks,” was the verdict of Quill."""

from __future__ import annotations

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.behind import subject_after
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_COMING = frozenset(("came", "comes", "went", "goes", "ran", "runs", "read", "reads"))
_FEW = 6
"""Words to the noun at most: "was the final, bitter verdict"."""
_FAR = 24
_NOT_BETWEEN = frozenset(("IN", ",", "VD", "AUX"))


def predicated(s: Sentence) -> Found | None:
    """Return “It leaks,” was the verdict of Quill; “it leaks” is how she put it; “no,” came the reply."""
    quote = s.first + (s.tag(s.first) == "CC")
    verb = quote + 1 + (s.tag(quote + 1) == ",")
    if s.tag(quote) != "Q" or s.tag(verb) not in VERBAL:
        return None
    found = _how(s, verb) if s.word(verb + 1) in ("how", "all", "what") else _answer(s, verb)
    if found is None:
        return None
    cue, source = found
    return Found(
        "predicated", "asserts", s.bounds(cue), s.bounds(source) if source is not None else None,
        (s.bounds((quote, quote + 1)),), 0.7, "a quotation, and what it is",
        paragraph=s.line.paragraph, depth=s.line.depth,
    )  # fmt: skip


def answered(s: Sentence) -> Found | None:
    """Return “It leaks.” behind "Quill's answer?", a sentence of its own."""
    line, mark = s.line, s.first - 1
    if s.tag(s.first) != "Q" or s.end > s.first + 1 or mark < 3 or line.words[mark] != "?":
        return None
    first = max((at + 1 for at in range(mark) if line.tags[at] in (".", "Q")), default=0)
    owner = next((at for at in range(first, mark) if line.tags[at] == "PS"), -1)
    if owner < 0 or mark - first > _FEW or line.words[mark - 1] not in cue_lexicon().nouns:
        return None
    before = Sentence(line, first, mark)
    return Found(
        "predicated", "asserts", before.bounds((owner + 1, mark)), before.bounds((first, owner + 1)),
        (s.bounds((s.first, s.end)),), 0.7, "a noun, a question mark and a quotation",
        paragraph=line.paragraph, depth=line.depth,
    )  # fmt: skip


def _how(s: Sentence, being: int) -> tuple[Items, Items] | None:
    """Return cue and source of "is how she put it"."""
    near = range(being + 2, min(s.end, being + _FAR))
    verb = next((at for at in near if s.tag(at) in ("VB", "VD")), -1)
    source = subject_before(s, group_start(s, verb)) if verb > 0 else None
    if source is None or source[1] < being + 3 or s.word(being) not in grammar()["being"]:
        return None
    return (being, being + 2), (max(source[0], being + 2), source[1])


def _answer(s: Sentence, verb: int) -> tuple[Items, Items | None] | None:
    """Return cue and source of "was the verdict of Quill", "is her refrain", "came the reply"."""
    is_coming = s.word(verb) in _COMING
    near = range(verb + 1, min(s.end, verb + _FEW))
    noun = next((at for at in near if s.word(at) in cue_lexicon().nouns), -1)
    is_known = is_coming or s.word(verb) in grammar()["being"]
    if not is_known or noun < 0 or any(s.tag(at) in _NOT_BETWEEN for at in range(verb + 1, noun)):
        return None
    owner = next((at for at in range(verb + 1, noun) if s.tag(at) == "PS"), -1)
    if owner > 0:
        return (verb, noun + 1), (verb + 1, owner + 1)
    is_of = s.word(noun + 1) in ("of", "from", "by")
    source = subject_after(s, noun + 2) if is_of else None
    if s.tag(verb + 1) != "DT" or (source is None and (is_of or not is_coming)):
        return None
    return (verb, noun + 1 + is_of), source
