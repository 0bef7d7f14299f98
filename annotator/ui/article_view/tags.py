"""Where tags and breadcrumbs stand above a line, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF

from annotator.model.ids import Id
from annotator.model.records import Fragment, SuggestedSpan
from annotator.model.text import cut
from annotator.ui.article_view.lanes import blocks, lane_clear, tag_rows, widest_gap
from annotator.ui.article_view.marks import Drawn, Marks
from annotator.ui.article_view.pieces import Crumbs, Fill, Line, Tag
from annotator.ui.article_view.setting import ROOM, TAG_SPACE, Setting

_LONGEST = 18
_LONGEST_STEP = 28


def put_tags(line: Line, marks: Marks, setting: Setting, *, turned: bool) -> None:
    """Give every span that starts on a line its tag, and every nested attribution its breadcrumb.

    Suggestions have none at rest: there may be many, and nobody has answered them yet.
    `turned` is for paragraphs from right to left: the same, seen in a mirror.
    """
    if not line.opening:
        return
    opening = [fill for fill in line.opening if not isinstance(fill.record, SuggestedSpan)]
    stems = {id(fill): setting.column - fill.right if turned else fill.left for fill in opening}
    opening.sort(key=lambda fill: (stems[id(fill)], fill.lane))
    named = _by_name(opening)
    opening = [fills[0] for fills in named]
    twins = [[fill.record for fill in fills] for fills in named]
    texts = [tag_text(records, marks) for records in twins]
    widths = [_widest(records, marks, setting) for records in twins]
    sizes = [(stems[id(fill)], width) for fill, width in zip(opening, widths, strict=True)]
    found = blocks(sizes, TAG_SPACE, setting.column if turned else setting.column + ROOM)
    rows = tag_rows([(left, width) for left, width, _ in found], TAG_SPACE)
    places = [(left, row) for (_, _, lefts), row in zip(found, rows, strict=True) for left in lefts]
    for fill, records, text, width, (left, row) in zip(opening, twins, texts, widths, places, strict=True):
        if row is None:
            line.folded.extend(records)
            continue
        stem = fill.right if turned else fill.left
        line.tags.append(
            Tag(records, text, stem, setting.column - left - width if turned else left, width, row)
        )
    _put_crumbs(line, marks, setting, turned=turned)


def _by_name(opening: Sequence[Fill]) -> list[list[Fill]]:
    """Return the spans that begin on a line; those of several annotators that are the same go together."""
    found: dict[tuple[str, Sequence[Fragment]], list[Fill]] = {}
    for fill in opening:
        found.setdefault((fill.record.label, tuple(fill.record.fragments)), []).append(fill)
    return list(found.values())


def put_rects(line: Line, setting: Setting, *, turned: bool) -> None:
    """Say where tags and breadcrumbs stand, once the line has its place."""
    for tag in line.tags:
        tag.rect = row_rect(line, tag.left, tag.width, tag.row, setting)
        edge = tag.left + tag.width if turned else tag.left
        tag.has_stem = tag.row > 0 and abs(edge - tag.stem) < 1 and not _is_barred(line, tag)
    for crumbs in line.crumbs:
        crumbs.rect = row_rect(line, crumbs.left, crumbs.width, crumbs.row, setting)


def tag_of(line: Line, record: Drawn) -> Tag | None:
    """Return the tag that names a span on a line."""
    return next((tag for tag in line.tags if any(one is record for one in tag.records)), None)


def passing_tags(
    line: Line, wanted: Mapping[Id, str], crumbs: Id | None, setting: Setting, *, turned: bool
) -> list[tuple[Drawn, QRectF, str]]:
    """Return the tags of spans that have none at rest and are picked out now, where no other tag is.

    `wanted` is what each says, nothing for its label; `crumbs` is the claim whose breadcrumb is shown.
    """
    if not wanted:
        return []
    taken = _taken([*line.tags, *(one for one in line.crumbs if one.record.id == crumbs)], 0)
    tagged = {record.id for tag in line.tags for record in tag.records}
    found = []
    for fill in line.fills:
        if fill.record.id in wanted and _is_first(fill) and fill.record.id not in tagged:
            text = wanted[fill.record.id] or _counted(fill, line)
            width = setting.tag_width(text)
            left = _take(taken, fill, width, setting, turned=turned)
            found.append((fill.record, row_rect(line, left, width, 0, setting), text))
    return found


def _counted(fill: Fill, line: Line) -> str:
    """Return the label of a piece, and how many annotators' spans lie in its place."""
    place = fill.record.label, fill.lane, fill.left, fill.right
    count = sum((one.record.label, one.lane, one.left, one.right) == place for one in line.fills)
    return f"{fill.record.label} ×{count}" if count > 1 else fill.record.label


def row_rect(line: Line, left: float, width: float, row: int, setting: Setting) -> QRectF:
    """Return the rectangle of a tag in one of the rows above a line, in pixels of the section."""
    bottom = line.base - line.up - 1 - row * setting.tag_height
    return QRectF(left, bottom - setting.tag_height + 1, width, setting.tag_height - 1)


def tag_text(records: Sequence[Drawn], marks: Marks) -> str:
    """Return what the tag of a span says at rest: its label, the signs of stances on it, how often it is."""
    name = cut(records[0].label, _LONGEST)
    signs = "".join(dict.fromkeys(sign for record in records for sign in marks.signs(record.id)))
    count = f"×{len(records)}" if len(records) > 1 else ""
    return " ".join(one for one in (name, signs, count) if one)


