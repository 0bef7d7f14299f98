"""Articles that are hard to draw, written for it: forty frames on one page, thirty suggested ones, and text
from right to left.

In the lines below `[1s words]` says that the words are the source of frame 1 (`c` its claim, `u` its cue);
the same note once more adds a fragment. `[p words]` is a person (`o` organisation, `g` place, `d` date).
A frame whose notes begin with `?` is a suggestion. Notes nest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Block,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.text import sha256_of

Stance = tuple[str, str, str]
"""The source who holds it (`1s`), its value, and the claim that it is on (`2c`)."""

_NOTE = re.compile(r"\[(\??\d*[a-z]) |(\])|([^\[\]]+)")
_ROLES = {"c": "claim", "s": "source", "u": "cue"}
_LABELS = {"c": "CLAIM", "s": "SOURCE", "u": "CUE", "p": "PERSON", "o": "ORG", "g": "GPE", "d": "DATE"}

_STRESS = """\
headline|[1c Harbour bridge is safe], [1s engineer] [1u says]; [2s council] [2u doubts] [2c it will last]
byline|By [p Mara Lindholm]
body|[3s The [o Herald]] [3u reported] [3c that [4s an agency] [4u wrote] [4c that [5s an official] [5u had \
told] it [5c that [6s the minister] [6u believed] [6c [7s Mayor [p Otto Falk]]’s [7u claim] [7c that the \
bridge would hold until [d 2060]] was “a wish”]]]].
body|“[8c We measured every bolt],” [8s [p Elin Strand]] [8u said] on [d Monday]. “[8c None was loose].” \
[9s Her deputy] [9u denied] [9c that [10s he] had ever [10u said] [10c the opposite]], and [11s the union] \
[11u asked] [11c why [12s nobody] [12u admitted] [12c that the report existed]].
body|[13s Critics] [13u argue] [13c the work costs twice what [14s the council] [14u promised] [14c in [d \
spring]]], but [15s the treasurer] [15u insists] [15c that every crown is accounted for] and [16s a \
spokesman] [16u added] [16c that [17s auditors] [17u had confirmed] [17c the sum]]. [18u According to] \
[18s [o Harbour Watch]], [18c the ferries to [g Nordhaven] will run again by [d June]].
body|“[19c No],” [19s he] [19u said]. “[20c Yes],” [20s she] [20u said]. “[21c Perhaps],” [21s Falk] [21u \
said]. “[22c Never again],” [22s both] [22u wrote].
subhead|What the report leaves out
body|[23s Residents] [23u fear] [23c noise], [24s shopkeepers] [24u expect] [24c customers], [25s the \
church] [25u wants] [25c silence on [d Sundays]] and [26s the mayor] [26u promises] [26c all three].
body|[?27c The foundations were never tested], [?27s a diver who worked there] [?27u recalled]. The [o \
Herald] could not reach [p Strand] for comment.
"""
_STRESS_PARENTS = {4: 3, 5: 4, 6: 5, 7: 6, 10: 9, 12: 11, 14: 13, 17: 16}
_STRESS_STANCES = (
    ("2s", "question", "1c"),
    ("6s", "deny", "7c"),
    ("7s", "support", "7c"),
    ("5s", "neutral", "6c"),
    ("9s", "deny", "10c"),
    ("11s", "question", "12c"),
    ("13s", "deny", "14c"),
    ("15s", "deny", "13c"),
    ("16s", "support", "17c"),
    ("20s", "deny", "19c"),
    ("21s", "question", "20c"),
    ("22s", "deny", "18c"),
    ("24s", "support", "26c"),
    ("25s", "question", "26c"),
)

_TURNED = """\
headline|[1s الوزيرة] [1u تقول] إن [1c جسر الميناء آمن]
body|[2s المتحدثة [p ليلى حداد]] [2u قالت] [2c إن الميناء سيفتح في [d 12 مارس 2026] بعد أن تختبره [o Harbour \
Watch] مرتين، وإن السفن الكبيرة ستعود قبل الصيف]. [3s الصحيفة] [3u ذكرت] [3c أن [4s مسؤولا] [4u أكد] [4c أن \
الرافعة سقطت ليلا]].
body|“[5c הגשר בטוח],” [5u אמר] [5s [p דוד לוי]]. “[5c מדדנו כל בורג].” [6s המועצה] [6u הכחישה] [6c שקיבלה \
את הדוח של [o Harbour Watch] בשנת [d 2025]].
body|In [g حيفا] [7s the daily [o الميناء]] [7u reported] [7c that the mayor, [p שירה לוי], had left the \
port on [d Sunday] with [p ليلى حداد] and two engineers], and [8s nobody] [8u said] [8c why].
"""

_PROPOSED = """\
body|“[?{0}c The ferry to [g Nordhaven] will sail again before [d June]],” [?{0}s harbour master \
[p Ines Holt]] [?{0}u said]. [?{1}s The council] [?{1}u wrote in a letter] [?{1}c that nobody had tested \
the foundations since [d 1997]]. [?{2}u According to] [?{2}s a spokesman for [o Nordic Rail]], \
[?{2}c the second pier was never part of the contract].
body|[?{3}s Mayor [p Otto Falk]] [?{3}u told reporters] [?{3}c that [?{4}s an engineer] [?{4}u had warned] \
him [?{4}c that every bolt was loose]]. “[?{5}c We count them all],” [?{5}s she] [?{5}u said]. \
“[?{5}c Twice].”
"""


def stress(pages: int = 1) -> ArticleContent:
    """Return an article of which each page holds 40 frames, attributions as deep as five."""
    return _content(_STRESS, _STRESS_PARENTS, _STRESS_STANCES, pages)


def suggested(times: int = 5) -> ArticleContent:
    """Return an article in which almost every sentence is a suggested attribution, six `times` over."""
    numbers = (range(first, first + 6) for first in range(0, times * 6, 6))
    noted = "headline|Harbour town waits for a ferry\n" + "".join(_PROPOSED.format(*one) for one in numbers)
    return _content(noted, {}, ())


def right_to_left() -> ArticleContent:
    """Return an article in Arabic and Hebrew, with lines that mix both directions."""
    return _content(_TURNED, {4: 3}, [("6s", "deny", "5c")])


def _content(
    noted: str, parents: Mapping[int, int], stances: Sequence[Stance], pages: int = 1
) -> ArticleContent:
    records = _Records()
    for _ in range(pages):
        records.add_page(noted, parents, stances)
    article = Article(records.own, "article.txt", "", records.text, sha256_of(records.text))
    return ArticleContent(
        article,
        tuple(records.blocks),
        tuple(records.spans),
        tuple(records.frames),
        suggested_spans=tuple(records.suggested),
        suggested_frames=tuple(records.suggested_frames),
    )


class _Records:
    """What the notes of an article stand for."""

    def __init__(self) -> None:
        self.own, self.me = new_id(), new_id()
        self.text = ""
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.frames: list[Frame] = []
        self.suggested: list[SuggestedSpan] = []
        self.suggested_frames: list[SuggestedFrame] = []

    def add_page(self, noted: str, parents: Mapping[int, int], stances: Sequence[Stance]) -> None:
        """Add one page: its text, spans, attributions and stances."""
        pieces: dict[str, list[Fragment]] = {}
        for line in noted.splitlines():
            kind, words = line.split("|", 1)
            start = len(self.text)
            self._read(words, pieces)
            self.blocks.append(Block(new_id(), self.own, start, len(self.text), kind))
            self.text += "\n\n"
        ids = {name: self._add_span(name, found) for name, found in pieces.items()}
        self._add_attributions(ids, parents)
        for holder, value, target in stances:
            ends = RoleEnd("holder_mention", "span", ids[holder]), RoleEnd("target", "span", ids[target])
            self.frames.append(Frame(new_id(), self.own, "STANCE", ends, self.me, 0, {"value": value}))

    def _read(self, words: str, pieces: dict[str, list[Fragment]]) -> None:
        """Add the text of a line, and keep where each of its notes lies."""
        begun: list[tuple[str, int]] = []
        for note, closes, plain in _NOTE.findall(words):
            if note:
                begun.append((note, len(self.text)))
            elif closes:
                name, start = begun.pop()
                alone = name if name[0] in "?0123456789" else f"{name} {start}"
                pieces.setdefault(alone, []).append(Fragment(start, len(self.text)))
            else:
                self.text += plain

    def _add_span(self, name: str, pieces: Sequence[Fragment]) -> Id:
        own, label, fragments = new_id(), _LABELS[name.split(maxsplit=1)[0][-1]], tuple(pieces)
        if name.startswith("?"):
            reason = "words before a name and “recalled”"
            self.suggested.append(SuggestedSpan(own, self.own, label, fragments, 0.8, "test", reason, 0))
        else:
            self.spans.append(Span(own, self.own, label, fragments, self.me, 0))
        return own

    def _add_attributions(self, ids: Mapping[str, Id], parents: Mapping[int, int]) -> None:
        ends: dict[str, list[RoleEnd]] = {}
        for name, own in ids.items():
            if name[-1] in _ROLES:
                ends.setdefault(name[:-1], []).append(RoleEnd(_ROLES[name[-1]], "span", own))
        frames = {number: new_id() for number in ends}
        for number, own in frames.items():
            if number.startswith("?"):
                reason, roles = "a name and “recalled”", tuple(ends[number])
                self.suggested_frames.append(
                    SuggestedFrame(own, self.own, "ATTRIBUTION", roles, 0.8, "test", reason, 0)
                )
                continue
            parent = parents.get(int(number))
            above = (RoleEnd("parent", "frame", frames[str(parent)]),) if parent else ()
            self.frames.append(Frame(own, self.own, "ATTRIBUTION", (*ends[number], *above), self.me, 0))
