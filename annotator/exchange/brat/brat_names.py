"""How labels, roles, attributes and values are called in brat, which has names of ASCII alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from annotator.model.records import Frame
from annotator.model.scheme import Scheme

NO_SOURCE = "Attribution-no-source"
_UNFIT = re.compile(r"[^a-zA-Z0-9_-]")
_WORD = re.compile(r"[^\s|,]+")
_LISTED = re.compile(r"[^|\s!][^|\t\r\n]*")
"""A name that can stand in a list of names as they are shown."""
_FLAG = ("no", "yes")
_UNSET = "unset"
_POLNEAR = {"CLAIM": "Content", "SOURCE": "Source", "CUE": "Cue", "ATTRIBUTION": "Attribution"}
_POLNEAR_ROLES = {"claim": "Content", "source": "Source", "cue": "Cue"}


class Names:
    """How everything of a scheme is called in the files: no two things alike."""

    def __init__(self, scheme: Scheme, *, is_polnear: bool) -> None:
        self._is_polnear = is_polnear
        self._attribution = scheme.named("ATTRIBUTION")
        settled = {one.name: _POLNEAR[one.meaning] for one in scheme.labels if one.meaning in _POLNEAR}
        self.labels = apart((one.name for one in scheme.labels), settled if is_polnear else {})
        self.frames = {one.name: one for one in scheme.of("frame")}
        self._roles = {
            name: apart((role.name for role in one.roles), self._settled_roles(name))
            for name, one in self.frames.items()
        }
        every = [(one.name, each) for one in scheme.labels for each in one.attributes]
        self._choices = {(label, one.name) for label, one in every if one.kind == "choice"}
        values: dict[str, dict[str, None]] = {}
        for _, one in every:
            values.setdefault(one.name, {}).update(dict.fromkeys(one.values))
        self._values = {name: tuple(known) for name, known in values.items()}
        """One name has the same values with all labels that have it."""
        self._attributes = apart(self._values, {})

    def _settled_roles(self, label: str) -> Mapping[str, str]:
        return _POLNEAR_ROLES if self._is_polnear and label == self._attribution else {}

    def frame(self, frame: Frame) -> str:
        """Return what a frame is called: PolNeAR has two names for attributions."""
        if self._is_polnear and frame.label == self._attribution:
            roles = {one.role for one in frame.roles}
            if "implicit_source" in roles and "source" not in roles:
                return NO_SOURCE
        return self.labels[frame.label]

    def shown(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return what labels and what attributes are called, by how they are written, where not alike."""
        every = (self.labels, self._attributes)
        labels, attributes = (
            {written: name for name, written in one.items() if self._is_shown(name, written)} for one in every
        )
        return labels, attributes

    def _is_shown(self, name: str, written: str) -> bool:
        is_fit = _LISTED.fullmatch(name) is not None and name == name.strip()
        return is_fit and self.is_changed(name, written)

    def of_frame(self, label: str) -> list[str]:
        """Return all names that frames of a label have."""
        return [self.labels[label], *([NO_SOURCE] if self._settled_roles(label) else [])]

    def role(self, label: str, role: str) -> str:
        """Return what a role is called."""
        return self._roles.get(label, {}).get(role) or fit(role)

    def attribute(self, name: str) -> str:
        """Return what an attribute is called."""
        return self._attributes.get(name) or fit(name)

    def is_flag(self, name: str) -> bool:
        """Tell whether an attribute is there or not, and has no value."""
        return self._values.get(name) == _FLAG

    def values(self, name: str) -> list[str]:
        """Return the values of an attribute that brat can have."""
        return [one for one in self._values.get(name, ()) if one != _UNSET and _WORD.fullmatch(one)]

    def is_value(self, label: str, name: str, value: str) -> bool:
        """Tell whether brat can have this as the value of an attribute, and not as a note alone."""
        if (label, name) not in self._choices:
            return False
        return value == "yes" if self.is_flag(name) else value in self.values(name)

    def is_changed(self, name: str, written: str) -> bool:
        """Tell whether a name could not be kept; those of PolNeAR are found again."""
        return written not in (name, _POLNEAR.get(name), _POLNEAR_ROLES.get(name), NO_SOURCE)


def fit(name: str) -> str:
    """Return a name as brat can have it: letters without accents, figures, `_` and `-`."""
    plain = (one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    # Hyphens alone part the lines of a configuration.
    return _UNFIT.sub("_", "".join(plain)).replace("-", "-" if name.strip("-") else "_") or "_"


def apart(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return names as brat can have them, no two alike; `given` are some that are settled."""
    every = list(dict.fromkeys(names))
    found = {name: given[name] for name in every if name in given}
    # Those that can stay as they are have the first choice.
    for name in sorted((one for one in every if one not in found), key=lambda one: fit(one) != one):
        plain, count = fit(name), 1
        while (made := plain if count == 1 else f"{plain}_{count}") in found.values():
            count += 1
        found[name] = made
    return found
