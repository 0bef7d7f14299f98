"""What is learned from: texts with the spans that people marked, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.records import ArticleContent
from annotator.model.scheme import Scheme
from annotator.model.suggesting import SuggestInput, suggest_input

Bounds = tuple[int, int]
Pieces = tuple[Bounds, ...]
Marked = tuple[str, Pieces]
"""A label and where it stands."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A suggested frame that a person took or refused."""

    label: str
    roles: tuple[tuple[str, Pieces], ...]
    score: float
    reason: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article to learn from; what is not marked inside `known` is known to be nothing."""

    name: str
    input: SuggestInput
    marked: tuple[Marked, ...]
    known: tuple[Bounds, ...]
    decisions: tuple[Decision, ...] = ()
    frames: tuple[tuple[Marked, ...], ...] = ()
    """What belongs together: the spans of each frame."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many of those made were right, and how many of those wanted were found."""

    right: float = 0.0
    made: float = 0.0
    found: float = 0.0
    wanted: float = 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        both = self.right * self.wanted + self.found * self.made
        return 200 * self.right * self.found / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.made + other.made,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    def __mul__(self, times: int) -> Score:
        return Score(self.right * times, self.made * times, self.found * times, self.wanted * times)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rules and learned model on articles that were held out, for one label."""

    label: str
    rules_overlap: float
    rules_strict: float
    learned_overlap: float
    learned_strict: float
    rules_told: float = 0.0
    """By overlap as people are told it, where one may share a word with several; the others count pairs."""
    learned_told: float = 0.0

    @property
    def gain(self) -> float:
        """Points that the learned model is better by, both ways of counting together."""
        overlap, strict = self.learned_overlap - self.rules_overlap, self.learned_strict - self.rules_strict
        return overlap + strict

    @property
    def is_told(self) -> bool:
        """Tell whether it is better by so much that figures without decimals show it."""
        pairs = (self.rules_told, self.learned_told), (self.rules_strict, self.learned_strict)
        return self.gain > 0 and any(round(learned) > round(rules) for rules, learned in pairs)


@dataclass(frozen=True, slots=True)
class Sureness:
    """How many suggestions on articles held out are shown as sure, and right, by rules and learned model."""

    label: str
    """That of the frames."""
    suggestions: int
    rules_sure: int
    rules_right: int
    learned_sure: int
    learned_right: int

    @property
    def shares(self) -> tuple[float, float]:
        """Percent that the rules are sure of, and the learned model."""
        return _percent(self.rules_sure, self.suggestions), _percent(self.learned_sure, self.suggestions)

    @property
    def right(self) -> tuple[float, float]:
        """Percent of those that are right."""
        return _percent(self.rules_right, self.rules_sure), _percent(self.learned_right, self.learned_sure)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, and what it is worth; kept beside the model."""

    labels: tuple[str, ...]
    frames: Mapping[str, Mapping[str, str]]
    """Per label of frames, the role that a label of spans fills in it."""
    rules: str
    """Name and version of the suggester whose proposals it betters."""
    comparisons: tuple[Comparison, ...]
    articles: int
    paragraphs: int
    ranking: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Weights by which frames are scored anew, per label; none where the rules' own scores are better."""
    judged: int = 0
    """Suggestions of which people showed whether they are right."""
    moves: tuple[str, ...] = ()
    """The labels whose edges it moves, because that wins."""
    adds: bool = False
    """Whether it proposes what the rules do not see, because that wins."""
    least: float = 0.0
    """The share of a frame that has to be right, as far as can be told, for it to be proposed."""
    edges: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Weights by which edges are moved, per label and side."""
    judging: Mapping[str, float] = field(default_factory=dict)
    """Weights by which is told how much of a frame is right."""
    cues: tuple[str, ...] = ()
    """Cues that the rules lack, seen in the labels, with which they do better."""
    outermost: bool = False
    """Whether it leaves out what lies inside other attributions, because that wins."""
    pipeline: str = ""
    """The spaCy pipeline by which the rules extended sources."""
    sureness: tuple[Sureness, ...] = ()
    """What the new scores are worth."""
    asked: tuple[str, ...] = ()
    """Whose labels were to come first: the adjudicators, then who was at work."""
    teachers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per article, by its id, the names of those whose labels taught."""
    model: str = ""
    """SHA-256 of the model."""

    @property
    def is_changing(self) -> bool:
        """Tell whether it takes over anything but scores."""
        return bool(self.cues or self.moves or self.adds or self.least or self.outermost)

    @property
    def is_better(self) -> bool:
        """Tell whether it takes over anything at all."""
        return self.is_changing or bool(self.ranking)


