"""What stands in the next paragraph, behind a verb and a colon: "The mayor said:", and then her words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotator.model.cue_lexicon import SURE
from annotator.model.tokens import Bounds
from annotator.nlp.attributions.behind import heard, skip_when
from annotator.nlp.attributions.cues import VerbCue, verb_cues
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.reading import Line
from annotator.nlp.attributions.sentences import VERBAL, Sentence, sentences
from annotator.nlp.attributions.verbs import subject_of

_FEWEST = 6
"""Words of a paragraph that somebody is said to say without marks of quotation."""
_STATING = frozenset(("read", "reads", "continue", "continues", "continued"))


def led_on(lines: Sequence[Line], kept: Sequence[Found]) -> Iterator[Found]:
    """Yield what paragraphs say that the one before leads to, where no other one holds them."""
    for line, behind in pairwise(lines):
        mark = line.text[line.ends[-1] - 1] if line.ends else ""
        if mark not in (":", ",") or not behind.words:
            continue
        s = sentences(line)[-1]
        cue = _last_cue(s)
        found = _found(s, cue, behind) if cue is not None else None
        if found is not None and not _is_held(found, kept):
            yield found


def _is_held(found: Found, kept: Sequence[Found]) -> bool:
    """Tell whether its words of speaking, or what it says, belong to another one."""
    (first, end), cue = found.claim[0], found.cue
    return any(
        (one.cue is not None and cue is not None and one.cue[0] < cue[1] and cue[0] < one.cue[1])
        or (one.depth == 0 and any(start <= first and end <= last for start, last in one.claim))
        for one in kept
    )


def _last_cue(s: Sentence) -> VerbCue | None:
    """Return the last verb of speaking of a sentence behind which no other verb stands."""
    cues = [one for one in verb_cues(s) if _may_lead(s, one)]
    return cues[-1] if cues and not s.has_verb(cues[-1].end, s.end) else None


def _may_lead(s: Sentence, cue: VerbCue) -> bool:
    is_speech = cue.entry.strength == SURE and "q" in cue.entry.governs
    return (is_speech or s.word(cue.verb) in _STATING) and not cue.is_passive and s.tag(cue.verb) in VERBAL


def _found(s: Sentence, cue: VerbCue, behind: Line) -> Found | None:
    source, how = subject_of(s, cue)
    claim = _claim(s, cue, behind)
    if source is None or claim is None:
        return None
    is_quoted = behind.tags[0] == "Q"
    return Found(
        "colon", "asserts", s.bounds((cue.first, cue.end + (s.tag(cue.end) == ":"))), s.bounds(source),
        (claim,), 0.9 if is_quoted else 0.6, f"“{s.word(cue.verb)}” before the next paragraph",
        paragraph=behind.paragraph, lemma=cue.entry.lemma, presents=cue.entry.presents, how=how,
    )  # fmt: skip


def _claim(s: Sentence, cue: VerbCue, behind: Line) -> Bounds | None:
    """Return the quotation that opens a paragraph, or all of it when nothing but a colon leads to it."""
    if behind.tags[0] == "Q":
        quote = behind.quotes[0]
        return quote.start, quote.end
    told = heard(s, cue.end) if "a" in cue.entry.governs else None
    edge = skip_when(s, told[1] if told is not None else cue.end)
    is_more = len(behind.words) < _FEWEST or behind.words[-1] == ":"
    if s.tag(edge) != ":" or is_more or behind.quotes:
        return None
    last = len(behind.words) - (behind.tags[len(behind.words) - 1] == ".")
    return behind.starts[0], behind.ends[last - 1]
