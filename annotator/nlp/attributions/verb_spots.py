"""Whether a word that may be a verb is one where it stands, by the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.cue_lexicon import BASE, GERUND, PARTICIPLE, PAST, PRESENT, SURE, Verb, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.person_words import names_person

_COUNTED = frozenset(("DT", "PS", "NUM"))
_BEHIND_VERB = frozenset((",", ".", "that", "by", "to", "the", "a", "an"))
_OBJECTS = frozenset(
    ("the", "a", "an", "that", "he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "whether")
)
_ALONE = frozenset(
    ("one", "another", "some", "many", "few", "several", "most", "both", "two", "three", "all", "each")
)
"""Determiners that name somebody by themselves."""
_OFFICES = frozenset(("host", "coach", "guide", "judge", "pilot", "guard", "boss", "chair", "head", "aide"))
_OWNERS = frozenset(
    ("the", "a", "an", "my", "your", "his", "her", "its", "our", "their", "him", "them", "it", "me", "us")
)
ALL_OBJECTS = _OBJECTS | {"these", "those", "this", "there", "you", "my", "our", "some", "many", "most"}
_ARTICLES = frozenset(("the", "no", "his", "her", "its", "their", "our", "my", "'s", "’s", "'", "’"))
"""Behind these a form of "report" or "allege" stands before a noun."""
_BEFORE_TO = frozenset(("according", "due", "thanks", "prior", "contrary", "owing"))
_PARTICLES = frozenset(("on", "upon", "into", "off", "out", "down", "up"))
_NO_NAMES = frozenset(("new", "early", "recent", "latest", "other", "more", "such", "initial", "final"))
_DOUBTED = frozenset(("alleged", "suspected", "supposed", "purported"))
_LETS = frozenset(("'s", "’s"))
_SINGULAR = ("ss", "ous", "news")
_LISTING = frozenset((",", "and", "or", "(", "."))
_OF = frozenset(("of", "by", "from", "against", "about"))
_BEHIND_NOUN = _OF | frozenset((
    "for", "among", "in", "on", "at", "with", "and", "or", ",", ".", "was", "were", "is", "are", "has", "had",
))  # fmt: skip
_ORDER = (
    ("determiner", "DT"), ("preposition", "IN"), ("opening clauses", "SC"), ("joining", "CC"),
    ("adverb", "RB"), ("subject", "SUB"), ("object", "OBJ"), ("relative", "WH"), ("negation", "NO"),
    ("helper", "AUX"), ("possessive", "PS"),
)  # fmt: skip
_OWN_CLASS = {"to": "TO", "both": "DT", "all": "DT", "there": "SUB", "used": "VD"}


Forms = tuple[tuple[str, Verb], ...]
"""Which forms of which verbs a word may be."""


@dataclass(slots=True)
class Spot:
    """A word that may be a verb, with what stands around it."""

    word: str
    forms: Forms
    before: str
    """The class of the word before."""
    previous: str
    earlier: str
    """The word before the one before."""
    after: str
    is_name_after: bool = False
    is_of_many: bool = False
    """Whether "many in the" and the like stand before the noun before it."""
    is_of_several: bool = False
    opens: bool = False
    """Whether the sentence or a clause begins two words before it."""

    @property
    def fitting(self) -> Sequence[tuple[str, Verb]]:
        """Return the forms without those whose particle does not stand behind."""
        return [one for one in self.forms if not one[1].particle or one[1].particle[0] == self.after]

    @property
    def is_noun(self) -> bool:
        """Tell whether the word is a noun of the lexicon as well."""
        return self.word in cue_lexicon().nouns

    @property
    def is_noun_too(self) -> bool:
        """Tell whether the word is as often a noun as a verb."""
        return self.is_noun or any(verb.is_noun_too for _, verb in self.forms)


@lru_cache(maxsize=1)
def little_words() -> Mapping[str, str]:
    """Return the classes of the little words."""
    words = grammar()
    found = {word: tag for section, tag in _ORDER for word in words[section]}
    return found | _OWN_CLASS


def verb_class(spot: Spot) -> str:
    """Tell verb from noun and adjective by the words around."""
    kinds = {kind for kind, _ in spot.forms}
    if spot.word == "last" and (spot.after in grammar()["time"] or spot.after[:1].isdigit()):
        # "prices fell last week"
        return "NN"
    is_close = (
        spot.word in ("close", "open") and spot.after == "to" and spot.before not in ("AUX", "TO", "SUB")
    )
    if is_close or (spot.word == "think" and spot.after in ("tank", "tanks")):
        # "people close to the mayor", "a think tank"
        return "NN"
    if GERUND in kinds and spot.word.endswith("ing"):
        is_somebody = spot.previous in _ALONE and (spot.earlier == "with" or spot.after in ("", "that"))
        # "the 43 missing students"
        is_counted = spot.before == "NUM" and spot.earlier in ("the", "these", "those") and spot.after != ""
        is_led = (spot.before in ("DT", "PS") or is_counted) and not is_somebody
        is_noun = is_led or (spot.before == "NN" and spot.after == "of") or _is_graded(spot)
        return "NN" if is_noun or _is_event(spot) else "VG"
    if kinds <= {BASE, PRESENT}:
        is_verb = _is_base_verb(spot) if BASE in kinds else _is_present_verb(spot)
        return "VB" if is_verb else "NN"
    if BASE in kinds and spot.before not in ("SUB", "WH", "CAP", "AUX", "TO", "RB"):
        # cut, put, read
        return "NN" if spot.before in _COUNTED or spot.before == "IN" else "VD"
    # "agreed to cut rates"
    is_base = BASE in kinds and spot.before == "TO"
    return "VB" if is_base else "NN" if _is_adjective(spot) else "VD"


def _is_graded(spot: Spot) -> bool:
    """Tell "a very promising number", "less demanding rules" from "now promising farmers more"."""
    is_graded = spot.previous in grammar()["grading"] or (spot.before == "RB" and spot.earlier in ("a", "an"))
    return is_graded and _is_content(spot.after) and spot.after != "that"


def _is_adjective(spot: Spot) -> bool:
    """Tell "the announced plan" from "the mayor announced"."""
    is_led = spot.previous in grammar()["subject"] or spot.after in grammar()["subject"]
    if spot.word == "said" or (is_led and spot.before == "RB"):
        # "Kerrin's said it leaks", "some even thought it leaks"
        return False
    opens = not spot.earlier[:1].isalnum() or spot.earlier in ("and", "but", "while", "as", "that")
    if spot.previous in _ALONE and (spot.after in _OWNERS or (spot.is_name_after and opens)):
        # "Another smeared him", "One praised her candour"
        return False
    is_share = spot.word == "preferred" and spot.after in grammar()["shares"]
    if spot.previous in ("a", "an", "the") or _is_before_noun(spot) or is_share:
        return True
    stands_before = spot.before in _COUNTED and spot.after and spot.after not in _BEHIND_VERB
    if spot.word in _DOUBTED and spot.before in _COUNTED and _is_content(spot.after):
        # "four alleged smugglers were held", "Some alleged that"
        return True
    if _is_speech(spot) and spot.previous not in _ARTICLES:
        return False
    return bool(stands_before) and spot.previous not in grammar()["plural subject"]


def _is_content(word: str) -> bool:
    return word[:1].isalnum() and word not in little_words()


def _is_before_noun(spot: Spot) -> bool:
    """Tell "a newly elected mayor", "the highest elected office"."""
    is_led = little_words().get(spot.earlier) in ("DT", "PS") and spot.after not in _BEHIND_VERB
    is_most = spot.previous.endswith("est") and spot.previous not in grammar()["no superlative"]
    return is_led and (spot.before == "RB" or is_most)


def _is_event(spot: Spot) -> bool:
    """Tell "a caucus meeting was held" from "the caucus meeting the minister"."""
    is_compound = spot.word in grammar()["events"] and spot.before in ("NN", "CAP", "NUM")
    if is_compound and spot.word == "reading" and spot.after in ("", ",", ":"):
        # "a sign reading “No dam”"
        return False
    if is_compound and spot.before == "NN" and spot.earlier in ("a", "an") and spot.after not in _OBJECTS:
        return True
    if spot.before in ("^", ".") and spot.word in grammar()["trades"]:
        # "Voting rights groups", "Teaching unions", "Banking sources"
        people = grammar()["groups"] | grammar()["bare people"] | {"rights", "standards"}
        if spot.after in people or names_person(spot.after):
            return True
    if spot.before in ("^", ".") and spot.word in grammar()["events"]:
        # "Polling suggests"
        return any(kind == PRESENT and verb.group for kind, verb in cue_lexicon().verbs.get(spot.after, ()))
    return is_compound and (spot.after in (".", ",") or _is_helper(spot.after) or _is_said(spot.after))


def _is_helper(word: str) -> bool:
    return little_words().get(word) == "AUX"


def _is_base_verb(spot: Spot) -> bool:
    words = grammar()
    is_lets = spot.previous in _LETS and spot.earlier == "let"
    is_noun = _is_held(spot, is_lets=is_lets) or _is_asked_after(spot) or _has_own_verb(spot)
    if is_noun or _is_office(spot) or _is_denied(spot) or _is_named_first(spot):
        return False
    # "Insurers, however, fear that"
    is_parted = spot.previous == "," and little_words().get(spot.earlier) == "RB" and spot.after in _OBJECTS
    is_asked = spot.previous in ("polled", "surveyed") and spot.earlier in ("those", "voters", "adults")
    if (
        is_lets
        or is_asked
        or is_parted
        or _is_led_base(spot)
        or spot.previous in words["before a base form"]
        or spot.before in ("SUB", "WH", "AUX", "NO")
    ):
        return True
    if spot.after == "that" and not spot.is_noun_too and spot.before in ("RB", "NN", "CAP"):
        return any("s" in verb.governs for _, verb in spot.fitting)
    if spot.before == "RB":
        # "did not immediately respond"
        leading = ("before a base form", "subject", "bare people", "relative", "negation")
        is_led = any(spot.earlier in words[one] for one in leading)
        is_manner = (
            spot.previous.endswith("ly") and not spot.is_noun_too and spot.earlier not in little_words()
        )
        return is_led or is_manner or (spot.earlier.endswith("s") and not spot.is_noun)
    if spot.previous in words["bare people"] or (spot.before in ("NN", "CAP") and _is_plural(spot.previous)):
        # "The dam, engineers caution, is old."
        is_aside = spot.earlier == "," and spot.after in (",", ".", "")
        is_aside &= any("s" in verb.governs for _, verb in spot.fitting)
        return not spot.is_noun or spot.after not in _BEHIND_NOUN or is_aside
    is_open = not spot.is_noun_too or spot.before in ("CC", "^", ".", "Q")
    return (not spot.is_noun or spot.before == "Q") and is_open and _may_be_verb(spot)


def _is_held(spot: Spot, *, is_lets: bool) -> bool:
    """Tell the nouns of "there is talk", "no talk", "they were both part of it" from "let's talk"."""
    being = grammar()["being"]
    is_noun = (spot.previous in being and not is_lets) or spot.previous in ("no", "without")
    is_noun |= spot.previous == "to" and spot.earlier in _BEFORE_TO
    return is_noun or (spot.previous in ("both", "all") and spot.earlier in being)


def _is_office(spot: Spot) -> bool:
    """Tell the nouns of "Orla News host Anna Quill" and "Neither campaign would" from verbs."""
    is_host = spot.before == "CAP" and spot.is_name_after and spot.word in _OFFICES
    is_neither = spot.previous == "neither" and not spot.earlier[:1].isalpha()
    return is_host or (is_neither and spot.is_noun_too and _is_helper(spot.after))


def _is_asked_after(spot: Spot) -> bool:
    """Tell the noun of "would not say which estimate it trusts" from "which estimate that"."""
    return spot.previous in ("which", "what", "whose") and spot.after in grammar()["subject"]


def _has_own_verb(spot: Spot) -> bool:
    """Tell "the appeals court ruled", "The Sanders campaign defends it" from "critics court voters"."""
    is_compound = spot.before in ("NN", "CAP") and little_words().get(spot.earlier) in ("DT", "PS")
    is_compound |= spot.before == "NN" and _is_plural(spot.previous)
    if spot.previous in grammar()["bare people"] or not is_compound:
        return False
    forms = cue_lexicon().verbs.get(spot.after, ())
    is_past = {PAST} <= {kind for kind, _ in forms} <= {PAST, PARTICIPLE}
    is_present = any(kind == PRESENT and not verb.is_noun_too for kind, verb in forms)
    return is_past if spot.before == "NN" else (is_past or is_present) and spot.is_noun_too


def _is_denied(spot: Spot) -> bool:
    """Tell the adjective of "it is not clear" from the verb of "let's not clear it"."""
    is_being = spot.earlier in grammar()["being"] and spot.earlier not in _LETS
    return is_being and spot.previous in ("not", "never")


def _is_led_base(spot: Spot) -> bool:
    """Tell "rules that require it", "sales and profit remain the same"."""
    is_led = spot.after in ALL_OBJECTS
    if spot.before in _COUNTED and spot.earlier == "in" and is_led:
        # "one in five say they left"
        return spot.before == "NUM" or spot.previous in grammar()["number"]
    is_percent = spot.previous == "percent" and (is_led or spot.is_name_after)
    if is_percent or (spot.is_of_many and spot.before == "NN") or (spot.is_of_several and spot.is_noun_too):
        # "many in the party fear it leaks", "45 percent support Quill"
        return any(verb.group for _, verb in spot.fitting)
    if spot.is_noun_too:
        return False
    is_object = spot.before in ("NN", "CAP") and is_led
    return is_object or (spot.previous == "that" and _is_plural(spot.earlier))


def _is_named_first(spot: Spot) -> bool:
    """Tell the nouns of "the news release said" and "State media say" from verbs."""
    is_compound = spot.before in ("NN", "CAP")
    if is_compound and (_is_said(spot.after) or (spot.is_noun_too and _is_helper(spot.after))):
        return True
    return spot.before in ("^", ".") and spot.after not in little_words()


def _may_be_verb(spot: Spot) -> bool:
    if spot.before == "Q" and (spot.after in _OBJECTS or spot.after in ("how", "what", "why", "if")):
        # "say it “leaks,” debate how to mend it"
        return any(verb.group for _, verb in spot.fitting)
    if spot.before in (",", ")") and not spot.is_noun_too:
        return any(verb.group for _, verb in spot.fitting)
    is_led = spot.before in (",", ")", "NN", "CAP", "q") and any(
        verb.strength == SURE or ("s" in verb.governs and not verb.is_noun_too) for _, verb in spot.fitting
    )
    return is_led or spot.before in ("CC", "^", ".")


def _leads_to_name(spot: Spot) -> bool:
    """Tell "the source claims Quill is", "a farmer blames Quill" from "the attacks Friday"."""
    if not spot.is_name_after or spot.after in grammar()["time"] or _is_plural(spot.previous):
        return False
    least = ("NN", "CAP") if any("s" in verb.governs for _, verb in spot.fitting) else ("NN",)
    return spot.before in least and any(verb.group for _, verb in spot.fitting)


def _is_wanted(spot: Spot) -> bool:
    """Tell "the mayor hopes to leave", "the report stresses farmers" from "hopes to", "voter fears"."""
    is_subject = spot.opens and little_words().get(spot.earlier) == "DT"
    may_want = is_subject or names_person(spot.previous) or spot.previous in grammar()["speaking"]
    if spot.before != "NN" or _is_plural(spot.previous) or not may_want:
        return False
    if spot.after == "to":
        is_promise = spot.previous == "campaign" and spot.word in ("promises", "pledges")
        return not is_promise and any("i" in verb.governs for _, verb in spot.fitting)
    is_led = little_words().get(spot.earlier) == "DT" and spot.after in grammar()["bare people"]
    return is_led and any("s" in verb.governs for _, verb in spot.fitting)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and len(word) > 3 and not word.endswith(_SINGULAR)


def _is_said(word: str) -> bool:
    """Tell a form of "say" and the like that follows its subject."""
    return any(
        kind in (BASE, PAST) and verb.strength == SURE and not verb.is_noun_too
        for kind, verb in cue_lexicon().verbs.get(word, ())
    )


def _is_past_cue(word: str) -> bool:
    return any(kind == PAST and verb.group for kind, verb in cue_lexicon().verbs.get(word, ()))


def _is_speech(spot: Spot) -> bool:
    return any(verb.strength == SURE and "s" in verb.governs for _, verb in spot.fitting)


def _has_shown(spot: Spot) -> bool:
    """Tell the noun of "bank figures show" from the verb of "the mayor figures it leaks"."""
    return spot.is_noun_too and spot.after in ("show", "suggest", "indicate", "reveal")


def _is_present_verb(spot: Spot) -> bool:
    if spot.before in ("SUB", "WH") or spot.previous == "what":
        return True
    if spot.after == "that" and not spot.is_noun_too and _is_speech(spot):
        # "the act of 1974 says that"
        return True
    if spot.before == "IN" or _is_said(spot.after) or spot.previous in _NO_NAMES or _has_shown(spot):
        # "sponsors say", "new figures showed", "bank figures show"
        return False
    if spot.after == "of" and spot.before in ("VB", "VD"):
        # "says parts of the plan"
        return False
    if spot.before in ("DT", "PS", "NUM", "TO") and not (spot.is_noun_too and _is_past_cue(spot.after)):
        # "Number 10 thinks"
        is_office = spot.previous.isdigit() and not spot.is_noun_too
        return is_office or spot.previous in grammar()["singular subject"]
    return _is_present_of_two(spot) if spot.is_noun_too else True


def _is_clausal(spot: Spot) -> bool:
    return any("s" in verb.governs for _, verb in spot.fitting)


def _takes(spot: Spot) -> bool:
    """Tell whether a verb takes the little word behind it."""
    after = spot.after
    return any(verb.particle[:1] == (after,) or after in verb.prepositions for _, verb in spot.fitting)


def _is_present_of_two(spot: Spot) -> bool:
    """Tell the verb from a noun in the plural: "the mayor plans", "air strikes have", "witnesses claimed"."""
    if _is_helper(spot.after) or _is_past_cue(spot.after) or spot.before in ("^", "."):
        return False
    if _leads_to_name(spot) or _is_wanted(spot):
        return True
    # "court papers that", but "papers over the cracks"
    if not any(verb.group for _, verb in spot.fitting):
        return spot.before in ("RB", ")", "q") or (spot.after in _OBJECTS and spot.after != "that")
    if spot.before == "NN" and not _is_plural(spot.previous) and spot.after in _PARTICLES:
        # "the resolution calls on"
        return _takes(spot)
    is_topic = spot.after in ("about", "against") and spot.before in ("CAP", "RB", ")", "Q")
    # "the Herald stands by its story"
    is_topic |= spot.after == "by" and spot.before == "CAP" and _takes(spot)
    if spot.before in ("VB", "VD", "VG", "AUX", "SC") or (spot.after in _OF and not is_topic):
        return False
    # "the dam leaks, the report claims."
    is_last = spot.before == "NN" and spot.after == "." and spot.previous in grammar()["speaking"]
    # ", witnesses in Orla said"
    is_named = spot.before in (",", "CC") and little_words().get(spot.after) == "IN" and not _takes(spot)
    # "farmers, witnesses and aides said"
    is_named |= spot.before in (",", "CC", "CAP") and spot.after in _LISTING and not _is_clausal(spot)
    is_led = is_last or spot.before in ("CAP", "RB", ",", ")", "Q", "CC")
    # "said in no uncertain terms that"
    takes_that = spot.after != "that" or _is_clausal(spot)
    return (is_led and not is_named) or (takes_that and spot.after in ALL_OBJECTS)
