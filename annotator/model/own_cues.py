"""Cues that a project has of its own: lines as "double down : +on", read as verbs of the lexicon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from annotator.model.cue_lexicon import USUAL, WEAK, Verb
from annotator.model.errors import UserError

SETTING = "cues"
"""The setting of a project that keeps them, one a line."""
LETTERS: Mapping[str, str] = {
    "s": "that …",
    "q": "“…”",
    "w": "whether …",
    "n": "something",
    "i": "to do …",
    "g": "…ing",
}
"""What may follow a cue, as `resources/lexicons/cue_verbs.txt` has it, and how that is shown."""
GROUPS: Mapping[str, str] = {
    "asserts": "say, tell, announce",
    "insists": "insist, argue, stress",
    "admits": "admit, concede, confirm",
    "distances": "distance oneself, disown",
    "denies": "deny, reject, dismiss",
    "declines": "decline, refuse",
    "doubts": "doubt, question",
    "criticises": "criticise, accuse, condemn",
    "supports": "support, praise, welcome",
    "warns": "warn, caution",
    "demands": "demand, urge, call for",
    "commits": "promise, agree, threaten",
    "believes": "believe, think, hope",
    "asks": "ask, wonder",
    "names": "call, name, describe",
}
"""The groups of cues by what the source does to the content, each with some of its verbs."""
PREPOSITIONS = (
    "about", "against", "as", "at", "by", "for", "from", "in", "into", "of", "on", "over", "to", "with",
)  # fmt: skip
"""Those that follow cues most; others can be written."""
_WITHOUT = "without : "
"""Begins the line of a group whose cues do not count in the project."""
_GROUP = "asserts"
_WEAK = "?"
_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_MARK = rf"[{''.join(LETTERS)}]|\+{_WORD}"
_LINE = re.compile(rf"(?P<words>{_WORD}(?: {_WORD}){{0,3}}) :(?P<marks>(?: (?:{_MARK}))+)(?P<weak> \?)?")
_LONGEST = 80
_LONGEST_GIVEN = 10 * _LONGEST
"""Characters that are looked at of what a person gave: blanks in it do not count."""
MOST = 500
"""Cues that a project has at most."""


def verbs_of(lines: Iterable[str]) -> tuple[Verb, ...]:
    """Return the verbs that lines say; a line that says none is passed over."""
    return tuple(found for one in lines if (found := _verb(one)) is not None)


def _verb(line: str) -> Verb | None:
    match = _LINE.fullmatch(line) if len(line) <= _LONGEST else None
    if match is None:
        return None
    lemma, *particle = match["words"].lower().split()
    marks = match["marks"].split()
    return Verb(
        lemma, tuple(particle), _GROUP,
        governs=frozenset(one for one in marks if one in LETTERS),
        prepositions=frozenset(one[1:].lower() for one in marks if one not in LETTERS),
        strength=WEAK if match["weak"] else USUAL,
    )  # fmt: skip


def is_cue(line: str) -> bool:
    """Tell whether a line says a cue, and not a group that is left out."""
    return _verb(line) is not None


def without(group: str) -> str:
    """Return the line that leaves out the cues of a group."""
    return f"{_WITHOUT}{group}"


def left_out(lines: Iterable[str]) -> frozenset[str]:
    """Return the groups that lines leave out."""
    return frozenset(
        group for one in lines if (group := one.removeprefix(_WITHOUT)) != one and group in GROUPS
    )


def line_of(words: str, marks: Iterable[str]) -> str:
    """Return the line that says a cue."""
    return " ".join((words, ":", *sorted(marks, key=lambda one: (one == _WEAK, one))))


def line_for(verb: Verb) -> str:
    """Return the line that says a verb as a cue."""
    weak = (_WEAK,) if verb.strength == WEAK else ()
    marks = (*verb.governs, *(f"+{one}" for one in verb.prepositions), *weak)
    return line_of(" ".join((verb.lemma, *verb.particle)), marks)


def checked(line: str) -> str:
    """Return a line that a person gave, in its plain form; raises UserError for one that says no cue."""
    plain = unicodedata.normalize("NFC", line[:_LONGEST_GIVEN])
    words, _, marks = (" ".join(part.lower().split()) for part in plain.partition(":"))
    found = line_of(words, dict.fromkeys(marks.split()))
    if len(line) > _LONGEST_GIVEN or _verb(found) is None:
        raise UserError(
            "“{line}” is no cue: give a verb, a colon and what follows it, as in “double down : +on”.",
            line=line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…",
        )
    return found


def cues_in(setting: str) -> tuple[str, ...]:
    """Return the lines that a setting keeps, of cues and of groups that are left out, and no others."""
    given = dict.fromkeys(setting.split("\n"))
    lines = (one for one in given if is_cue(one) or left_out((one,)))
    return tuple(lines)[:MOST]


def shown(line: str) -> str:
    """Return a cue as people read it: "double down on …", no two in the same words."""
    verb = _verb(line)
    if verb is None:
        return line
    words = " ".join((verb.lemma, *verb.particle))
    follows = [LETTERS[one] for one in LETTERS if one in verb.governs]
    follows += [f"{one} …" for one in sorted(verb.prepositions)]
    told = "; ".join(f"{words} {one}" for one in follows)
    return f"{told} (now and then)" if verb.strength == WEAK else told
