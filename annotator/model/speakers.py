"""Who speaks: the words beside a cue that may name its source, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.model.cue_words import Cue, lexicon
from annotator.model.records import Fragment
from annotator.model.reports import Report

_LONG = 14
"""Words that a source has at most, unless commas hold it together."""
_SOFT = frozenset(("and", "or", "than", "to"))
_MARKS = frozenset((*',;:.!?()[]–—―-"“”«»', "'", "''"))
_ANDS = frozenset(("and", "but", "or", "then", "also"))
_JOINING = frozenset(("’s", "'s", "-", ".", "’", "'"))


def speakers(report: Report, cue: Cue, claim: Sequence[Fragment]) -> list[Fragment]:
    """Return the words beside a cue that may say who speaks; never words of the claim."""
    text = report.text[cue.words.start : cue.words.end].lower()
    behind, before = list(_behind(report, cue)), list(_before(report, cue))
    if cue.word == "according" or text.endswith(" by") or _is_turned(report, cue, claim):
        found = behind + before
    else:
        found = before + behind
    return [one for one in dict.fromkeys(found) if _is_free(report, one, cue, claim)]


def _is_turned(report: Report, cue: Cue, claim: Sequence[Fragment]) -> bool:
    """Tell whether the cue follows what was said at once: "…," said the minister."""
    if cue.words.start == report.room(cue.words.start).start:
        return True
    return any(
        one.end <= cue.words.start and not report.text[one.end : cue.words.start].strip(" ,.-–—")
        for one in claim
    )


def _is_free(report: Report, one: Fragment, cue: Cue, claim: Sequence[Fragment]) -> bool:
    if not any(char.isalnum() for char in report.text[one.start : one.end]):
        return False
    taken = [*claim, cue.words]
    return not any(one.start < other.end and other.start < one.end for other in taken)


def _before(report: Report, cue: Cue) -> Iterator[Fragment]:
    """Yield the subject in front of a cue: with its asides, alone, without what places it, as a name."""
    room = report.room(cue.words.start)
    start = max(
        (one.end for one in report.quotations if room.start <= one.end <= cue.words.start), default=room.start
    )
    lead = _without_head(report, report.between(start, cue.words.start))
    while lead and report.word(lead[0]) in _MARKS:
        lead = lead[1:]
    if not lead:
        return
    if report.word(lead[-1]) == ",":
        yield from _with_aside(report, lead[:-1])
        return
    commas = [
        at for at, one in enumerate(lead) if report.word(one) in (",", ";", ":", "–", "—", "―", "-", ")")
    ]
    subject = lead[commas[-1] + 1 :] if commas else lead
    if all(report.word(one) in _ANDS for one in subject):
        yield from _of_cue_before(report, cue)
        return
    yield from _variants(report, _opened(report, subject))


def _of_cue_before(report: Report, cue: Cue) -> Iterator[Fragment]:
    """Yield who speaks by the cues before this one, the nearest first: "Lukac denied it and asked why"."""
    start = report.room(cue.words.start).start
    for one in reversed(report.cues):
        is_active = not report.text[one.words.start : one.words.end].endswith(" by")
        if start <= one.words.start < cue.words.start and is_active:
            yield from _before(report, one)


def _without_head(report: Report, lead: list[Fragment]) -> list[Fragment]:
    """Drop what another cue says before this one begins."""
    for cue in report.cues:
        behind = [one for one in lead if one.start >= cue.words.end]
        if behind and len(behind) < len(lead) and any(one.start == cue.verb.start for one in lead):
            while len(behind) > 1 and report.word(behind[0]) in lexicon().objects:
                behind = behind[1:]
            lead = behind if _has_word(report, behind) else lead
    return lead


def _has_word(report: Report, tokens: Iterable[Fragment]) -> bool:
    return any(report.text[one.start].isalpha() for one in tokens)


def _with_aside(report: Report, lead: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield a subject that is followed by an aside between commas: "Quill, who met her, said"."""
    commas = [at for at, one in enumerate(lead) if report.word(one) == ","]
    if not commas:
        yield from _variants(report, _opened(report, lead))
        return
    for number in range(len(commas)):
        comma = commas[-1 - number]
        begin = commas[-2 - number] + 1 if number + 1 < len(commas) else 0
        head = _opened(report, lead[begin:comma])
        if (head and report.text[head[0].start].isupper()) or number + 1 == len(commas):
            if head:
                yield Fragment(head[0].start, lead[-1].end)
                yield from _variants(report, head)
            return


