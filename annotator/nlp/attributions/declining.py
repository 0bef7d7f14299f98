"""What somebody declines to speak of: "declined to comment | on the leak"."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import is_day, skip_when
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.objects import Said
from annotator.nlp.attributions.sentences import Items, Sentence

_STARTS = frozenset(("IN", "SC", "WH", "DT", "PS", "NN", "CAP", "OBJ"))


def declined(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what somebody declines to comment on; "declined to comment" alone says what is declined."""
    verb = cue.end + 1
    if cue.entry.group != "declines" or s.tag(cue.end) != "TO":
        return None
    # "refused to be drawn on the sum"
    is_drawn = s.word(verb) == "be" and s.word(verb + 1) == "drawn"
    if not is_drawn and s.word(verb) not in grammar()["commenting"]:
        return None
    after = verb + 1 + is_drawn
    first = after if s.tag(after) in _STARTS else -1
    is_open = s.tag(first + 1) in (".", "^") or finite_behind(s, first + 1)
    is_asked = s.word(first) == "when" and s.word(verb) != "comment" and is_open and s.tag(first + 1) != "VD"
    is_time = skip_when(s, first) > first and s.word(first) not in ("on", "about") and not is_asked
    if first < 0 or is_time or is_day(s, first):
        return None
    end = clause_end(s, first, is_narrow=True)
    end = min(end, noun_end(s, first)) if s.tag(first) in ("DT", "PS", "NN", "CAP") else end
    return Said("declined", ((first, end),), after, subject)
