"""What is said in the passive: "it was announced", "was accused of", "is expected to", "criticised by"."""

from __future__ import annotations

from annotator.model.cue_lexicon import WEAK, cue_lexicon
from annotator.model.cue_words import lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.behind import skip_when, subject_after
from annotator.nlp.attributions.claims import clause_end, left_clause
from annotator.nlp.attributions.clauses import before_second_verb, finite_behind, relative_end
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.naming import is_amount, named
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.noun_links import before_verb
from annotator.nlp.attributions.objects import Said, second_name
from annotator.nlp.attributions.reports import is_cue, leaves_infinitive
from annotator.nlp.attributions.said import behind_as
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence
from annotator.nlp.attributions.sharing import subject_behind_comma

_ABOUT = frozenset(("whether", "if", "how", "why", "what", "which", "who", "when", "where", "about"))
_OTHER_VERBS = frozenset(("VB", "VD", "VG", "AUX", "TO", "WH"))
_NO_CLAUSE = frozenset((",", "CC", "WH", "SC", "Q", "-"))
_STOPS = frozenset((",", ";", ":", "-", "Q"))
_EMPTY = frozenset(("it", "that"))
_REASONS = frozenset(("for", "of", "as", "from"))
_SHORT = 3
"""Items of "as successors", "as a successor"."""
_SHORT_ASIDE = 14
_OBJECTS = frozenset(("that", "which", "whom", "what"))
_BY_OTHERS = frozenset(("which", "who", "when", "where"))
_WHICH = frozenset(("which", "what", "whose"))
_ALONE = frozenset(("when", "if", "while"))
_OPENING = _ALONE | {"and", "also"}
_TOLD = frozenset(("tell", "remind", "inform", "warn", "assure", "notify", "advise"))
_PRESSING = frozenset(("press", "quiz", "grill"))


def is_asked(s: Sentence, cue: VerbCue) -> bool:
    """Tell "asked whether", "when asked by Quill about", "when told" from somebody who asked or told."""
    opens = s.tag(cue.first - 1) in ("^", ",", "-", "Q", ";") or s.word(cue.first - 1) in _OPENING
    if s.tag(cue.first - 1) == "," and subject_before(s, cue.first) is not None:
        # "The mayor, who came late, asked if"
        return False
    if cue.entry.lemma in _TOLD:
        # "When told it leaked, Quill left", "Reminded that it leaks, Quill left"
        return s.word(cue.first - 1) == "when" or (s.tag(cue.first - 1) == "^" and s.word(cue.end) == "that")
    if s.word(cue.first - 1) == "and" and not _is_shared_passive(s, cue.first - 1):
        # "Quill held up a note and asked whether"
        return False
    at = _question(s, cue)[0] if opens and _may_ask(cue) else -1
    # ", and asked who paid": somebody who is named before asks.
    is_alone = s.tag(cue.first - 1) == "^" or s.word(cue.first - 1) in _ALONE
    return at > 0 and (is_alone or s.word(at) not in _BY_OTHERS)


def _is_shared_passive(s: Sentence, joined: int) -> bool:
    """Tell "was stopped and asked whether" from "stood up and asked whether"."""
    verb = next((at for at in range(joined - 1, s.first - 1, -1) if s.tag(at) in VERBAL), -1)
    return verb < 0 or (s.tag(verb) == "VD" and s.word(verb - 1) in grammar()["being"])


def _may_ask(cue: VerbCue) -> bool:
    return cue.entry.group == "asks" or cue.entry.lemma in _PRESSING


