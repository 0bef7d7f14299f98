"""Offsets of the stored text and what is drawn for them are the same thing, whatever the characters."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont

from annotator.model.graphemes import is_boundary
from annotator.model.scheme import Scheme
from annotator.model.text import Utf16Map, settle
from annotator.model.units import TextUnits
from annotator.ui.article_view.display import display_text, is_right_to_left, unseen
from annotator.ui.article_view.hits import offset_under
from annotator.ui.article_view.layout import Laid, SectionText
from annotator.ui.article_view.marks import Marks
from annotator.ui.article_view.setting import Setting
from annotator.ui.article_view.theme import LIGHT

NASTY = (
    *"aW .,“”\t\u00a0\x00\x07\x7f\x85\x0b\x0c\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069",
    *"\u2060\ufeff\ufffc\ufdd0\ufdd1\uffff\ud800\udfff\u0301\u0316\ue000\ufdfd中한",
    *"שלاללה",
    "e\u0301",
    "😀",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇩🇪",
    "🏴\U000e0067\U000e007f",
    "\U000e0041",
    "𝐓𝐡𝐞",
    "\u1112\u1161\u11ab",
    " some words ",
)
ODD_TEXTS = (
    "He paid \u202e000,1\u202c euros, and \u2067the rest is open.",
    "אמר השר ביום שני כי NATO תומך בה 42, قال الوزير «القرار نهائي».",
    "İİİ Ali Straße ﬁnds ǅ and ẞ; mi\u200bnis\u200cter\u200d said\u2060 so\ufeff",
    "\u202b a" * 40,
    "Hello\U000e0069\U000e0067 world, 𝐓𝐡𝐞 \ue000 pri\uf8ffvate ﷽﷽ pen\u00adsion of\u00a0all",
    "".join(letter + "\u0301\u0316\u0334" * 7 for letter in "the minister said "),
    "รัฐมนตรีกล่าวเมื่อวันจันทร์ \u1112\u1161\u11ab 👩‍👩‍👧‍👦🏳️‍🌈🇩🇪 cafe\u0301",
    "\ufeffOne\r\nand two\rand three\n\rand four\u2028five\u2029six\x85seven\x0beight\x0cnine",
    "if a<b and c>d &amp; %s $(id) {count} <img src=x>",
)
"""What the hostile files `uni-` and `eol-` hold, of which some need a file."""
texts = st.lists(st.sampled_from(NASTY), min_size=1, max_size=30).map("".join)
one_line = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def setting(qapp: object) -> Setting:
    return Setting(LIGHT, 13, 96, 400)


def laid(text: str, setting: Setting) -> Laid:
    marks = Marks(TextUnits(""), Scheme("", "", ()))
    return Laid(SectionText(text, 100, "body"), (), marks, setting)


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@given(texts)
def test_the_display_copy_has_the_same_units_in_the_same_places(text: str) -> None:
    copy = display_text(text)
    assert len(utf16(copy)) == len(utf16(text))
    assert len(copy) == len(text)
    assert not set(copy) & set("\x00\n\r\u2028\u2029\ufeff\ufdd0\u202e\u2066\ud800")


@one_line
@given(texts)
@example("\ufeffTARGET")
@example("😀😀TARGET")
def test_qt_holds_exactly_the_copy_and_the_lines_tile_it(setting: Setting, text: str) -> None:
    """T-70."""
    check_lines(text, setting)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_lines_of_odd_texts_draw_what_is_stored(setting: Setting, text: str) -> None:
    """T-70: characters and line ends of every kind, as they are imported."""
    for paragraph in filter(None, settle(text).text.split("\n")):
        check_lines(paragraph, setting)


def check_lines(text: str, setting: Setting) -> None:
    found = laid(text, setting)
    assert utf16(found._layout.text()) == utf16(display_text(text))
    starts = [line.start for line in found.lines]
    assert starts[0] == 100
    assert starts == sorted(set(starts))
    ends = [*starts[1:], 100 + len(text)]
    for line, end in zip(found.lines, ends, strict=True):
        assert text[line.end - 100 : end - 100].strip() == ""
        start16, length16 = line.line.textStart(), line.line.textLength()
        drawn = utf16(text)[2 * start16 : 2 * (start16 + length16)]
        assert drawn == utf16(text[line.start - 100 : end - 100])


@one_line
@given(texts)
def test_a_hit_on_a_character_gives_its_offset(setting: Setting, text: str) -> None:
    found = laid(text, setting)
    cuts = [at for at in range(len(text) + 1) if is_boundary(text, at)]
    for start, end in pairwise(cuts):
        for line, (left, right) in found.stretch(start + 100, end + 100):
            point = QPointF((left + right) / 2, line.base - 3)
            hit = offset_under(found, point)
            assert is_boundary(text, hit - 100)
            if right - left > 2 and not is_right_to_left(text):
                assert hit == start + 100, (text[start:end], text[hit - 100 :])


@one_line
@given(texts, st.integers(0, 30), st.integers(1, 30))
def test_boxes_of_neighbours_do_not_overlap(setting: Setting, text: str, start: int, length: int) -> None:
    found = laid(text, setting)
    middle, end = min(len(text), start + length), min(len(text), start + 2 * length)
    middle = next(at for at in range(middle, len(text) + 1) if is_boundary(text, at))
    end = max(end, middle)
    for line, (left, right) in found.stretch(start + 100, middle + 100) if start < middle else []:
        for other, (low, high) in found.stretch(middle + 100, end + 100) if middle < end else []:
            assert line is not other or right <= low + 1.5 or high <= left + 1.5 or is_right_to_left(text)


@given(st.text(max_size=40))
def test_the_map_agrees_with_pythons_encoder(text: str) -> None:
    """T-70."""
    clean = text.encode("utf-8", "ignore").decode()
    mapped = Utf16Map(clean)
    for at in range(len(clean) + 1):
        assert mapped.to_16(at) == len(clean[:at].encode("utf-16-le")) // 2
        assert mapped.from_16(mapped.to_16(at)) == at


def test_boxes_of_right_to_left_text_follow_the_glyphs(setting: Setting) -> None:
    text = "the name שירה לוי is here"
    found = laid(text, setting)
    name = text.index("שירה")
    ((line, (left, right)),) = found.stretch(100 + name, 100 + name + 4)
    ((_, (low, high)),) = found.stretch(100 + name + 5, 100 + name + 8)
    assert high <= left + 1  # the second word stands left of the first
    before = found.stretch(100, 100 + name - 1)[0][1]
    assert before[1] <= low + 1
    mixed = found.stretch(104, 100 + name + 4)
    assert len(mixed) == 2  # "name " and its first Hebrew word do not touch
    assert line is mixed[0][0]
    assert right > left


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("mi\u200bnis\u200cter\u200d said\u2060 so\ufeff", [2, 6, 10, 16, 20]),
        ("pen\u00adsion", [3]),
        ("Hello\U000e0069\U000e0067 world", [5]),
        ("👨‍👩‍👧‍👦 and می\u200cخواهم and क्\u200dष", []),
        ("🏴\U000e0067\U000e0062\U000e007f", []),
        ("plain", []),
    ],
)
def test_unseen_characters_are_marked_where_they_do_no_ordinary_work(text: str, marked: list[int]) -> None:
    """T-74."""
    assert list(unseen(text)) == marked


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير يوم الاثنين إن الإصلاح سيمضي قدما رغم اعتراض المعارضة، وأضاف أن «القرار نهائي»",
        'אמר השר ביום שני כי "ההחלטה סופית" והוסיף ש-NATO תומך בה 42.',
        "In a mixed line the name שירה לוי appears beside the city of حيفا and the text",
    ],
)
def test_a_hit_in_text_that_turns_gives_the_character_there(setting: Setting, text: str) -> None:
    found = laid(text, setting)
    for at in range(len(text)):
        for line, (left, right) in found.stretch(100 + at, 101 + at):
            if right - left > 2:
                hit = offset_under(found, QPointF((left + right) / 2, line.base - 3))
                (low, high), *_ = found.boxes(line, hit, hit + 1)
                # Lam and alef share one glyph: either is right.
                assert hit == 100 + at or (abs(hit - 100 - at) == 1 and low < (left + right) / 2 < high)


def test_a_paragraph_that_runs_to_the_left_starts_at_the_right_edge(setting: Setting) -> None:
    for text, at_right in (("אמר השר ביום שני", True), ("(42) “אמר", True), ("Said שירה לוי", False)):
        found = laid(text, setting)
        boxes = [box for _, box in found.stretch(100, 100 + len(text))]
        assert (max(right for _, right in boxes) > setting.column - 3) is at_right
        assert (min(left for left, _ in boxes) < 3) is not at_right


def test_characters_that_turn_the_text_are_shown_and_lose_their_power() -> None:
    """T-74."""
    text = "He paid \u202e000,1\u202c euros \u2067x"
    assert display_text(text) == "He paid ⇄000,1⇄ euros ⇄x"


def test_stacked_marks_are_clipped_to_their_line(setting: Setting) -> None:
    assert laid("a" + "\u0301\u0316" * 50 + " end", setting).clips
    assert not laid("café à la carte", setting).clips


def test_fonts_have_fallbacks(setting: Setting) -> None:
    font: QFont = setting.block("body").font
    assert font.families()[0] == "Noto Serif"
    assert "DejaVu Serif" in font.families()