def learned_frames(scheme: Scheme, labels: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return, per label of frames, the role that each label of spans fills; one that is filled once leads.

    All labels are named as suggesters name them.
    """
    wanted = frozenset(labels)
    found: dict[str, dict[str, str]] = {}
    for label in scheme.of("frame"):
        roles = {
            scheme.meaning(end): role.name
            for role in sorted(label.roles, key=lambda role: role.most != 1)
            for end in role.ends
            if len(role.ends) == 1 and scheme.meaning(end) in wanted and not role.retired
        }
        if len(roles) > 1 and label.is_offered:
            found[label.meaning] = roles
    return found


def learned_labels(scheme: Scheme) -> tuple[str, ...]:
    """Return the labels of spans that are learned, as suggesters name them: offered ones, no entities.

    What has the name of another one that was renamed is left out: to suggesters it would be that one.
    """
    offered = (one for one in scheme.of("span") if one.group != "entity" and one.is_offered)
    return tuple(one.meaning for one in offered if scheme.meaning(one.name))


def taught_names(scheme: Scheme) -> dict[str, str]:
    """Return, per label that is learned or decided on, how suggesters name it: that outlives a rename."""
    learned = frozenset(learned_labels(scheme))
    known = (*scheme.of("span"), *scheme.of("frame"))
    return {
        one.name: one.meaning
        for one in known
        if scheme.meaning(one.name) and (one.kind == "frame" or one.meaning in learned)
    }


def lesson(content: ArticleContent, names: Mapping[str, str], cues: tuple[str, ...] = ()) -> Lesson:
    """Return what an article teaches: in one that is done, everything; else where something is marked.

    Only labels that have a name are taught, under that name.
    """
    marked = tuple(
        (names[one.label], tuple((piece.start, piece.end) for piece in one.fragments))
        for one in content.spans
        if one.label in names
    )
    is_done = any(one.state == "done" for one in content.readings)
    whole = is_done or any(one.stretch is None and one.layer != "entities" for one in content.nothing_here)
    known = [(0, len(content.article.text))] if whole else list(_touched(content, marked))
    return Lesson(
        content.article.name, suggest_input(content, cues), marked, tuple(known),
        tuple(_decisions(content, names)), tuple(_together(content, names)),
    )  # fmt: skip


def _together(content: ArticleContent, names: Mapping[str, str]) -> Iterable[tuple[Marked, ...]]:
    spans: Mapping[object, Marked] = {
        one.id: (names[one.label], tuple((piece.start, piece.end) for piece in one.fragments))
        for one in content.spans
        if one.label in names
    }
    for frame in content.frames:
        found = tuple(spans[end.end] for end in frame.roles if end.end in spans)
        if len(found) > 1:
            yield found


def _touched(content: ArticleContent, marked: Sequence[Marked]) -> Iterable[Bounds]:
    yield from (piece for _, pieces in marked for piece in pieces)
    for one in content.nothing_here:
        if one.stretch is not None:
            yield one.stretch.start, one.stretch.end


def _decisions(content: ArticleContent, names: Mapping[str, str]) -> Iterable[Decision]:
    pieces: Mapping[object, Pieces] = {
        one.id: tuple((piece.start, piece.end) for piece in one.fragments) for one in content.suggested_spans
    }
    made = {one.id for one in content.frames}
    for one in content.suggested_frames:
        if one.state != "open":
            roles = tuple((end.role, pieces[end.end]) for end in one.roles if end.end in pieces)
            label = names.get(one.label, one.label)
            yield Decision(label, roles, one.score, one.reason, one.became in made)
