"""The verbs of a sentence that may be cues, each with its helpers, negation and particle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.model.cue_lexicon import PARTICIPLE, WEAK, Verb, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.report_nouns import TELLING
from annotator.nlp.attributions.sentences import HELPING, OPEN_VERBS, POINTING, Sentence

_HELPING = HELPING | {"TO"}
_HELPING_WORDS = frozenset(("going", "able", "both", "all"))
_NOBODY = frozenset(("nobody", "none"))
_QUOTING = frozenset(("quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing"))
_OPPOSITE = {"admits": "denies", "denies": "admits", "supports": "criticises", "criticises": "supports"}
_PARTICLES = frozenset(("off", "up", "down", "out", "away"))
"""They make another verb of "call": "refused to call off"."""
_SINCE = frozenset(("later", "recently"))
_FARTHEST = 13
_WITNESSED = frozenset(("heard", "seen", "overheard", "caught", "filmed", "recorded", "shown"))
_SHORT = 5
_BETWEEN = frozenset(("NN", "CAP", "DT", "PS", "IN", "TO", "NUM", "RB", "S"))
TO_WHOM = frozenset(("tell", "email", "e-mail"))
"""Verbs behind which stands to whom, and then what is said."""
SPOKEN = frozenset(("s", "q"))
"""What verbs of speech govern: clauses and quotations."""
_TELLS = SPOKEN | {"n", "o"}


@dataclass(slots=True)
class VerbCue:
    """A verb that may be a cue: the items from its first helper to behind its particle."""

    first: int
    verb: int
    end: int
    entry: Verb
    is_negated: bool = False
    is_passive: bool = False
    is_gerund: bool = False
    """A form in -ing without a helper."""
    is_participle: bool = False
    """Perhaps a participle, without a helper."""
    is_infinitive: bool = False
    is_hedged: bool = False
    is_refused: bool = False
    """Whether somebody refuses to do it: "refused to endorse"."""


_DAYS = frozenset(("today", "yesterday", "earlier", "recently"))
_ADJECTIVES = frozenset(("ruling", "missing", "messaging"))
"""Before a noun these are no verbs: "ruling party lawmakers", "a group of 43 missing students"."""


def verb_cues(s: Sentence) -> Iterator[VerbCue]:
    """Yield the cues in text order."""
    verbs = cue_lexicon().verbs
    for at in s.of_class(OPEN_VERBS, s.first, s.end):
        after, second = s.word(at + 1), s.word(at + 2)
        if s.line.words[at] in _ADJECTIVES and s.tag(at + 1) == "NN":
            continue
        for _, entry in verbs.get(s.line.words[at], ()):
            if not entry.group:
                # Cues go before everyday verbs.
                break
            particle = entry.particle
            if not particle or (particle[0] == after and has_particle(s, at, entry)):
                yield _whole(s, at, at + 1 + len(particle), entry)
                break
            if particle[0] == second and _is_split(s, at, entry):
                yield _whole(s, at, at + 1, entry)
                break


def _whole(s: Sentence, at: int, end: int, entry: Verb) -> VerbCue:
    words = grammar()
    first, is_infinitive = _first(s, at)
    uttered = uttering(s, at, entry)
    if uttered > 0:
        first = _helpers_start(s, uttered)
    helpers = s.line.words[first:at]
    is_refused = bool(helpers) and not words["refusing"].isdisjoint(helpers)
    is_negated = bool(helpers) and any(map(is_negation, helpers))
    if (is_refused or is_negated) and _is_either(s, at, entry):
        entry, is_refused, is_negated = replace(entry, group="declines"), False, False
    return VerbCue(
        first, at, end, entry,
        is_negated=is_negated,
        is_passive=_is_passive(s, at, entry, helpers),
        is_gerund=s.tag(at) == "VG" and uttered < 0 and _stands_alone(helpers),
        is_participle=not helpers and (PARTICIPLE, entry) in cue_lexicon().verbs[s.word(at)],
        is_infinitive=is_infinitive,
        is_hedged=bool(helpers) and not words["hedge"].isdisjoint(helpers),
        is_refused=is_refused,
    )  # fmt: skip


def _stands_alone(helpers: list[str]) -> bool:
    """Tell "saying" from "is saying", "has been saying" and "to saying"."""
    words = grammar()
    has_helper = not (words["being"].isdisjoint(helpers) and words["having"].isdisjoint(helpers))
    return not has_helper and "to" not in helpers


def _is_passive(s: Sentence, verb: int, entry: Verb, helpers: list[str]) -> bool:
    """Tell "was asked", "could be dismissed or asked to leave" from "stood up and asked to leave"."""
    if helpers:
        has_be = not grammar()["being"].isdisjoint(helpers)
        return has_be and s.tag(verb) == "VD" and not _has_predicted(s, verb, entry, helpers)
    is_led = s.tag(verb - 1) == "CC" and s.tag(verb - 2) == "VD" and s.tag(verb + 1) == "TO"
    return is_led and "o" in entry.governs and s.word(verb - 3) in grammar()["being"]


def _has_predicted(s: Sentence, verb: int, entry: Verb, helpers: list[str]) -> bool:
    """Tell "he's predicted wins" from "he's expected to" and "it's believed that"."""
    is_short = bool(helpers) and helpers[0] in ("'s", "’s") and len(helpers) == 1
    if is_short and s.word(verb - 2) == "it" and "s" in entry.governs:
        return False
    return is_short and s.tag(verb + 1) not in ("TO", "IN", ".", "^", ",")


def is_negation(word: str) -> bool:
    """Tell whether a word turns the sense of the verb behind it."""
    return word in grammar()["negation"] or word == "cannot" or word.endswith(("n't", "n’t"))


def _first(s: Sentence, verb: int) -> tuple[int, bool]:
    """Return where the helpers of a verb begin, and whether it stays an infinitive."""
    led = _led_by(s, verb)
    if led > 0:
        return _helpers_start(s, led), False
    first = _helpers_start(s, verb)
    if first == verb:
        return first, False
    while first < verb and s.tag(first) == "RB" and s.tag(first - 1) == "^":
        first += 1
    to = next((at for at in range(first, verb) if s.word(at) == "to"), -1)
    if to < 0 or any(s.tag(at) == "AUX" for at in range(first, to)):
        # "has yet to say", "is to announce"
        return first, False
    chained = first - 1
    is_chained = s.word(chained) in grammar()["chain"] and s.tag(chained) in ("VB", "VD", "VG", "NN")
    if s.tag(first) == "TO" and (is_chained or is_tried(s, chained, verb)):
        return _helpers_start(s, chained), False
    return first, True


def _led_by(s: Sentence, verb: int) -> int:
    """Return the verb that another one is a cue with, whatever helps it, or -1."""
    led = _led_in_ing(s, verb) if s.tag(verb) == "VG" else -1
    if led > 0:
        return led
    if s.word(verb) in ("believe", "think") and s.tag(verb - 1) in ("NN", "SUB", "OBJ"):
        # "would have voters believe"
        at = verb - 2 - (s.tag(verb - 2) == "DT")
        return at if s.word(at) == "have" and s.word(at - 1) in ("would", "'d", "’d") else -1
    # "went so far as to suggest"
    before = s.line.words[max(s.first, verb - 5) : verb]
    return verb - 5 if before[-3:] == ["far", "as", "to"] and before[1:2] in (["so"], ["as"]) else -1


def _led_in_ing(s: Sentence, verb: int) -> int:
    """Return the verb that a form in -ing is a cue with, or -1."""
    quoted = quoting(s, verb)
    if quoted > 0 and s.word(quoted - 1) in grammar()["being"]:
        # "was quoted by the paper as saying"
        return quoted
    before = s.word(verb - 1)
    if before == "to" and s.word(verb - 2) in ("taken", "took"):
        # "has taken to calling"
        return verb - 2
    # "has been busy telling", "can be heard telling"
    is_busy = before == "busy" and s.tag(verb - 2) == "AUX"
    return verb - 1 if is_busy or (before in _WITNESSED and s.word(verb - 2) in grammar()["being"]) else -1


def quoting(s: Sentence, verb: int) -> int:
    """Return where "quoted" stands in "quoted the mayor as saying", or -1."""
    if s.tag(verb) != "VG" or s.word(verb - 1) != "as":
        return -1
    return next((at for at in range(verb - 2, max(s.first, verb - 16), -1) if s.word(at) in _QUOTING), -1)


def uttering(s: Sentence, verb: int, entry: Verb) -> int:
    """Return where "replied" stands in "replied by saying", "issued" in "issued a note, saying", or -1."""
    if s.tag(verb) != "VG":
        return -1
    is_by = s.word(verb - 1) == "by"
    spent = _spending(s, verb)
    if spent > 0 or not (is_by or entry.governs & _TELLS):
        return spent
    last = verb - 1 - (is_by or s.tag(verb - 1) == ",")
    for at in range(last, max(s.first, last - _FARTHEST), -1):
        if s.tag(at) in ("VB", "VD"):
            forms = cue_lexicon().verbs.get(s.word(at), ())
            is_active = s.tag(at - 1) != "TO" and s.word(at - 1) not in grammar()["being"]
            section = "replying" if is_by else "issuing"
            is_told = is_by or any(s.word(one) in TELLING for one in range(at + 1, last + 1))
            is_uttered = any(one.lemma in grammar()[section] for _, one in forms)
            return at if is_active and is_told and is_uttered else -1
        # "sent a note to the Herald and Orla Radio saying"
        is_pair = s.tag(at) == "CC" and s.tag(at - 1) == s.tag(at + 1) == "CAP"
        if s.tag(at) not in _BETWEEN and not is_pair:
            return -1
    return -1


def _spending(s: Sentence, verb: int) -> int:
    """Return where "spent" stands in "spent the summer telling", or -1."""
    at = verb - 1
    while verb - at < _FARTHEST and s.tag(at) in _BETWEEN:
        at -= 1
    return at if s.word(at) in ("spent", "spend", "spends") else -1


def is_tried(s: Sentence, first: int, verb: int) -> bool:
    """Tell "refused to endorse", where both verbs are the cue, from "refused to leave"."""
    while s.tag(verb) == "RB":
        verb += 1
    verbs = cue_lexicon().verbs
    is_led = s.tag(first) in ("VB", "VD", "VG") and any(
        one.lemma in grammar()["trying"] for _, one in verbs.get(s.word(first), ())
    )
    is_refused = is_led and s.word(first) in grammar()["refusing"]
    return is_led and any(
        one.group
        and (one.strength > WEAK or (is_refused and _is_yielding(one)))
        and s.word(verb) not in grammar()["commenting"]
        and has_particle(s, verb, one)
        and s.word(verb + 1 + len(one.particle)) not in _PARTICLES
        for _, one in verbs.get(s.word(verb), ())
    )


def _is_yielding(entry: Verb) -> bool:
    """Tell what is a stance when it is refused, however weak the verb is: "refused to accept the finding"."""
    return entry.group == "admits" and "n" in entry.governs


def has_particle(s: Sentence, verb: int, entry: Verb) -> bool:
    """Tell whether the words behind a verb are the particle of its entry."""
    particle = entry.particle
    if not particle:
        return True
    is_begun = s.word(verb + 1) == particle[0]
    return is_begun and all(s.word(verb + 1 + at) == word for at, word in enumerate(particle[1:], 1))


def _is_split(s: Sentence, verb: int, entry: Verb) -> bool:
    """Tell "walked it back", "called him out" from "called him": a pronoun parts verb and particle."""
    if len(entry.particle) != 1 or s.word(verb + 2) != entry.particle[0] or "n" not in entry.governs:
        return False
    return s.tag(verb + 1) in ("OBJ", "PS") or s.word(verb + 1) in POINTING


def _helpers_start(s: Sentence, verb: int) -> int:
    if _is_paired(s, verb):
        return _helpers_start(s, verb - 2)
    first = verb
    while _is_helper(s, first - 1):
        first -= 1
    while first < verb and s.word(first) in _DAYS and s.tag(first - 1) == "VD" and s.tag(first - 2) == "NN":
        # "A report released yesterday claims"
        first += 1
    helper = _before_time(s, first) if s.tag(verb) in ("VD", "VG") else first
    return _helpers_start(s, helper) if helper < first - 1 and s.tag(helper) == "AUX" else first


def _is_paired(s: Sentence, verb: int) -> bool:
    """Tell the second verb of "confirm or deny", "criticised and mocked": both are the cue."""
    is_joined = s.tag(verb - 1) == "CC" or s.word(verb - 1) == "nor"
    if not is_joined or s.tag(verb - 2) != s.tag(verb) or s.tag(verb) not in ("VB", "VD"):
        return False
    forms = cue_lexicon().verbs.get(s.word(verb - 2), ())
    return any(one.group and one.governs and not one.particle and one.strength > WEAK for _, one in forms)


def _is_either(s: Sentence, verb: int, entry: Verb) -> bool:
    """Tell "confirm or deny": who does neither takes no side."""
    if entry.group not in _OPPOSITE or not _is_paired(s, verb):
        return False
    groups = {one.group for _, one in cue_lexicon().verbs[s.word(verb - 2)]}
    return _OPPOSITE[entry.group] in groups


def _before_time(s: Sentence, first: int) -> int:
    """Return the item before words of time: "has | in the past said", "had | earlier this week said"."""
    times, at = grammar()["time"], first - 1
    if s.word(at) not in times and s.word(at) != "past":
        return at
    while first - at < _SHORT and (s.word(at) in times or s.tag(at) in ("IN", "DT", "NN")):
        at -= 1
    return at


def _is_helper(s: Sentence, at: int) -> bool:
    tag, word, before = s.tag(at), s.word(at), s.tag(at - 1)
    if word in ("both", "all"):
        return before in ("NN", "CAP", "SUB", ")", "AUX")
    if word in ("best", "better") or (tag == "OBJ" and word.endswith(("self", "selves"))):
        # "has himself declined"
        return before == "AUX"
    if tag == "CC":
        # "repeatedly and loudly said"
        return before == "RB" and s.word(at + 1).endswith("ly") and s.word(at - 1).endswith("ly")
    if tag == "RB" and word in grammar()["time"]:
        return before not in ("NN", "CAP", ",", "IN") or (word in _SINCE and s.tag(at + 1) == "VD")
    if word in ("here", "there"):
        # "voters here | say"
        return False
    return (tag in _HELPING and word not in _NOBODY) or word in _HELPING_WORDS
