"""The two themes: palettes of our own on Fusion, and calm label colours that can be read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from annotator.model.resources import resource
from annotator.model.scheme import Label, Scheme
from annotator.ui.article_view.theme import LabelLook, ViewTheme, with_labels

THEMES = ("system", "light", "dark")
READABLE = 4.5
"""The least contrast of text, WCAG 2.1 level AA."""
_TURN = 137.508  # the golden angle: neighbours in a scheme get colours far apart


@dataclass(frozen=True, slots=True)
class LabelColour:
    """How one label looks: ink for tag and line, fill behind the text, text on the tag."""

    ink: str
    fill: str
    strong: str
    on_ink: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of the window and of the labels, as a theme file gives them."""

    name: str
    is_dark: bool
    palette: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    stances: Mapping[str, str] = field(default_factory=dict)

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette: `text`, `muted`, `good`, `warning`, `bad`, …"""
        return QColor(self.palette[name])

    def label(self, label: Label | str, number: int = 0) -> LabelColour:
        """Return the colours of a label; one that the theme does not know gets calm ones of its own."""
        name, wanted = (label, "") if isinstance(label, str) else (label.name, label.colour)
        base = QColor(self.palette["base"])
        ink = QColor(self.labels.get(name) or wanted or "")
        if not ink.isValid():
            ink = _calm(number, self.is_dark)
        is_entity = not isinstance(label, str) and label.group == "entity"
        share = (0.15 if is_entity else 0.20) * (1.4 if self.is_dark else 0.7)
        ink = readable(ink, base)
        while contrast(ink, mixed(ink, base, share)) < READABLE:
            ink = _step(ink, base)
        fill, strong = mixed(ink, base, share), mixed(ink, base, share * 1.9)
        on_ink = max((QColor("#ffffff"), QColor("#16181b")), key=lambda one: contrast(one, ink))
        return LabelColour(ink.name(), fill.name(), strong.name(), on_ink.name())

    def of_scheme(self, scheme: Scheme) -> dict[str, LabelColour]:
        """Return the colours of every label of a scheme."""
        return {label.name: self.label(label, at) for at, label in enumerate(scheme.labels)}


def theme(name: str) -> Theme:
    """Return the theme `light` or `dark`; `system` gives the one that the system asks for."""
    if name not in {"light", "dark"}:
        name = system_theme()
    data = tomllib.loads(resource(f"themes/{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        name, bool(data["dark"]), _texts(data, "palette"), _texts(data, "labels"), _texts(data, "stances")
    )


def system_theme() -> str:
    """Return `dark` when the system says so, else `light`."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply(app: QApplication, chosen: Theme) -> None:
    """Give the whole program the theme's colours."""
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(qt_palette(chosen))


def qt_palette(chosen: Theme) -> QPalette:
    """Return the theme as Qt's palette."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    names = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "base",
        role.AlternateBase: "alternate",
        role.Text: "text",
        role.Button: "button",
        role.ButtonText: "text",
        role.ToolTipBase: "base",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted",
        role.Highlight: "highlight",
        role.Accent: "highlight",
        role.HighlightedText: "highlighted_text",
        role.Link: "link",
        role.LinkVisited: "link",
        role.BrightText: "bad",
        role.Light: "base",
        role.Midlight: "alternate",
        role.Mid: "border",
        role.Dark: "border",
    }
    for one, name in names.items():
        palette.setColor(one, chosen.colour(name))
    palette.setColor(role.Shadow, QColor("#000000" if chosen.is_dark else "#8a8780"))
    faded = mixed(chosen.colour("text"), chosen.colour("window"), 0.45)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, one, faded)
    palette.setColor(group.Disabled, role.Highlight, chosen.colour("border"))
    return palette


def view_theme(chosen: Theme, scheme: Scheme | None, column: int = 75, line_space: float = 1.0) -> ViewTheme:
    """Return how the article view looks in this theme, with a look for each label of the scheme."""
    palette = chosen.palette
    base = ViewTheme(
        name=chosen.name,
        is_dark=chosen.is_dark,
        paper=palette["base"],
        ink=palette["text"],
        soft=mixed(chosen.colour("text"), chosen.colour("base"), 0.8).name(),
        muted=palette["muted"],
        rule=palette["rule"],
        accent=palette["link"],
        selection=palette["over"],
        find=palette["find"],
        marker=palette["bad"],
        column=column,
        line_space=line_space,
    )
    if scheme is None:
        return base
    colours = chosen.of_scheme(scheme)
    looks = with_labels(base, scheme).labels
    return replace(base, labels={name: _look(look, colours[name]) for name, look in looks.items()})


def _look(look: LabelLook, colour: LabelColour) -> LabelLook:
    """Return the view's look with the theme's colours; the line style stays."""
    return replace(look, ink=colour.ink, tint=colour.fill, strong=colour.strong)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1), 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return `share` of one colour in the other."""
    pairs = (
        (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())
    )  # fmt: skip
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def readable(ink: QColor, ground: QColor) -> QColor:
    """Return the ink, moved away from the ground until text in it can be read."""
    while contrast(ink, ground) < READABLE:
        ink = _step(ink, ground)
    return ink


def _step(ink: QColor, ground: QColor) -> QColor:
    """Return the ink a little further away from the ground."""
    end = QColor("#000000" if _luminance(ground) > 0.4 else "#ffffff")
    nearer = mixed(end, ink, 0.06)
    return nearer if nearer != ink else end


def _calm(number: int, is_dark: bool) -> QColor:
    hue = (number * _TURN % 360) / 360
    return QColor.fromHslF(hue, 0.38, 0.72 if is_dark else 0.34)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _texts(data: Mapping[str, Any], name: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.get(name, {}).items()}
