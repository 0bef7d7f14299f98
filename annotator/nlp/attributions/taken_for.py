"""What is said of something by how it is taken: "sees it as", "the delay angered voters", "it looks late"."""

from __future__ import annotations

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import skip_when, subject_after
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.found import TAKING_SIDES
from annotator.nlp.attributions.main_verbs import before_outer_verb
from annotator.nlp.attributions.noun_ends import over_aside
from annotator.nlp.attributions.objects import Said
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.said import WORD_STARTS
from annotator.nlp.attributions.sentences import Items, Sentence

_SEEMING = frozenset(("TO", "NN", "RB", "VD"))
_SEEN = frozenset(("NN", "RB", "VD"))
_LOOKED = frozenset(("look", "sound"))
_PARTICLES = frozenset(("back", "forward", "ahead", "up", "down", "off", "out", "away", "here", "there"))


def taken_as(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what somebody takes for something: "sees the dam as a danger", "put the cost at $2 million"."""
    first = cue.end
    if (
        "p" not in cue.entry.governs
        or s.tag(first) not in WORD_STARTS
        or s.tag(first) == "VG"
        or skip_when(s, first) > first
    ):
        return None
    end = over_aside(s, first)
    is_taken = any(_is_as(s, at) or _is_sum(s, at) for at in range(first + 1, end - 1))
    return Said("taken-as", ((first, end),), first, subject) if is_taken else None


def _is_as(s: Sentence, at: int) -> bool:
    return s.word(at) == "as" and not finite_behind(s, at + 1)


def _is_sum(s: Sentence, at: int) -> bool:
    is_number = s.tag(at + 1) in ("S", "NUM") or s.word(at + 1) in grammar()["number"]
    return s.word(at) == "at" and is_number


def felt(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what people feel something about: "the delay angered voters"."""
    if "e" not in cue.entry.governs or s.word(subject[0]) in ("it", "there", "who"):
        return None
    if cue.is_gerund and s.tag(cue.first - 1) not in ("NN", "CAP", ","):
        # "leaks of embarrassing emails"
        return None
    if "s" in _governed(s, cue) and finite_behind(s, cue.end) and not cue.is_gerund:
        # "farmers worry the dam leaks"
        return None
    who = subject_after(s, cue.end, is_bare=True)
    if who is None and s.tag(cue.end) == "OBJ":
        who = cue.end, cue.end + 1
    if who is None or not _may_feel(s, who):
        return None
    return Said("felt", (subject,), cue.end, who)


def _governed(s: Sentence, cue: VerbCue) -> frozenset[str]:
    """Return what a verb may govern in any of its senses."""
    forms = cue_lexicon().verbs.get(s.word(cue.verb), ())
    return frozenset(sign for _, verb in forms if not verb.particle for sign in verb.governs)


def _may_feel(s: Sentence, who: Items) -> bool:
    """Tell people, who feel something, from things."""
    if s.tag(who[0]) == "OBJ":
        return s.word(who[0]) not in ("itself", "themselves", "himself", "herself")
    head = next((at for at in range(*who) if s.tag(at + 1) not in ("NN", "CAP", "NUM")), who[1] - 1)
    return s.tag(head) == "CAP" or is_person(s, head)


def seeming(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what seems to be, to nobody in particular: "the plan appears to work"."""
    first = cue.end
    is_looked = cue.entry.lemma in _LOOKED
    # "a film that appears to show the dam" only describes it.
    is_relative = s.word(subject[0]) == "that"
    is_relative |= s.tag(subject[0]) == "WH" and s.tag(first) != "TO"
    if "j" not in cue.entry.governs or is_relative or cue.is_infinitive:
        return None
    is_empty = s.word(subject[0]) == "it" and cue.entry.lemma == "appear"
    if is_empty and (s.word(first) == "that" or s.tag(first) in ("DT", "PS", "SUB", "CAP")):
        # "It appears that the dam leaks"
        return (
            Said("seems", ((first, clause_end(s, first)),), first)
            if finite_behind(s, first + (s.word(first) == "that"))
            else None
        )
    if s.tag(first) not in (_SEEN if is_looked else _SEEMING) or (is_looked and s.word(first) in _PARTICLES):
        return None
    end = clause_end(s, first, is_narrow=True)
    if s.tag(first) == "TO" and (s.tag(subject[0]) == "WH" or s.word(subject[0] - 1) == "where"):
        # "the tape where shots appear to ring out | was filmed in May"
        end = before_outer_verb(s, first + 1, end)
    return Said("seems", (subject, (first, end)), first)


def seems_so(s: Sentence, said: Said) -> bool:
    """Tell "It seems that the dam leaks", to nobody in particular."""
    is_empty = (
        said.source is not None and s.word(said.source[0]) == "it" and said.source[1] - said.source[0] == 1
    )
    return is_empty and said.pattern in ("that", "clause")


def is_compound(s: Sentence, cue: VerbCue, said: Said) -> bool:
    """Tell "a bottom supported structure", "in government backed homes" from "critics backed plans"."""
    assert said.source is not None
    first, end = said.source
    is_led = s.word(first) in ("a", "an")
    is_bare = end - first == 1 and s.tag(first - 1) in ("VD", "VB", "IN", "DT", "NN")
    head = s.word(end - 1)
    return (
        (is_bare or (is_led and end - first == 2))
        and s.tag(end - 1) == "NN"
        and not head.endswith("s")
        and not is_person(s, end - 1)
        and cue.entry.group in TAKING_SIDES
        and s.tag(cue.verb) == "VD"
        and cue.first == cue.verb == said.claim[0][0] - 1
        and s.tag(said.claim[0][0]) == "NN"
    )