def _question(s: Sentence, cue: VerbCue) -> tuple[int, Items | None]:
    """Return where a question begins behind "asked", "asked by Quill", and who asked, or -1."""
    near = range(cue.end, cue.end + _SHORT)
    by = next((at for at in near if s.tag(at) not in ("RB", "NN", "DT", "NUM")), cue.end)
    by = by if s.word(by) == "by" else cue.end
    source = _by_whom(s, by + 1) if s.word(by) == "by" else None
    at = source[1] if source is not None else cue.end
    while s.tag(at) == "RB":
        at += 1
    places = (at, skip_when(s, at), at + (s.word(at) in ("on", "about") and s.tag(at + 1) in ("SC", "WH")))
    # "Asked for evidence, a spokeswoman left."
    about = _ABOUT | {"for"} if s.tag(cue.first - 1) == "^" and cue.entry.lemma == "ask" else _ABOUT
    return next((place for place in places if s.word(place) in about), -1), source


def is_taken(s: Sentence, cue: VerbCue) -> bool:
    """Tell "a town known as Orla", "names mentioned as successors" from "the mayor said as much"."""
    is_led = s.tag(cue.first - 1) in ("NN", "CAP", ",", "^")
    is_as = s.word(cue.end) == "as" and s.tag(cue.end + 1) in ("DT", "NN", "CAP", "PS", "NUM", "q", "Q", "VG")
    if not (is_as and is_led) or behind_as(s, cue) > cue.end:
        return False
    # "dismissed as rumours claims by farmers" goes on.
    is_short = before_verb(s, cue.end + 1, noun_end(s, cue.end + 1)) - cue.end <= _SHORT
    subject = subject_before(s, cue.first)
    is_named = subject is not None and second_name(s, subject) > subject[0]
    if subject is not None and (is_named or s.word(subject[0] - 1) in _OBJECTS):
        # "a charge that her party described as shameful", "a claim Quill dismissed as"
        return False
    return "p" in cue.entry.governs or ("n" in cue.entry.governs and is_short)


def is_issued(s: Sentence, cue: VerbCue) -> bool:
    """Tell "a plan announced Monday would", which is announced, from "the mayor announced Monday"."""
    if not cue.entry.governs & {"n"} or s.word(cue.end) not in grammar()["time"]:
        return False
    if s.word(skip_when(s, cue.end)) == "that":
        # "reports claimed earlier this week that"
        return False
    return s.tag(cue.first - 1) == "NN" and s.word(cue.first - 1) in grammar()["issued"]


def is_held(s: Sentence, cue: VerbCue) -> bool:
    """Tell "a blog believed to be close to him" from "the mayor claimed to be ill"."""
    is_led = s.tag(cue.first - 1) in ("NN", "CAP") and s.word(cue.verb) in grammar()["held"]
    return is_led and s.word(cue.end) == "to" and s.word(cue.end + 1) in ("be", "have")


def _subject(s: Sentence, cue: VerbCue) -> Items | None:
    """Return what is meant, "a claim" in ", a claim that was denied by"."""
    subject = subject_before(s, cue.first)
    clause = _noun_with_clause(s, cue) if cue.is_passive else None
    if clause is not None:
        return clause
    if subject is not None and s.word(subject[0]) in grammar()["selves"]:
        # "Quill finds himself accused of"
        return subject_before(s, group_start(s, subject[0] - 1))
    if subject is None or s.word(subject[0]) != "that":
        return subject
    before = subject[0] - 1
    return named(s, before) if s.word(before) in grammar()["summing up"] else subject


def _noun_with_clause(s: Sentence, cue: VerbCue) -> Items | None:
    """Return "claims by Quill that the dam leaks", "her plan to mend it" before "were dismissed"."""
    link = next((at for at in range(s.first + 1, cue.first) if s.word(at) in ("that", "to")), -1)
    is_clause = (s.tag(link + 1) in VERBAL) == (s.word(link) == "to")
    if link < 0 or not is_clause or any(s.tag(at) in _STOPS for at in range(s.first, cue.first)):
        return None
    is_noun = any(s.word(at) in cue_lexicon().nouns for at in range(s.first, link))
    is_bare = not any(s.tag(at) in VERBAL for at in range(s.first, link))
    is_over = s.has_verb(link + 1, cue.first)
    return (s.first, cue.first) if is_noun and is_bare and is_over else None