def role_names(record: Drawn, marks: Marks) -> list[str]:
    """Return what the tag of a span says when one of its frames is chosen."""
    frames = marks.frames_of.get(record.id, ())
    roles = {end.role for frame in frames for end in frame.roles if end.end == record.id}
    return [role_text(role, record, marks) for role in roles]


def role_text(role: str, record: Drawn, marks: Marks) -> str:
    """Return a tag that names the role a span has in a frame."""
    name = role.replace("_", " ")
    if name.casefold() == record.label.casefold():
        return tag_text((record,), marks)
    signs = marks.signs(record.id)
    return f"{name} {signs}" if signs else name


def crumbs_text(chain: Sequence[str], setting: Setting, room: float) -> str:
    """Return a breadcrumb that is no wider than `room`: what is left out is so from the middle."""
    steps = [cut(one, _LONGEST_STEP) for one in chain]
    text = ""
    for gone in range(max(1, len(steps) - 1)):
        kept = [steps[0], "…", *steps[1 + gone :]] if gone else steps
        text = " › ".join(f"\u2068{one}\u2069" for one in kept)
        if setting.tag_width(text) <= room:
            break
    return text


def _put_crumbs(line: Line, marks: Marks, setting: Setting, *, turned: bool) -> None:
    """Find room for breadcrumbs; only one is ever shown, so they need not keep clear of one another."""
    for fill in line.opening:
        chain = marks.chain_of(fill.record.id)
        if not chain:
            continue
        passing = _passing(line, fill, marks, setting, turned=turned)
        top = max((tag.row for tag in line.tags), default=0 if passing else -1)
        text = crumbs_text(chain, setting, setting.column)
        width = min(setting.tag_width(text), setting.column)
        own = tag_of(line, fill.record)
        first = own.row if own else 0
        after = own.left + own.width if own else fill.left + _widest((fill.record,), marks, setting)
        for row in (first, *(row for row in range(top + 1) if row != first)):
            taken = [*_taken(line.tags, row), *(passing if row == 0 else ())]
            wanted = after + TAG_SPACE if row == first else fill.left
            left = _free(taken, wanted, width, setting.column)
            if left is not None:
                found = Crumbs(fill.record, text, left, width, row)
                break
        else:
            squeezed = _squeezed(line, fill, chain, passing, setting) if passing else None
            left = max(0.0, min(fill.left, setting.column - width))
            found = squeezed or Crumbs(fill.record, text, left, width, top + 1)
        line.crumbs.append(found)


def _squeezed(
    line: Line, fill: Fill, chain: Sequence[str], passing: Sequence[tuple[float, float]], setting: Setting
) -> Crumbs | None:
    """Return a breadcrumb short enough to stand between the tags: a row of its own would part the lines."""
    kept = [(start - TAG_SPACE, end + TAG_SPACE) for start, end in (*_taken(line.tags, 0), *passing)]
    low, high = widest_gap((0.0, setting.column + ROOM), kept)
    text = crumbs_text(chain, setting, high - low)
    width = setting.tag_width(text)
    if width > high - low:
        return None
    return Crumbs(fill.record, text, max(low, min(fill.left, high - width)), width, 0)


def _widest(records: Sequence[Drawn], marks: Marks, setting: Setting) -> float:
    """Return the width of the widest tag that a span, or those that are the same, may get."""
    roles = [name for record in records for name in role_names(record, marks)]
    return max(map(setting.tag_width, (tag_text(records, marks), *roles)))


def _passing(
    line: Line, claim: Fill, marks: Marks, setting: Setting, *, turned: bool
) -> list[tuple[float, float]]:
    """Return where the tags of a suggested claim and of the parts beside it will stand, once it is chosen."""
    frames = marks.frames_of.get(claim.record.id, ())
    parts = {record.id for frame in frames for _, record in marks.parts(frame)}
    taken = _taken(line.tags, 0)
    count = len(taken)
    for fill in line.fills:
        if isinstance(fill.record, SuggestedSpan) and fill.record.id in parts and _is_first(fill):
            _take(taken, fill, _widest((fill.record,), marks, setting), setting, turned=turned)
    return taken[count:]


def _is_first(fill: Fill) -> bool:
    """Tell whether a span begins with this."""
    return fill.opens and not fill.fragment


def _taken(placed: Sequence[Tag | Crumbs], row: int) -> list[tuple[float, float]]:
    """Return where tags and breadcrumbs of a row stand, as left and right edges."""
    return [(one.left, one.left + one.width) for one in placed if one.row == row]


def _take(
    taken: list[tuple[float, float]], fill: Fill, width: float, setting: Setting, *, turned: bool
) -> float:
    """Return where a tag of this width stands beside those that have their place, and note it among them."""
    most = setting.column if turned else setting.column + ROOM
    start = min(fill.right - width if turned else fill.left, most - width)
    left = lane_clear(taken, start, width, TAG_SPACE)
    taken.append((left, left + width))
    return left


def _free(taken: Sequence[tuple[float, float]], wanted: float, width: float, most: float) -> float | None:
    """Return where something finds room in a row of tags: from `wanted` on, else at the right end."""
    for start in (wanted, most - width):
        left = lane_clear(taken, start, width, TAG_SPACE)
        if left + width <= most:
            return left
    return None


def _is_barred(line: Line, tag: Tag) -> bool:
    """Tell whether the way down from a tag to its text leads over another tag."""
    return any(one.row < tag.row and one.left - 1 < tag.stem < one.left + one.width + 1 for one in line.tags)
