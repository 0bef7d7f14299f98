"""The built-in suggester of entities: names by rules and lists, numbers and dates by patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.actor_names import Mention, actor_names
from annotator.model.language import LATIN, find_script
from annotator.model.suggesting import Proposals, ProposedSpan, SuggestInput
from annotator.nlp.consistency import remember
from annotator.nlp.hints import agreed, hints
from annotator.nlp.layout import layout
from annotator.nlp.lexicons import lexicon
from annotator.nlp.names import LISTED, SURNAME, names
from annotator.nlp.numbers import Found, numbers
from annotator.nlp.page import Name, Page, make_page, with_known
from annotator.nlp.tokens import Tokens, cut, tokens_of
from annotator.nlp.works import LABEL as WORK_OF_ART
from annotator.nlp.works import SURE as SURE_TITLE
from annotator.nlp.works import works

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "annotator_entities"
OLDEST = 120
"""Years a person may be old."""
_ACTORS = ("PERSON", "ORG")
"""What speaks; a place is no actor unless a person says so."""
_ELSEWHERE = "clear elsewhere in the article"
_SCRIPTS = (LATIN, "")
_HOST = re.compile(r"The [A-Z][\w'’-]+ ([A-Z][\w'’-]+) (?:Show|Hour|Report)")
"""Titles that name who presents the show: The Greta Finch Show."""
_YIELDING = frozenset(("CARDINAL", "ORDINAL"))


def find_entities(tokens: Tokens) -> list[Found]:
    """Return the entities of a text in order, without overlaps."""
    lists = lexicon()
    place = layout(tokens, lists)
    titles = list(works(tokens, place, lists))
    counted = _merged(titles, list(numbers(tokens, place)))
    taken = _taken(tokens, counted)
    page = make_page(tokens, place, lists, taken)
    first = list(names(page))
    page = with_known(page, _titles_of(tokens, titles) | agreed(hints(page), remember(page, first)))
    found = [_found(tokens, name) for name in _explained(page, first)]
    return _with_ages(tokens.text, _merged(found, counted))


def _explained(page: Page, first: list[Name]) -> Iterator[Name]:
    """Yield the names of the page with the reason each had at first, before the others made it clear."""
    reasons = {(one.first, one.end, one.label): one.reason for one in first}
    for name in names(page):
        reason = reasons.get((name.first, name.end, name.label))
        if reason is None and name.reason in (LISTED, SURNAME):
            reason = _ELSEWHERE
        yield name if reason is None else name._replace(reason=reason)


def _titles_of(tokens: Tokens, titles: list[Found]) -> dict[str, str]:
    """Return the clear titles of several words, which are known in the rest of the text."""
    texts = [tokens.text[one.start : one.end] for one in titles if one.score >= SURE_TITLE]
    hosts = (_HOST.fullmatch(text) for text in texts)
    persons = {host[1]: "PERSON" for host in hosts if host and host[0].split()[1] in lexicon().first_names}
    return {text: WORK_OF_ART for text in texts if " " in text} | persons


def _taken(tokens: Tokens, counted: list[Found]) -> list[bool]:
    taken = [False] * len(tokens.words)
    at = 0
    for found in counted:
        while at < len(taken) and tokens.ends[at] <= found.start:
            at += 1
        if found.label not in _YIELDING:
            while at < len(taken) and tokens.starts[at] < found.end:
                taken[at] = True
                at += 1
    return taken


def _found(tokens: Tokens, name: Name) -> Found:
    start, end = tokens.starts[name.first], tokens.ends[name.end - 1]
    # A possessive behind a mark that opens a quotation is no part of the name: Trump‘s.
    end -= len("‘s") * tokens.text[start:end].endswith("‘s")
    return Found(start, end, name.label, name.score, name.reason)


def _merged(named: list[Found], counted: list[Found]) -> list[Found]:
    """Put both in order; where they overlap, a name wins over a bare number and a date over a name."""
    found: list[Found] = []
    for one in sorted(named + counted, key=lambda one: (one.start, -one.end)):
        if found and one.start < found[-1].end:
            if found[-1].label in _YIELDING:
                found[-1] = one
            continue
        found.append(one)
    return found


def _with_ages(text: str, found: list[Found]) -> list[Found]:
    """Call a number between commas after a person an age, which counts as a date."""
    for at, one in enumerate(found[1:], 1):
        before = found[at - 1]
        is_age = one.label == "CARDINAL" and before.label == "PERSON" and text[before.end : one.start] == ", "
        number = text[one.start : one.end]
        if (
            is_age
            and number.isdecimal()
            and int(number) <= OLDEST
            and text[one.end : one.end + 1] in (",", ".")
        ):
            found[at] = one._replace(label="DATE", reason="age")
    return found


def entities_of(doc: Doc) -> Doc:
    """Set the entities of a spaCy Doc, and leave them with score and reason in its `user_data`."""
    found = find_entities(tokens_of(doc))
    doc.user_data[COMPONENT] = found
    spans = (doc.char_span(one.start, one.end, one.label) for one in found)
    doc.ents = tuple(span for span in spans if span is not None)
    return doc


def component(nlp: Language) -> Language:
    """Add the built-in entities to a spaCy pipeline and return it."""
    from spacy.language import Language as Pipeline  # noqa: PLC0415 - spaCy takes a second to import

    if not Pipeline.has_factory(COMPONENT):
        Pipeline.component(COMPONENT, func=entities_of)
    if COMPONENT not in nlp.pipe_names:
        nlp.add_pipe(COMPONENT)
    return nlp


class BuiltIn:
    """Proposes entities on the tokens of spaCy's blank pipeline of each text's language.

    Its rules and lists are English: a text in another script gets no proposals.
    """

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        for one in texts:
            if find_script(one.text) not in _SCRIPTS:
                yield Proposals(())
                continue
            found = find_entities(cut(one.text, one.language))
            yield Proposals(tuple(_proposed(one.text, found)))


def _proposed(text: str, found: Sequence[Found]) -> Iterator[ProposedSpan]:
    """Yield the entities as proposals; those that may be actors say whom they name."""
    speaking = [number for number, one in enumerate(found) if one.label in _ACTORS]
    mentions = [
        Mention(text[one.start : one.end], one.start, one.label) for one in map(found.__getitem__, speaking)
    ]
    names = {speaking[number]: name for number, name in actor_names(mentions).items()}
    for number, one in enumerate(found):
        name = names.get(number, "")
        attributes = {"actor": name} if name else {}
        yield ProposedSpan(one.label, ((one.start, one.end),), round(one.score, 3), one.reason, attributes)


@dataclass(frozen=True, slots=True)
class BuiltInPlugin:
    """The entry point of the built-in suggester."""

    name: str = "built-in entities"
    version: str = "2"
    layers: tuple[str, ...] = ("entities",)

    def load(self, choice: str) -> BuiltIn:  # noqa: ARG002 - there is nothing to choose
        """Read the lists and the tokenizer, so that the first text is as fast as the next."""
        lexicon()
        cut("", "en")
        return BuiltIn()


SUGGESTER = BuiltInPlugin()