def said_passively(s: Sentence, cue: VerbCue) -> Said | None:
    """Return who is said to do what, and by whom when that is told."""
    has_by = s.word(cue.end) == "by"
    source = _by_whom(s, cue.end + 1) if has_by else None
    subject = _subject(s, cue)
    cue_end = cue.end
    at = source[1] if source else cue.end
    behind = skip_when(s, at)
    if not cue.is_passive and subject is not None and is_issued(s, cue):
        return Said("passive", (subject,), behind)
    governs = cue.entry.governs
    # "was told it leaked"
    is_it = subject is not None and s.word(subject[0]) == "it" and source is None
    is_bare = is_it and "s" in governs and s.tag(behind) not in _NO_CLAUSE
    is_told = (cue.entry.lemma == "tell" or is_bare) and finite_behind(s, behind)
    if (s.word(behind) == "that" and "s" in governs) or is_told:
        told = subject if "a" in governs else None
        end = _question_end(s, cue, behind) if cue.is_participle else clause_end(s, behind)
        return Said("passive", ((behind, end),), cue_end, source, told)
    asked, source_asked = _question(s, cue) if _may_ask(cue) else (-1, None)
    if asked > 0 and (is_asked(s, cue) or cue.is_passive):
        return _asked(s, cue, asked, source_asked)
    # "was supposed to leave", "was called in to help"
    is_summoned = cue.entry.lemma == "call" and s.tag(cue.end) in ("IN", "TO")
    if subject is None or is_summoned or cue.entry.lemma == "suppose":
        return None
    if s.tag(behind) == "TO" and governs & {"s", "i", "o"}:
        end = leaves_infinitive(s, behind, clause_end(s, behind, is_narrow=True))
        end = relative_end(s, subject, behind, end)
        end = end if cue.is_passive else before_second_verb(s, behind + 2, end, has_verb=False)
        return Said("passive", (subject, (behind, end)), cue_end, source)
    # "The dam leaks, it was claimed on Monday."
    is_end = is_it and "s" in governs and s.tag(behind) in (".", "^")
    clause = left_clause(s, subject[0]) if is_end else None
    return _about(s, cue, source, clause or subject, (cue_end, behind if clause is not None else at))


def _asked(s: Sentence, cue: VerbCue, at: int, source: Items | None) -> Said | None:
    """Return what somebody was asked, "about" in the cue when it stands right there."""
    is_about = s.word(at) in ("about", "for")
    first = at + is_about
    end = noun_end(s, first) if is_about else _question_end(s, cue, first)
    cue_end = cue.end if source is not None else first
    told = _who_answers(s, cue)
    return Said("passive", ((first, end),), cue_end, source, told) if end > first else None


def _question_end(s: Sentence, cue: VerbCue, first: int) -> int:
    """Return where a question ends, before who answers it when it opens the sentence."""
    end = clause_end(s, first, is_narrow=True)
    if s.tag(cue.first - 1) == ",":
        # "The senator, asked if she would run, smiled and left."
        return next((at for at in range(first, end) if s.tag(at) == "," and s.tag(at + 1) == "VD"), end)
    if s.tag(cue.first - 1) not in ("^", ";"):
        return end
    commas = (at for at in range(first, end) if s.tag(at) == "," and s.has_verb(first, at))
    return next((at for at in commas if _begins_main(s, at + 1)), end)


def _begins_main(s: Sentence, at: int) -> bool:
    """Tell a clause with its verb, also "Anna Quill, 58, left"."""
    opened = s.find(",", at + 1, _SHORT_ASIDE) if s.tag(at) == "CAP" else -1
    closed = s.find(",", opened + 1, _SHORT_ASIDE) if opened > 0 else -1
    return finite_behind(s, at) or (closed > 0 and s.tag(closed + 1) in VERBAL)


