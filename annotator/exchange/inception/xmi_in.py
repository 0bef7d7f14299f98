"""Makes layers of the elements of UIMA XMI: annotations, relations, slots, chains, facts of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotator.exchange.inception.layers_in import DKPRO, Found, Layers, Relation, is_part, is_said, short
from annotator.exchange.inception.xmi_types import Element, Types
from annotator.exchange.inception.xmi_unfit import FACT_NAME, with_unfit
from annotator.exchange.inception.xmi_words import ID, PLACE, SOFA, VIEW, most_elements_of
from annotator.model.errors import UserError
from annotator.model.text import cut

_ENDS = ("Governor", "Dependent")
_IN_RELATIONS = frozenset(_ENDS)
_FIRST, _NEXT, _TARGET, _ROLE = "first", "next", "target", "role"
_PLACES = frozenset({"begin", "sofa", _FIRST})
_NO_FEATURES = PLACE | _IN_RELATIONS
_REFERENCES = frozenset({*_ENDS, _FIRST, _NEXT})
"""Features that point to something wherever they are met."""
_ARRAY, _WORDS = "uima.cas.FSArray", "uima.cas.StringArray"
_FACTS = f"{DKPRO}metadata.type.DocumentMetaData"
_FACT = f"{DKPRO}metadata.type.MetaDataStringField"


_LONGEST = 500
"""Characters of what is said of something that lies nowhere in the text."""
MOST_LINKS = 1_000_000
"""That one text may have."""


@dataclass(slots=True)
class View:
    """One text of a file, with what is said of it and what could not be read."""

    name: str
    text: str
    layers: Layers = field(default_factory=Layers)
    facts: dict[str, str] = field(default_factory=dict)
    """Of the text as a whole, as the file names them."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """What cannot be read, and why."""
    parts: int = 0
    """How many words and sentences of other programs there are, which were left out."""
    unseen: int = 0
    """How many annotations are in no index, and so do not count."""

    unread: Counter[str] = field(default_factory=Counter)
    """What elements say of which nothing was made, and how often."""

    def restore(self) -> bool:
        """Put characters back that XML cannot have, where a fact says them; tells if they fit the text."""
        text = with_unfit(self.text, self.facts[FACT_NAME]) if FACT_NAME in self.facts else self.text
        if text is not None:
            self.text = text
            self.facts.pop(FACT_NAME, None)
        return text is not None


def read_views(data: bytes, types: Types) -> list[View]:
    """Return the texts of a file; raises UserError when it is no XMI."""
    sofas: list[Element] = []
    members: dict[str, set[str]] = {}
    elements: dict[str, Element] = {}
    twice: list[tuple[str, str]] = []
    for one in most_elements_of(data):
        key = one.values.get(ID, "")
        if one.type == SOFA:
            sofas.append(one)
        elif one.type == VIEW:
            members.setdefault(one.values.get("sofa", ""), set()).update(
                one.values.get("members", "").split()
            )
        elif key in elements or not key.isdecimal():
            what = f"the id {key} stands twice" if key in elements else f"{key!r} is no id"
            twice.append((short(one.type), what))
        else:
            elements[key] = one
    found = []
    for sofa in sofas:
        key = sofa.values.get(ID, "")
        text = sofa.values.get("sofaString")
        if text is not None:
            view = View(sofa.values.get("sofaID", ""), text, faults=twice)
            _Reading(view, elements, types).read(key, members.get(key))
            found.append(view)
            twice = []
    if found:
        found[0].unread = _unread(elements)
    return found


def _unread(elements: Mapping[str, Element]) -> Counter[str]:
    """Count what is said by elements that lie in no text and that nothing points to."""
    loose = {
        key: one
        for key, one in elements.items()
        if _PLACES.isdisjoint(one.values) and (is_said(one.type) or one.type == _WORDS)
    }
    pointing = elements.values() if loose else ()
    pointed = {
        each
        for one in pointing
        for name, value in one.values.items()
        if name not in PLACE
        for each in value.split()
    }
    found = Counter[str]()
    for key, one in loose.items():
        for name, said in (*one.values.items(), *one.inner.items()):
            if key not in pointed and name != ID and said:
                found[f"{short(one.type)}.{name}"] += 1 if isinstance(said, str) else len(said)
    return found


class _Reading:
    """What the elements of a file say of one of its texts."""

    def __init__(self, view: View, elements: Mapping[str, Element], types: Types) -> None:
        self._view = view
        self._elements = elements
        self._types = types
        self._sofa = ""
        self._links_left = MOST_LINKS
        self._found: dict[str, Found] = {}
        self._layers: dict[str, str] = {}
        self._alike: dict[str, list[Element]] = {}
        for one in elements.values():
            self._alike.setdefault(one.type, []).append(one)
        self._pointing: dict[tuple[str, str], bool] = {}
        """Whether features point to something, of which no type system says so."""

    def read(self, sofa: str, members: set[str] | None) -> None:
        """Take in all annotations of a text; `members` are those that its index has."""
        self._sofa = sofa
        chains: list[str] = []
        said = {name: is_said(name) for name in {one.type for one in self._elements.values()}}
        plain = {name for name, is_one in said.items() if not is_one} - {_FACTS, _FACT}
        parts = {name for name in plain if is_part(name)}
        self._view.parts = sum(
            one.type in parts and one.values.get("sofa") == sofa for one in self._elements.values()
        )
        # Most are words, which are taken in when something points to them.
        rest = [
            one for one in self._elements.items() if one[1].type not in plain or "begin" not in one[1].values
        ]
        for key, one in rest:
            if _FIRST in one.values and "begin" not in one.values:
                chains.append(key)
            elif one.values.get("sofa") != sofa:
                continue
            elif members is not None and key not in members:
                self._view.unseen += said[one.type]
            elif one.type in (_FACTS, _FACT):
                self._fact(one)
            elif not said[one.type]:
                continue
            elif "begin" in one.values:
                self._place(key, one)
            else:
                values = {name: value for name, value in one.values.items() if name not in PLACE}
                self._view.layers.of_article.append(Found(_called(key, one), one.type, 0, 0, values))
        for key, each in list(self._found.items()):
            self._features(key, each)
        for key in chains:
            self._chain(key)

    def _fault(self, key: str, reason: str) -> None:
        self._view.faults.append((_called(key, self._elements[key]), reason))

    def _fact(self, one: Element) -> None:
        if one.type == _FACT:
            self._view.facts[one.values.get("key", "")] = one.values.get("value", "")
        else:
            facts = {name: value for name, value in one.values.items() if name not in PLACE}
            self._view.facts = facts | self._view.facts

    def _place(self, key: str, one: Element) -> Found | None:
        begin, end = one.values["begin"], one.values.get("end", "")
        if not (begin.isdecimal() and end.isdecimal() and len(begin) + len(end) < 40):
            self._fault(key, f"{begin!r} to {end!r} is no place in a text")
            return None
        layer = self._layers.get(one.type)
        if layer is None:
            layer = self._layers[one.type] = self._types.layer(one.type)
        found = self._found[key] = Found(_called(key, one), layer, int(begin), int(end))
        if _IN_RELATIONS.isdisjoint(one.values):
            self._view.layers.found.append(found)
        return found

    def _at(self, key: str) -> Found | None:
        """Return what is pointed to; words and sentences are taken in only then."""
        found, one = self._found.get(key), self._elements.get(key)
        if found is None and one is not None and "begin" in one.values and not is_said(one.type):
            return self._place(key, one) if one.values.get("sofa") == self._sofa else None
        return found

    # --- features --------------------------------------------------------------------------------

    def _features(self, key: str, found: Found) -> None:
        """Give an annotation its features: what they say, and what they point to."""
        one = self._elements[key]
        for name, value in one.values.items():
            if name in _NO_FEATURES:
                continue
            if not self._refers(one, name, value):
                found.features[name] = value
            elif name != _NEXT:
                found.links += self._links(key, name, value)
                if told := "; ".join(filter(None, map(self._told, self._listed(value)))):
                    found.features[name] = told
        for name, texts in one.inner.items():
            found.features[name] = ", ".join(texts)
        if not _IN_RELATIONS.isdisjoint(one.values):
            self._relation(key, found)

    def _refers(self, one: Element, name: str, value: str) -> bool:
        known = self._types.refers(one.type, name)
        if known is not None:
            return known
        if name in _REFERENCES:
            return value.isdecimal()
        # Without a type system, slots are known by their shape.
        ends = [self._elements.get(each) for each in value.split()]
        is_slots = bool(ends) and all(end is not None and _is_slot(end) for end in ends)
        return is_slots or self._points(one.type, name)

    def _points(self, kind: str, name: str) -> bool:
        """Tell whether a feature holds ids, as far as that shows: each time those of labels of one kind.

        Numbers of one figure may count or rate something.
        """
        if (kind, name) not in self._pointing:
            alike = [one.values[name] for one in self._alike[kind] if one.values.get(name)]
            ids = [each for value in alike for each in value.split()]
            ends = [self._elements.get(each) for value in alike for each in self._listed(value)]
            is_said_of = all(end is not None and is_said(end.type) for end in ends)
            is_one = is_said_of and len({end.type for end in ends if end is not None}) == 1
            self._pointing[kind, name] = is_one and all(len(each) > 1 for each in ids)
        return self._pointing[kind, name]

    def _told(self, key: str) -> str:
        """Return what is said of something that lies nowhere in the text, such as an entry of a lexicon."""
        one = self._elements.get(key)
        if one is None or _is_slot(one) or not _PLACES.isdisjoint(one.values) or one.type.startswith("uima."):
            return ""
        self._count_link()
        said = ", ".join(f"{name}={value}" for name, value in one.values.items() if value and name != ID)
        return cut(said, _LONGEST)

    def _relation(self, key: str, found: Found) -> None:
        one = self._elements[key]
        ends = [self._at(one.values.get(name, "")) for name in _ENDS]
        if ends[0] is None or ends[1] is None:
            name = _ENDS[ends[0] is not None]
            self._fault(key, f"{name} points to {one.values.get(name, 'nothing')}, which is not there")
            return
        relation = Relation(found.key, found.layer, found.features, ends[0], ends[1])
        self._view.layers.relations.append(relation)

    def _links(self, key: str, name: str, value: str) -> Iterator[tuple[str, Found]]:
        """Yield what a feature points to: annotations, or slots with a role and a target."""
        for each in self._listed(value):
            end = self._elements.get(each)
            role = name
            if end is not None and _is_slot(end):
                role = end.values.get(_ROLE) or name
                each = end.values.get(_TARGET, "")
                if not each:
                    continue
            found = self._at(each)
            if found is not None:
                self._count_link()
                yield role, found
            elif each not in self._elements:
                self._fault(key, f"{role} points to {each}, which is not there")

    def _count_link(self) -> None:
        """Refuse what grows out of its size: many that point to one list, each to all that is in it."""
        self._links_left -= 1
        if self._links_left < 0:
            raise UserError(f"its annotations point to more than {MOST_LINKS:,} others; split it")

    def _listed(self, value: str) -> Iterator[str]:
        """Yield ids; those of arrays and lists become those of what is in them."""
        for each in value.split():
            end = self._elements.get(each)
            if end is None or not end.type.startswith("uima.cas."):
                yield each
            elif end.type == _ARRAY:
                yield from end.values.get("elements", "").split()
            else:
                seen: set[str] = set()
                while end is not None and "head" in end.values and each not in seen:
                    seen.add(each)
                    yield end.values["head"]
                    each = end.values.get("tail", "")
                    end = self._elements.get(each)

    def _chain(self, key: str) -> None:
        one = self._elements[key]
        chain: list[Found] = []
        at, seen = one.values[_FIRST], set[str]()
        while at and at not in seen:
            seen.add(at)
            found = self._at(at)
            if found is None:
                # Chains do not say of which text they are: this may be one of another.
                if chain or at not in self._elements:
                    self._fault(key, f"an element of it, {at}, is not there")
                break
            chain.append(found)
            self._count_link()
            at = self._elements[at].values.get(_NEXT, "")
        else:
            if at:
                self._fault(key, f"it goes round in a circle at {at}")
        if chain:
            self._view.layers.chains.append((str(len(self._view.layers.chains) + 1), chain))


def _is_slot(one: Element) -> bool:
    return (
        "begin" not in one.values
        and "sofa" not in one.values
        and (_TARGET in one.values or _ROLE in one.values)
    )


def _called(key: str, one: Element) -> str:
    return f"{short(one.type)} {key}"
