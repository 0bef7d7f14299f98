"""How names, texts and times of the model read in the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from annotator.model.language import UNKNOWN
from annotator.model.records import Fragment, Origin
from annotator.model.scheme import Label, Scheme
from annotator.ui.article_view.theme import SIGNS

EXCERPT = 160
_MARKS = '“”"'


def tr(text: str) -> str:
    """Return the text in the language of the window."""
    return QCoreApplication.translate("panels", text)


def spoken(name: str) -> str:
    """Return a name of the scheme as words: `implicit_source` reads "implicit source"."""
    return name.replace("_", " ")


def begun(line: str) -> str:
    """Return words as they begin a line."""
    return line[:1].upper() + line[1:]


def label_title(scheme: Scheme | None, name: str) -> str:
    """Return how a label is shown."""
    label = scheme.label(name) if scheme else None
    return label.title if label and label.title else name


def label_titles(labels: Iterable[Label]) -> dict[str, str]:
    """Return how labels are shown in one list, by name: those with one title have their names behind it."""
    titles = {one.name: one.title or one.name for one in labels}
    often = Counter(titles.values())
    return {name: title if often[title] == 1 else f"{title} ({name})" for name, title in titles.items()}


def brief(text: str, limit: int = EXCERPT) -> str:
    """Return the text on one line, cut at `limit` characters."""
    start = text[: limit * 4]
    flat = " ".join(start.split())
    if len(flat) <= limit and len(start) == len(text):
        return flat
    return flat[: limit - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Return the text in quotation marks, in no second pair where it is a quotation."""
    return f"“{text.strip(_MARKS)}”"


def both_ends(text: str, limit: int) -> str:
    """Return the text on one line, its middle left out beyond `limit` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    head, tail = flat[: limit // 2], flat[limit // 2 + 3 - limit :]
    # No word is cut, unless that would leave little of an end.
    head = head[: head.rfind(" ")] if head.rfind(" ") > limit // 4 else head
    tail = tail[tail.find(" ") :] if 0 <= tail.find(" ") < limit // 4 else tail
    return f"{head.rstrip()} … {tail.lstrip()}"


def excerpt(text: str, fragments: Sequence[Fragment], limit: int = EXCERPT) -> str:
    """Return the words of a span on one line, its fragments joined by dots."""
    return brief(
        " … ".join(text[one.start : min(one.end, one.start + limit * 4)] for one in fragments), limit
    )


def sign(value: str) -> str:
    """Return the sign that stands beside a stance's value."""
    return SIGNS.get(value, "·")


def language_name(code: str) -> str:
    """Return a language's name in English, or the code of one without."""
    if code == UNKNOWN:
        return tr("language not known")
    language = QLocale(code).language()
    return code if language == QLocale.Language.C else QLocale.languageToString(language)


def when(microseconds: int) -> str:
    """Return a stored time as local date and time, written as the dates of articles are."""
    return QDateTime.fromMSecsSinceEpoch(microseconds // 1000).toString("yyyy-MM-dd HH:mm")


def origin_words(origin: Origin) -> str:
    """Return how a record came about."""
    return {
        "person": tr("by hand"),
        "suggestion": tr("from a suggestion"),
        "import": tr("imported"),
    }[origin]


def counted(name: str, count: int) -> str:
    """Return a heading with a count that needs no plural: "Frames (3)"."""
    return f"{name} ({QLocale().toString(count)})" if count else name


def joined(parts: Iterable[str], between: str = " · ") -> str:
    """Return the parts that are not empty, joined."""
    return between.join(part for part in parts if part)