def _who_answers(s: Sentence, cue: VerbCue) -> Items | None:
    """Return the name of the one who was asked: "Asked whether it leaks, Mayor | Adam Quill | said"."""
    who = subject_behind_comma(s, cue.end) if s.tag(cue.first - 1) == "^" else None
    if who is None or s.tag(who[1] - 1) != "CAP":
        return None
    titles = lexicon().titles
    first = who[1] - 1
    while first > who[0] and s.tag(first - 1) == "CAP" and s.word(first - 1) not in titles:
        first -= 1
    if s.word(first - 1) == "of":
        # "Secretary of State | John Kerrin", but not "the University of Orla"
        first += 1
    return (first, who[1]) if first < who[1] else None


def _by_whom(s: Sentence, first: int) -> Items | None:
    found = subject_after(s, first + (is_amount(s, first) or s.tag(first) == "RB"))
    comma = s.find(",", first, 12)
    if found is not None and first < comma < found[1] and s.tag(comma + 1) == "WH" and is_cue(s, comma + 2):
        # "denied by the office, which called them old"
        found = first, comma
    if found is None or s.tag(first) == "VG" or (s.tag(first) == "NN" and s.word(first).endswith("ing")):
        return None
    # "criticised by Quill for its cost": the reason is not a part of the name.
    end = next((at for at in range(first + 1, found[1]) if s.word(at) == "for" or s.tag(at) == "WH"), first)
    return first, end if s.word(end) == "for" else found[1]


def _about(s: Sentence, cue: VerbCue, source: Items | None, subject: Items, places: Items) -> Said | None:
    """Return the subject as what is meant, with "for his remarks", "as a failure" behind."""
    cue_end, at = places
    if s.word(at) == "as" and s.tag(at + 1) == "VG":
        return None
    governs = cue.entry.governs
    is_taken = "p" in governs and (s.word(at) == "as" or (cue.entry.lemma == "know" and s.word(at) == "for"))
    if source is not None and cue.entry.strength == WEAK and not governs & {"n", "p"}:
        # "areas held by rebels"
        return None
    if source is not None and governs & {"n", "s", "p"}:
        is_more = s.tag(at) in ("IN", "SC") and s.word(at) in ("for", "of", "as")
    elif source is None and is_taken:
        is_more = True
    elif source is None and "n" in governs:
        is_more = s.tag(at) in ("IN", "DT", "NN", "SC", "PS", "CAP")
        is_pronoun = s.tag(subject[0]) == "SUB" or s.word(subject[0]) == "that"
        if is_pronoun and s.tag(at) == "IN" and s.word(at) not in _REASONS:
            is_more = False
        if is_pronoun and not is_more and not ("s" in governs and s.word(subject[0]) in _EMPTY):
            # "We were not asked", "it would be discussed over lunch": by whom and what is open.
            return None
    else:
        return None
    if cue.entry.lemma == "know" and is_taken and source is None:
        # "is known for leaking", "was known as the Sieve"
        cue_end = at = at + 1
    end = noun_end(s, at)
    end = before_verb(s, at, end) if s.word(places[1]) == "as" and not cue.is_passive else end
    if source is None:
        source, end = _late_by(s, at, end)
    more = ((at, end),) if is_more and at < end else ()
    return Said("passive", (_with_which(s, subject, more), *more), cue_end, source)


def _with_which(s: Sentence, subject: Items, more: tuple[Items, ...]) -> Items:
    """Return "which groups" in "which groups were considered friends"."""
    is_led = more and s.word(subject[0] - 1) in _WHICH and s.tag(subject[0]) == "NN"
    return (subject[0] - 1, subject[1]) if is_led else subject


def _late_by(s: Sentence, first: int, end: int) -> tuple[Items | None, int]:
    """Return who is named last in "as a success by farmers", and where the words before end."""
    by = next((at for at in range(end - 1, first - 1, -1) if s.word(at) == "by"), -1)
    # "as a dam built by farmers", "as the clerk who went by Quill"
    is_other = any(s.tag(at) in _OTHER_VERBS for at in range(first, by))
    source = _by_whom(s, by + 1) if by > 0 and not is_other else None
    return (source, by) if source is not None and source[1] >= end else (None, end)
