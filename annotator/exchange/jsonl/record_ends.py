"""Checks what the frames of a record point to: every end is there and the scheme lets it fill its role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import count, repeat
from typing import Any, get_args

from annotator.exchange.jsonl.record_ids import id_of, ids_of, written_and_read
from annotator.exchange.jsonl.record_marks import Marks
from annotator.exchange.record_faults import Fault, choice_of, kind_of, short
from annotator.model.ids import Id
from annotator.model.records import EndKind
from annotator.model.scheme import Role, Scheme

_END_KINDS = frozenset(get_args(EndKind))
Packed = tuple[Any, ...]
Roles = list[tuple[str, str, Id]]
"""Role, kind of end, id of end."""


class Rules:
    """What the scheme lets fill which role, by label of frame; what was found right once is kept."""

    def __init__(self, scheme: Scheme | None) -> None:
        frames = () if scheme is None else scheme.of("frame")
        self.roles = {one.name: {role.name: role for role in one.roles} for one in frames}
        self.is_free = scheme is None
        self.right: set[tuple[str, str, str, str]] = set()

    def check(self, label: str, name: str, kind: str, end_label: str, *, is_elsewhere: bool) -> None:
        """Refuse an end that the scheme does not let fill this role."""
        if self.is_free:
            return
        role = self.roles[label].get(name)
        if role is None:
            known = ", ".join(self.roles[label])
            raise Fault(f"roles.{name}", f"{label} has no role {short(name)}, only {known}", is_unknown=True)
        # Of an end in another article only the kind is known, not the label.
        is_doubtful = is_elsewhere and kind in ("span", "frame")
        if end_label not in role.ends and kind not in role.ends and not is_doubtful:
            takes = " or ".join(role.ends)
            raise Fault(f"roles.{name}", f"{end_label or kind} cannot be the {name}; that role takes {takes}")
        self.right.add((label, name, kind, end_label))


class Ends:
    """Knows what is in one record, by id, and checks frames against it and the scheme."""

    def __init__(
        self,
        rules: Rules,
        values: dict[str, Any],
        own: Id,
        spans: tuple[Sequence[str], Sequence[Id], Sequence[str]],
        frames: tuple[Sequence[str], Sequence[Id]],
    ) -> None:
        """Take in a checked record; of its spans and frames also ids, as written and as read, and labels."""
        self._rules, self._values, self._own, self._frames = rules, values, own, frames
        self._spans = spans[1:]
        self._places = dict(zip(spans[0], count(), strict=False))
        """Where among the spans each stands: there are many, and few of them are ends."""

    @cached_property
    def _inside(self) -> dict[str, tuple[str, str, Id]]:
        """What is in the record besides spans; most records are checked without it."""
        values = self._values
        found: dict[str, tuple[str, str, Id]] = {values["id"]: ("article", "", self._own)}
        if self._frames[0]:
            found |= _ends("frame", values["frames"], *self._frames)
        for kind, field in (("actor", "actors"), ("claim_card", "claim_cards")):
            if rows := values.get(field):
                found |= _ends(kind, rows, *written_and_read(rows, field))
        proposed = values.get("suggestions") or {}
        for kind, field in (("span", "spans"), ("frame", "frames")):
            if rows := proposed.get(field):
                found |= _ends(kind, rows, *written_and_read(rows, f"suggestions.{field}"))
        return found

    def check_above(self, spans: Iterable[dict[str, Any]]) -> None:
        """Refuse spans whose actor or claim card is not in the record."""
        for at, span in enumerate(spans):
            for field in ("actor", "claim_card"):
                end = span.get(field)
                if end is not None and self._inside.get(end, ("",))[0] != field:
                    raise Fault(
                        f"spans[{at}].{field}", f"{short(str(end))} is not among the record's {field}s"
                    )

    def roles(self, rows: list[dict[str, Any]], ids: Sequence[Id]) -> list[Roles]:
        """Return the checked roles of frames with known labels; raises Fault with the first wrong one."""
        found, are_plain = [], True
        for at, one in enumerate(rows):
            roles = self._plain_roles(one)
            if roles is None:
                are_plain = False
                try:
                    roles = self._roles(one, one["label"])
                except Fault as fault:
                    raise fault.inside(f"frames[{at}]") from None
            found.append(roles)
        if not are_plain:
            _refuse_circles(ids, found)
        return found

    def _plain_roles(self, one: dict[str, Any]) -> Roles | None:
        """Return the roles of a frame where one span of the record fills each, as in most, else None."""
        places, (ids, labels), right = self._places, self._spans, self._rules.right
        found: Roles = []
        try:
            label = one["label"]
            for role, ends in one["roles"].items():
                place = places[ends[0]]
                if len(ends) != 1 or (label, role, "span", labels[place]) not in right:
                    return None
                found.append((role, "span", ids[place]))
        except (AttributeError, LookupError, TypeError):  # an end of another kind, or a fault to be named
            return None
        return found

    def proposed(self, rows: list[dict[str, Any]], marks: Marks) -> list[Packed]:
        """Return the checked values of each suggested frame."""
        packed = []
        for at, (own, one) in enumerate(zip(ids_of(rows, "suggestions.frames"), rows, strict=True)):
            try:
                label = marks.label(one.get("label"), "frame")
                packed.append((own, label, self._roles(one, label), *marks.proposal(label, one)))
            except Fault as fault:
                raise fault.inside(f"suggestions.frames[{at}]") from None
        return packed

    def _roles(self, one: dict[str, Any], label: str) -> Roles:
        roles, inside, right = one.get("roles", {}), self._inside, self._rules.right
        places, (span_ids, span_labels) = self._places, self._spans
        if not isinstance(roles, dict):
            raise Fault("roles", f"it is {kind_of(roles)}, it has to be an object: role → [ids]")
        found: list[tuple[str, str, Id]] = []
        for role, ends in roles.items():
            if not isinstance(ends, list):
                raise Fault(f"roles.{role}", f"it is {kind_of(ends)}, it has to be a list of ids")
            for end in ends:
                known = None
                if type(end) is str:
                    place = places.get(end)
                    known = (
                        inside.get(end) if place is None else ("span", span_labels[place], span_ids[place])
                    )
                kind, end_label, end_id = known or self._outside(end, one.get("outside"), role)
                if (label, role, kind, end_label) not in right:
                    self._rules.check(label, role, kind, end_label, is_elsewhere=known is None)
                found.append((role, kind, end_id))
            if len(ends) != 1 or ends[0] == one["id"]:
                self._check_whole(one, label, role, ends)
        return found

    def _check_whole(self, one: dict[str, Any], label: str, role: str, ends: list[Any]) -> None:
        if one["id"] in ends:
            raise Fault(f"roles.{role}", "a frame cannot fill a role of its own")
        if len(ends) > 1:
            rule = None if self._rules.is_free else self._rules.roles[label][role]
            _check_count(rule, ends, role)
        elif not ends:
            self._rules.check(label, role, "span", "", is_elsewhere=True)

    def _outside(self, end: object, outside: object, role: str) -> tuple[str, str, Id]:
        if not isinstance(end, str):
            raise Fault(f"roles.{role}", f"an end is {kind_of(end)}, it has to be an id")
        if isinstance(outside, dict) and end in outside:
            kind = choice_of(outside[end], _END_KINDS, f"outside.{end}")
            return kind, "", id_of(end, f"roles.{role}")
        raise Fault(f"roles.{role}", f"it points to {short(end)}, which is not there")


def _ends(
    kind: str, rows: Sequence[dict[str, Any]], written: Sequence[str], ids: Sequence[Id]
) -> dict[str, tuple[str, str, Id]]:
    labels = [label if isinstance(label := one.get("label"), str) else "" for one in rows]
    return dict(zip(written, zip(repeat(kind), labels, ids, strict=False), strict=True))


def _check_count(rule: Role | None, ends: Sequence[object], role: str) -> None:
    if len(ends) > 1 and len(set(ends)) < len(ends):
        raise Fault(f"roles.{role}", "the same end fills the role twice")
    if rule is not None and rule.most is not None and len(ends) > rule.most:
        raise Fault(f"roles.{role}", f"the role takes {rule.most}, not {len(ends)}")


def _refuse_circles(ids: Sequence[Id], roles: Sequence[Roles]) -> None:
    """Refuse frames that lead back to themselves through one role, without recursion."""
    edges: dict[tuple[str, Id], list[Id]] = {}
    for frame, ends in zip(ids, roles, strict=True):
        for role, kind, end in ends:
            if kind == "frame":
                edges.setdefault((role, frame), []).append(end)
    done: set[tuple[str, Id]] = set()
    for start in edges:
        _refuse_circle(start, edges, done)


def _refuse_circle(
    start: tuple[str, Id], edges: dict[tuple[str, Id], list[Id]], done: set[tuple[str, Id]]
) -> None:
    role = start[0]
    path: set[tuple[str, Id]] = set()
    waiting: list[tuple[tuple[str, Id], bool]] = [(start, False)]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            path.discard(node)
            done.add(node)
        elif node in path:
            raise Fault("frames", f"the role {role} leads round in a circle at {node[1].hex()}")
        elif node not in done and node in edges:
            path.add(node)
            waiting.append((node, True))
            waiting += (((role, end), False) for end in edges[node])
