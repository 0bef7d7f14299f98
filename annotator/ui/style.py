"""The themes: palettes of our own on Fusion, and calm label colours that can be read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator.model.resources import resource
from annotator.model.scheme import Label, Scheme
from annotator.ui.article_view.theme import READABLE, LabelLook, ViewTheme, luminance, with_labels
from annotator.ui.article_view.theme import contrast as ratio
from annotator.ui.box_style import fit_style

EDGE = 3.0
"""The least contrast of the edges of fields and boxes, WCAG 2.1, 1.4.11."""
_TURN = 137.508  # the golden angle: neighbours in a scheme get colours far apart
_FIELDS = (
    "QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton", "QTextEdit", "QPlainTextEdit"
)  # fmt: skip
_LISTS = ("QAbstractItemView",)
_DARKER = 140
"""Percent: Fusion draws the edge of a field in the colour of the window, made so much darker."""


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
    least: float = READABLE
    """The least contrast that label colours are drawn with."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Colours that a person gave to labels; they come before those of the scheme and of the theme."""
    _drawn: dict[Scheme, dict[str, LabelColour]] = field(default_factory=dict, compare=False, repr=False)

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette: `text`, `muted`, `good`, `warning`, `bad`, …"""
        return QColor(self.palette[name])

    def label(self, label: Label | str, number: int = 0) -> LabelColour:
        """Return the colours of a label; one that the theme does not know gets calm ones of its own."""
        base, share = self.colour("base"), self._share(label)
        ink = self._readable(label, self.given(label, number))
        fill, strong = mixed(ink, base, share), mixed(ink, base, share * 1.9)
        on_ink = max((QColor("#ffffff"), QColor("#16181b")), key=lambda one: contrast(one, ink))
        return LabelColour(ink.name(), fill.name(), strong.name(), on_ink.name())

    def given(self, label: Label | str, number: int = 0) -> QColor:
        """Return the colour that a label was given: by the person, the scheme, the theme, or by its place."""
        name, wanted = (label, "") if isinstance(label, str) else (label.name, label.colour)
        found = QColor(self.chosen.get(name) or wanted)
        if found.isValid():
            return found
        own = QColor(self.labels.get(label if isinstance(label, str) else label.meaning, ""))
        return self._readable(label, own if own.isValid() else _calm(number, self.is_dark))

    def _readable(self, label: Label | str, ink: QColor) -> QColor:
        """Return a colour as it is drawn: so strong that it can be read on the paper and on its own tint."""
        base = self.colour("base")
        ink = readable(ink, base, self.least)
        while self.contrast_of(label, ink) < self.least:
            ink = _step(ink, base)
        return ink

    def contrast_of(self, label: Label | str, ink: QColor) -> float:
        """Return the contrast of a label's ink with what it lies on: the paper and its own tint on it."""
        base = self.colour("base")
        return min(contrast(ink, base), contrast(ink, mixed(ink, base, self._share(label))))

    def _share(self, label: Label | str) -> float:
        """Return how much of a label's ink is in the tint behind its words."""
        is_entity = not isinstance(label, str) and label.group == "entity"
        return (0.15 if is_entity else 0.20) * (1.4 if self.is_dark else 0.7)

    def of_scheme(self, scheme: Scheme) -> dict[str, LabelColour]:
        """Return the colours of every label of a scheme."""
        if scheme not in self._drawn:
            labels = enumerate(scheme.labels)
            self._drawn[scheme] = {label.name: self.label(label, at) for at, label in labels}
        return self._drawn[scheme]


def theme(name: str, chosen: Mapping[str, str] | None = None) -> Theme:
    """Return the theme `light`, `dark` or `contrast`; `system` gives the one that the system asks for.

    `chosen` are colours that a person gave to labels.
    """
    if name not in {"light", "dark", "contrast"}:
        name = system_theme()
    data = tomllib.loads(resource(f"themes/{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        name,
        bool(data["dark"]),
        _texts(data, "palette"),
        _texts(data, "labels"),
        _texts(data, "stances"),
        float(data.get("least", READABLE)),
        chosen or {},
    )


def system_theme() -> str:
    """Return `dark` when the system says so, else `light`."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply(app: QApplication, chosen: Theme) -> None:
    """Give the whole program the theme's colours."""
    fit_style(app)
    palette = qt_palette(chosen)
    app.setPalette(palette)
    fields, lists = field_palettes(chosen, palette)
    for names, own in ((_FIELDS, fields), (_LISTS, lists)):
        for name in names:
            app.setPalette(own, name)  # type: ignore[arg-type]  # the stub asks for bytes


def apply_font(app: QApplication, family: str, percent: float) -> None:
    """Set the words of the window in this font (empty: the system's) and in this share of its usual size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if family:
        font.setFamily(family)
    if percent != 100 and font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * percent / 100)
    if font != app.font():
        app.setFont(font)


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


def field_palettes(chosen: Theme, plain: QPalette) -> tuple[QPalette, QPalette]:
    """Return the palettes of fields and boxes, and of lists, whose edges are drawn from other colours."""
    lists = QPalette(plain)
    lists.setColor(QPalette.ColorRole.Window, edge(chosen).lighter(_DARKER))
    fields = QPalette(lists)  # the highlight is the edge of the one with the keys, too
    fields.setColor(QPalette.ColorRole.Highlight, chosen.colour("link"))
    fields.setColor(QPalette.ColorRole.HighlightedText, chosen.colour("base"))
    return fields, lists


def edge(chosen: Theme) -> QColor:
    """Return the colour of the edges of fields and boxes."""
    found = chosen.colour("border")
    brightest = 255 * 100 // _DARKER
    found.setHsv(found.hsvHue(), found.hsvSaturation(), min(found.value(), brightest))
    base, window = chosen.colour("base"), chosen.colour("window")
    # Fusion draws the edges of boxes and lists a little lighter.
    while min(contrast(one, on) for one in (found, found.lighter(110)) for on in (base, window)) < EDGE:
        found = _step(found, base)
    return found


def view_theme(
    chosen: Theme, scheme: Scheme | None, column: int = 75, line_space: float = 1.0, font: str = ""
) -> ViewTheme:
    """Return how the article view looks in this theme, with a look for each label of the scheme.

    `font` is the family of the text; empty takes the first of the view's own that is installed.
    """
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
        line_weight=1.6 if chosen.least > READABLE else 1.0,
    )
    if font:
        base = replace(base, serif=(font, *base.serif))
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
    return ratio(one.name(), other.name())


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return `share` of one colour in the other."""
    pairs = (
        (one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue())
    )  # fmt: skip
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def readable(ink: QColor, ground: QColor, least: float = READABLE) -> QColor:
    """Return the ink, moved away from the ground until text in it can be read."""
    while contrast(ink, ground) < least:
        ink = _step(ink, ground)
    return ink


def _step(ink: QColor, ground: QColor) -> QColor:
    """Return the ink a little further away from the ground."""
    end = QColor("#000000" if luminance(ground.name()) > 0.4 else "#ffffff")
    nearer = mixed(end, ink, 0.06)
    return nearer if nearer != ink else end


def _calm(number: int, is_dark: bool) -> QColor:
    hue = (number * _TURN % 360) / 360
    return QColor.fromHslF(hue, 0.38, 0.72 if is_dark else 0.34)


def _texts(data: Mapping[str, Any], name: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.get(name, {}).items()}
