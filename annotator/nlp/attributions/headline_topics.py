"""What stands before the colon of a headline and says nothing: "Brexit: May rejects a second vote"."""

from __future__ import annotations

from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.reports import is_cue, is_good
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence
from annotator.nlp.lexicons import lexicon

_PLACES = frozenset(("GPE", "LOC"))
_FARTHEST = 6


def is_topic(s: Sentence, left: Items, first: int) -> bool:
    """Tell whether what a headline begins with is a matter on which the one named next reports."""
    if s.line.paragraph or s.first or s.end < len(s.line.words) or s.tag(s.end - 1) == ".":
        return False
    near = range(first, min(s.end, first + _FARTHEST))
    verb = next((at for at in near if s.tag(at) in VERBAL), -1)
    found = subject_before(s, group_start(s, verb)) if s.tag(verb) == "VB" else None
    if found is None or found[0] != first or not is_cue(s, verb):
        return False
    start, end = s.bounds(left)
    words = s.line.text[start:end]
    known = lexicon().names.get(words)
    if known is not None:
        # A place may speak: "Iraq: Quill plans to attack"
        return known[0] == "EVENT" or (known[0] in _PLACES and is_good(s, verb))
    if left[1] - left[0] > 1:
        return s.tag(left[1] - 1) == "NN" and not is_person(s, left[1] - 1)
    # "VAT", "Covid-19", but not "QUILL"
    is_short = words.isupper() and words.title() not in lexicon().last_names
    return is_short or any(one.isdigit() for one in words)
