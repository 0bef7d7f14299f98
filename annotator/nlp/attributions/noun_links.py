"""What is said behind a noun or adjective that shows attribution: "claims | that", "doubts about | it"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.model.cue_lexicon import BASE, Noun, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import SPANS, skip_when
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import is_past
from annotator.nlp.attributions.main_verbs import before_main
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.reports import is_cue
from annotator.nlp.attributions.sentences import OPEN_VERBS, VERBAL, Items, Sentence

_TOPICS = frozenset(("on", "about", "over"))
REGARDING = frozenset(("regarding", "concerning"))
_BETWEEN_TWO = frozenset((
    "agreement", "disagreement", "feud", "spat", "rift", "quarrel", "squabble", "wrangling", "infighting",
))  # fmt: skip
_ASIDE = 18
"""Items of "made at a rally in Orla and repeated twice since"."""
_PLACES = frozenset(("in", "at", "on", "during", "after", "before"))
_MADE = frozenset(
    ("make", "makes", "made", "raised", "voiced", "issued", "offered", "repeated", "advanced", "heard")
)
_NO_OBJECT = frozenset((".", ",", "^", "IN", "RB", "SC", "CC", "TO"))
_BEHIND_VERB = frozenset(("DT", "PS", "IN", "OBJ"))
_CLAUSAL = VERBAL | {"Q", "q"}
_WEB = frozenset(("website", "twitter", "facebook", "instagram", "youtube"))
_NEAR = 5
_TAKEN = 5
"""Items of "as an outright lie"."""
_TAKEN_FOR = frozenset(("NN", "DT", "RB", "VD", "q", "Q"))
_JUDGING = frozenset(("denies", "criticises"))
QUESTIONS = frozenset(("whether", "if", "how", "what", "why", "who", "where", "when", "which"))


@dataclass(frozen=True, slots=True)
class Link:
    """What is said behind a noun: by which word it is linked, and where the cue ends."""

    word: str
    claim: Items
    cue_end: int


def link_behind(s: Sentence, noun: Noun, at: int) -> Link | None:
    """Return what is said behind a noun or adjective, when one of its words leads there."""
    far = _behind_aside(s, at) if "that" in noun.links else -1
    if far > 0 and not is_relative(s, far):
        return Link("that", (far, before_main(s, far, clause_end(s, far))), at)
    first = at + is_weekday(s, at)
    if s.word(at) == "for" and s.word(at + 1) in SPANS:
        # "traded insults for weeks over"
        first = at + 2
    is_negated = s.word(first) == "not" and s.word(first + 1) == "to"
    found = _link_at(s, noun, first + is_negated)
    if found is not None and is_negated:
        # "her decision not to leave"
        return replace(found, claim=(first, found.claim[1]), cue_end=at)
    # "a statement | Monday that", "a call Monday for"
    is_parted = found is not None and first > at and found.cue_end == first
    return replace(found, cue_end=at) if found is not None and is_parted else found


def _behind_aside(s: Sentence, at: int) -> int:
    """Return the "that" of "the claim, made at a rally, that", "her comment in Orla that", or -1."""
    is_aside = s.tag(at) == "," and s.tag(at + 1) in ("VD", "IN")
    closed = s.find(",", at + 1, _ASIDE) + 1 if is_aside else skip_when(s, at)
    is_open = s.tag(at) == "IN" and s.word(at) in _PLACES
    if not (is_aside or is_open) or s.word(closed) != "that":
        return -1
    return closed if s.tag(closed + 1) not in (*VERBAL, ".", "^", ",") else -1


def _link_at(s: Sentence, noun: Noun, at: int) -> Link | None:
    word = s.word(at)
    if word in ("that", "whether"):
        is_linked = word in noun.links or (word == "whether" and noun.group in ("doubts", "asks"))
        is_clause = (
            is_linked and s.tag(at + 1) not in ("VB", "AUX", "VD", ".", "^") and not is_relative(s, at)
        )
        end = _before_taken(s, at, before_main(s, at, clause_end(s, at))) if is_clause else at
        return Link(word, (at, end), at) if is_clause else None
    if word == "with" and noun.lemma in _BETWEEN_TWO:
        # "disagreement with the council on the dam": with whom is not what it is about.
        end = noun_end(s, at + 1)
        topic = next((one for one in range(at + 2, end) if s.word(one) in _TOPICS), end)
        return Link(s.word(topic), (topic + 1, end), at) if topic + 1 < end else None
    is_done = noun.group in ("commits", "demands") and s.tag(at + 1) in ("VB", "VD", "RB", "NN")
    if word == "to" and "to" in noun.links and (is_done or _is_base(s, at + 1)):
        return Link(word, (at, before_main(s, at, clause_end(s, at, is_narrow=True))), at)
    is_about = word in REGARDING and "about" in noun.links
    if (
        (word in noun.links or is_about)
        and not _is_sent(s, noun, at)
        and not _is_place(s, at)
        and (is_about or s.tag(at) in ("IN", "TO"))
        and at + 1 < s.last()
        and not _is_time(s, at + 1)
    ):
        is_question = s.word(at + 1) in QUESTIONS
        end = (
            before_main(s, at + 1, clause_end(s, at + 1))
            if is_question
            else before_verb(s, at + 1, _before_own(s, at + 1, noun_end(s, at + 1)))
        )
        return Link(word, (at + 1, end), at + 1) if end > at + 1 else None
    if s.tag(at) == ":" and s.tag(at + 1) == "Q":
        return Link(":", (at + 1, at + 2), at + 1)
    return None


def _before_taken(s: Sentence, first: int, end: int) -> int:
    """Return where a clause ends before "as nonsense" in "dismissed claims that it leaks as nonsense"."""
    last = max(first + 1, end - _TAKEN)
    at = next((one for one in range(end - 1, last, -1) if s.word(one) == "as"), -1)
    if at < 0 or any(s.tag(one) not in _TAKEN_FOR for one in range(at + 1, end)):
        return end
    verbs = (s.line.words[one] for one in range(s.first, first) if s.tag(one) in OPEN_VERBS)
    forms = cue_lexicon().verbs
    is_judged = any(verb.group in _JUDGING for word in verbs for _, verb in forms.get(word, ()))
    return at if is_judged else end


def is_relative(s: Sentence, that: int) -> bool:
    """Tell "the statement that they wrote on Monday" from "the statement that they wrote a letter"."""
    if _is_subject(s, that):
        return True
    verb = next((at for at in range(that + 1, min(s.end, that + 8)) if s.tag(at) in VERBAL), -1)
    if verb > that + 1 and s.tag(verb) in OPEN_VERBS and s.tag(verb + 1) in VERBAL:
        # "a bill that supporters say would help"
        return is_cue(s, verb)
    made = verb
    while s.tag(made) in ("AUX", "RB"):
        made += 1
    if s.word(made) in _MADE and s.tag(made + 1) in _NO_OBJECT and s.word(made - 1) not in grammar()["being"]:
        # "an argument that Quill has made before"
        return True
    if _is_taken_for(s, made):
        return True
    if verb < 0 or s.tag(verb) != "VD" or s.tag(verb + 1) not in ("IN", ",", ".", "^", "CC"):
        return False
    return any(
        one.group and "n" in one.governs and "s" not in one.governs
        for _, one in cue_lexicon().verbs.get(s.word(verb), ())
    )


def _is_subject(s: Sentence, that: int) -> bool:
    """Tell "a feeling that cuts across the town", where no other verb follows, from "that farmers left"."""
    is_verb = s.tag(that + 1) == "NN" and s.tag(that + 2) in _BEHIND_VERB
    inside = range(that + 2, clause_end(s, that + 1))
    return is_verb and not any(s.tag(at) in _CLAUSAL and s.tag(at - 1) != "TO" for at in inside)


def _is_sent(s: Sentence, noun: Noun, at: int) -> bool:
    """Tell "brought a bill to the floor" from "an appeal to voters", "a desire to “mend” it"."""
    is_said = noun.lemma == "appeal" or s.tag(at + 1) in ("Q", "q")
    return s.word(at) == "to" and noun.group in ("commits", "demands") and not is_said


def _is_place(s: Sentence, at: int) -> bool:
    """Tell "a statement on its website", where it stands, from one on the plan."""
    near = {s.word(one) for one in range(at + 1, at + _NEAR)}
    return s.word(at) == "on" and not near.isdisjoint(_WEB)


def _is_taken_for(s: Sentence, verb: int) -> bool:
    """Tell "a claim that experts have called misleading", "an accusation that she rejected as absurd"."""
    forms = cue_lexicon().verbs.get(s.word(verb), ()) if s.tag(verb) == "VD" else ()
    if s.word(verb + 1) == "as":
        return any(one.group and one.governs & {"n", "p"} for _, one in forms)
    is_last = s.tag(verb + 1) in ("NN", "VD", "VG") and s.tag(verb + 2) in _NO_OBJECT
    is_last |= s.tag(verb + 1) in ("Q", "q")
    return is_last and any(one.lemma in grammar()["naming"] for _, one in forms)


def before_verb(s: Sentence, first: int, end: int) -> int:
    """Return where words end that a verb follows: "comments about the dam drew criticism"."""
    for at in range(first + 1, end):
        if s.tag(at) in ("WH", "SC") or s.word(at) == "whose":
            return end
        if s.tag(at - 1) == "SUB" and s.tag(at - 2) in ("NN", "CAP") and at - 2 >= first:
            # "attacks against farmers they call rich"
            continue
        is_verb = s.tag(at) == "AUX" or (s.tag(at) == "VB" and s.tag(at - 1) not in ("TO", "CC"))
        if is_verb or (s.tag(at) == "VD" and s.tag(at + 1) in ("DT", "PS", "OBJ", "RB", "SUB")):
            # "assertions about the men apparently are"
            return at - (s.tag(at - 1) == "RB" and at > first + 1)
    return end


def _before_own(s: Sentence, first: int, end: int) -> int:
    """Return where words end before the first verb of the sentence: "calls for his head | grew on Sunday"."""
    if s.has_verb(s.first, first):
        return end
    verbs = (at for at in range(first + 1, end) if s.tag(at) == "VD" and s.tag(at - 1) in ("NN", "CAP"))
    return next((at for at in verbs if is_past(s.word(at)) and s.word(at + 1) != "by"), end)


def _is_time(s: Sentence, at: int) -> bool:
    """Tell "the announcement on Thursday" from one on something else."""
    return s.word(at) in grammar()["time"] and s.tag(at) in ("CAP", "NN") and s.tag(at + 1) != "PS"


def is_weekday(s: Sentence, at: int) -> bool:
    """Tell "Monday" in "a statement Monday that", "called Monday for" from "Monday's talks"."""
    return s.word(at).endswith("day") and _is_time(s, at)


def _is_base(s: Sentence, at: int) -> bool:
    return s.tag(at) == "AUX" or any(kind == BASE for kind, _ in cue_lexicon().verbs.get(s.word(at), ()))
