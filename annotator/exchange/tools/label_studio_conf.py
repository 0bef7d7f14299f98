"""The configuration of Label Studio's labelling interface for a scheme: labels, colours, questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from colorsys import hls_to_rgb
from xml.sax.saxutils import quoteattr

from annotator.exchange.inception.xmi_unfit import fit
from annotator.exchange.xml_tree import tree_of
from annotator.model.scheme import LABEL_KINDS, Attribute, Label, Scheme

_LONGEST = 60
_TURN = 0.381966
"""The golden section of a circle of hues."""
_STYLE = ".htx-text { white-space: pre-wrap; }"
"""Else Label Studio shows runs of blanks as one."""
_FIELD = re.compile(r"\$(?=[\w\[\].{}])")
"""What Label Studio takes for a field of the task, with the name that follows."""
_SAYS = frozenset({"Relations", "Labels", "Text", "TextArea", "Choices"})
Said = tuple[str, ...]
"""A part of the interface: its kind, its name, of what it is, about which labels, what it offers."""
LABEL, TEXT, ARTICLE = "label", "text", "article"


class Controls:
    """What the parts of the interface are called: attributes as they are, our own parts unlike them."""

    def __init__(self, scheme: Scheme) -> None:
        self.attributes: dict[str, tuple[Attribute, list[Label]]] = {}
        """By name: one that several labels have is one control, with the values of all."""
        for label in scheme.of("span"):
            for one in label.attributes:
                known, labels = self.attributes.get(one.name, (one, []))
                self.attributes[one.name] = (_both(known, one), [*labels, label])
        self.own: dict[str, str] = {}
        for name in (LABEL, TEXT, ARTICLE):
            while name in self.attributes or name in self.own.values():
                name += "_"
            self.own[name.rstrip("_")] = name

    def is_choice(self, name: str) -> bool:
        """Tell whether an attribute is chosen among values, not typed."""
        known = self.attributes.get(name)
        return known is not None and known[0].kind == "choice"


def _both(one: Attribute, other: Attribute) -> Attribute:
    if one.kind != other.kind:
        return Attribute(one.name, "text")
    return Attribute(one.name, one.kind, tuple(dict.fromkeys((*one.values, *other.values))))


def conf_text(scheme: Scheme) -> str:
    """Return the configuration, as it is pasted into Label Studio."""
    head = f"  <!-- {_plain(scheme.title or scheme.name)}, made by annotator -->"
    lines = ["<View>", head, f"  <Style>{_STYLE}</Style>", *_parts(scheme), "</View>"]
    return "\n".join(lines) + "\n"


def meant(scheme: Scheme) -> list[Said]:
    """Return what the configuration of a scheme says: labels, relations, and what is asked about what."""
    controls = Controls(scheme)
    spans, frames, of_article = (scheme.of(kind) for kind in LABEL_KINDS)
    text, asked = controls.own[TEXT], list[Said]()
    for name, (one, labels) in controls.attributes.items():
        kind = "TextArea" if one.kind == "text" else "Choices"
        about = ",".join(label.name for label in labels)
        asked.append((kind, name, text, about, *(() if kind == "TextArea" else one.values)))
    if of_article:
        asked.append(("Choices", controls.own[ARTICLE], text, "", *(one.name for one in of_article)))
    found = [("Relations", "", "", "", *(one.name for one in frames))] if frames else []
    if spans:
        found.append(("Labels", controls.own[LABEL], text, "", *(one.name for one in spans)))
    return [tuple(map(fit, one)) for one in [*found, ("Text", text, "", ""), *asked]]


def read_again(data: bytes) -> list[Said]:
    """Return what a configuration says; raises UserError for what is no XML."""
    given = ("name", "toName", "whenLabelValue")
    return [
        (one.tag, *(one.get(name, "") for name in given), *(_named(inner.attrib) for inner in one))
        for one in tree_of(data).iter()
        if one.tag in _SAYS
    ]


def _parts(scheme: Scheme) -> Iterator[str]:
    controls = Controls(scheme)
    names = {one: _quoted(name) for one, name in controls.own.items()}
    spans, frames, of_article = (scheme.of(kind) for kind in LABEL_KINDS)
    if frames:
        yield "  <Relations>"
        yield from (f"    <Relation {_shown(*one)}/>" for one in enumerate(frames, len(spans)))
        yield "  </Relations>"
    if spans:
        yield f"  <Labels name={names[LABEL]} toName={names[TEXT]}>"
        yield from (f"    <Label {_shown(*one)}/>" for one in enumerate(spans))
        yield "  </Labels>"
    yield f'  <Text name={names[TEXT]} value="$text" granularity="symbol"/>'
    for name, (attribute, labels) in controls.attributes.items():
        yield from _asked(name, attribute, labels, controls)
    if of_article:
        yield f'  <Choices name={names[ARTICLE]} toName={names[TEXT]} choice="multiple">'
        yield from (f"    <Choice {_given(_value(one.name))}/>" for one in of_article)
        yield "  </Choices>"


def _asked(name: str, attribute: Attribute, labels: list[Label], controls: Controls) -> Iterator[str]:
    """Yield what is asked of a region that has one of these labels."""
    when = {
        "whenTagName": controls.own[LABEL],
        "whenLabelValue": ",".join(one.name for one in labels),
    }
    parts = {"name": name, "toName": controls.own[TEXT], "perRegion": "true", **when}
    given = _given(parts)
    # Of a part that is hidden, Label Studio still shows the head, unless that is hidden with it.
    yield f"  <View {_given({'visibleWhen': 'region-selected', **when})}>"
    yield f'    <Header value={_quoted(name)} size="5"/>'
    if attribute.kind == "text":
        yield f"    <TextArea {given}/>"
    else:
        yield f'    <Choices {given} choice="single" showInline="true">'
        yield from (f"      <Choice {_given(_value(one))}/>" for one in attribute.values)
        yield "    </Choices>"
    yield "  </View>"


def _quoted(value: str) -> str:
    return quoteattr(fit(value))


def _given(parts: Mapping[str, str]) -> str:
    return " ".join(f"{key}={_quoted(value)}" for key, value in parts.items())


def _value(name: str) -> dict[str, str]:
    """Return what says a name: `$text` would be a field of the task, so it is shown with another sign."""
    shown = _FIELD.sub("＄", name)
    return {"value": shown} if shown == name else {"value": shown, "alias": name}


def _named(parts: Mapping[str, str]) -> str:
    return parts.get("alias", parts.get("value", ""))


def _shown(number: int, label: Label) -> str:
    """Return what a label is called and looks like; without a colour, in one far from its neighbours'."""
    name = _value(label.name) if label.kind == "span" else {"value": label.name}
    parts = {**name, "background": label.colour or _calm(number)}
    if label.kind == "span" and label.title not in ("", label.name):
        parts["hint"] = label.title
    return _given(parts)


def _calm(number: int) -> str:
    rgb = hls_to_rgb(number * _TURN % 1, 0.45, 0.45)
    return "#" + "".join(f"{round(255 * one):02x}" for one in rgb)


def _plain(text: str) -> str:
    """Return a text as a comment can have it: short, and without two hyphens side by side."""
    return re.sub(r"-(?=-|$)", "‐", " ".join(text.split()))[:_LONGEST]
