"""What is said in the passive: "it was announced", "was accused of", "is expected to", "criticised by"."""

from __future__ import annotations

from annotator.nlp.attributions.before import subject_before
from annotator.nlp.attributions.behind import skip_when, subject_after
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.said import Said
from annotator.nlp.attributions.sentences import Items, Sentence
from annotator.nlp.attributions.sharing import clause_subject

_ABOUT = frozenset(("whether", "if", "how", "why", "what", "about"))


def is_asked(s: Sentence, cue: VerbCue) -> bool:
    """Tell "asked whether", "when asked about" from somebody who asked."""
    opens = s.tag(cue.first - 1) in ("^", ",", "-", "Q") or s.word(cue.first - 1) in (
        "when",
        "if",
        "while",
        "and",
        "also",
    )
    return cue.entry.group == "asks" and opens and s.word(cue.end) in _ABOUT


def said_passively(s: Sentence, cue: VerbCue) -> Said | None:
    """Return who is said to do what, and by whom when that is told."""
    has_by = s.word(cue.end) == "by"
    source = _by_whom(s, cue.end + 1) if has_by else None
    subject = subject_before(s, cue.first)
    if subject is None and s.tag(cue.first - 1) in ("CC", ","):
        subject = clause_subject(s, cue.first)
    cue_end = cue.end
    at = source[1] if source else cue.end
    behind = skip_when(s, at)
    governs = cue.entry.governs
    # "was told it leaked"
    is_told = cue.entry.lemma == "tell" and finite_behind(s, behind)
    if (s.word(behind) == "that" and "s" in governs) or is_told:
        told = subject if "a" in governs else None
        return Said("passive", ((behind, clause_end(s, behind)),), cue_end, source, told)
    if is_asked(s, cue) or (cue.entry.group == "asks" and s.word(cue.end) in _ABOUT):
        at = cue.end + (s.word(cue.end) == "about")
        end = noun_end(s, at) if at > cue.end else clause_end(s, at, is_narrow=True)
        return Said("passive", ((at, end),), at) if end > at else None
    # "was supposed to leave", "was called in to help"
    is_summoned = cue.entry.lemma == "call" and s.tag(cue.end) in ("IN", "TO")
    if subject is None or is_summoned or cue.entry.lemma == "suppose":
        return None
    if s.tag(behind) == "TO" and governs & {"s", "i", "o"}:
        claim = (subject, (behind, clause_end(s, behind, is_narrow=True)))
        return Said("passive", claim, cue_end, source)
    return _about(s, cue, source, subject, (cue_end, at))


def _by_whom(s: Sentence, first: int) -> Items | None:
    found = subject_after(s, first)
    if found is None or s.tag(first) == "VG" or (s.tag(first) == "NN" and s.word(first).endswith("ing")):
        return None
    # "criticised by Quill for its cost": the reason is not a part of the name.
    end = next(
        (at for at in range(first + 1, found[1]) if s.word(at) == "for" and s.tag(at - 1) == "CAP"), found[1]
    )
    return first, end


def _about(s: Sentence, cue: VerbCue, source: Items | None, subject: Items, places: Items) -> Said | None:
    """Return the subject as what is meant, with "for his remarks", "as a failure" behind."""
    cue_end, at = places
    if s.word(at) == "as" and s.tag(at + 1) == "VG":
        return None
    governs = cue.entry.governs
    if source is not None and governs & {"n", "s"}:
        is_more = s.tag(at) == "IN" and s.word(at) in ("for", "of", "as")
    elif source is None and "n" in governs:
        is_more = s.tag(at) in ("IN", "DT", "NN", "SC", "PS", "CAP")
    else:
        return None
    more = ((at, noun_end(s, at)),) if is_more and at < s.last() else ()
    return Said("passive", (subject, *more), cue_end, source)