def _opened(report: Report, tokens: Sequence[Fragment]) -> list[Fragment]:
    """Return the last clause of tokens, without the words that open it."""
    found = list(tokens)
    for at, one in enumerate(tokens[:-1]):
        if report.word(one) in lexicon().clauses:
            found = list(tokens[at + 1 :])
    while len(found) > 1 and report.word(found[0]) in lexicon().openers | _MARKS:
        found = found[1:]
    return found


def _variants(report: Report, tokens: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield a subject whole, without what places it, its last name, its name without titles."""
    if not tokens:
        return
    words = [report.word(one) for one in tokens]
    known = lexicon()
    end = tokens[-1].end
    if words[-1] in known.pronouns:
        yield tokens[-1]
    near = _near(report, tokens)
    whole = Fragment(tokens[0].start, end)
    if len(tokens) <= _LONG and not any(word in _SOFT - {"and"} for word in words):
        yield whole
    if near is not None:
        yield near
    placed = next((at for at, word in enumerate(words) if at and word in known.placing), None)
    if placed is not None:
        yield Fragment(tokens[0].start, tokens[placed - 1].end)
    for at, word in enumerate(words[:-1]):
        if word in _SOFT:
            yield Fragment(tokens[at + 1].start, end)
    yield from _names(report, tokens)
    yield whole


def _near(report: Report, tokens: Sequence[Fragment]) -> Fragment | None:
    """Return the description or the name that ends right before the cue."""
    known = lexicon()
    if report.text[tokens[-1].start].isupper():
        at = len(tokens)
        while at and _is_of_name(report, tokens[at - 1], known.titles):
            at -= 1
        return Fragment(tokens[at].start, tokens[-1].end)
    for at in range(len(tokens) - 1, max(-1, len(tokens) - 7), -1):
        if report.word(tokens[at]) in known.determiners:
            return Fragment(tokens[at].start, tokens[-1].end)
    return None


def _is_of_name(report: Report, token: Fragment, titles: frozenset[str]) -> bool:
    word = report.text[token.start : token.end]
    return word[0].isupper() or word in _JOINING or word.lower() in titles


def _names(report: Report, tokens: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield the runs of capitalised words, the last one first, each with its last word."""
    runs: list[list[Fragment]] = []
    for at, one in enumerate(tokens):
        is_name = report.text[one.start].isupper() or (
            report.word(one) in _JOINING and bool(runs) and runs[-1][-1] == tokens[at - 1]
        )
        if is_name and runs and runs[-1][-1] == tokens[at - 1]:
            runs[-1].append(one)
        elif is_name:
            runs.append([one])
    for run in reversed(runs):
        yield Fragment(run[0].start, run[-1].end)
        yield run[-1]


def _behind(report: Report, cue: Cue) -> Iterator[Fragment]:
    """Yield who is named behind a cue: "said Quill, a farmer", "according to the report"."""
    room = report.room(cue.words.start)
    tail = report.between(cue.words.end, room.end)
    opening = next((one.start for one in report.quotations if one.start >= cue.words.end), room.end)
    tail = [one for one in tail if one.start < opening]
    while tail and report.word(tail[-1]) in _MARKS:
        tail = tail[:-1]
    if not tail:
        return
    words = [report.word(one) for one in tail]
    comma = next((at for at, word in enumerate(words) if word in (",", ";", ":", "–", "—")), len(tail))
    that = next((at for at, word in enumerate(words) if word in ("that", "whether")), len(tail))
    first = Fragment(tail[0].start, tail[max(1, min(comma, that)) - 1].end)
    core = _core(report, tail[: max(1, min(comma, that))])
    if words[0] in lexicon().pronouns:
        yield tail[0]
    if cue.word == "according" or that < len(tail):
        yield first
    is_aside = comma + 1 < len(tail) and that == len(tail) and not words[comma + 1].endswith("ing")
    if is_aside and core is not None and core.end == tail[comma - 1].end:
        yield Fragment(tail[0].start, tail[-1].end)
    if core is not None:
        yield core
    yield first
    yield from _names(report, tail)
    yield Fragment(tail[0].start, tail[-1].end)


def _core(report: Report, tail: Sequence[Fragment]) -> Fragment | None:
    """Return the name or description that begins a stretch, without when and where."""
    at = next((at for at, one in enumerate(tail) if at and report.word(one) in lexicon().ending), len(tail))
    is_named = any(report.text[one.start].isupper() for one in tail[:at])
    is_described = report.word(tail[0]) in lexicon().determiners or report.word(tail[0]) in lexicon().titles
    return Fragment(tail[0].start, tail[at - 1].end) if is_named or is_described else None
