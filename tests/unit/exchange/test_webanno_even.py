"""WebAnno TSV read all at once: the same as line by line, and left to that where anything is odd."""

from __future__ import annotations

import random

import pytest

from annotator.exchange.inception import webanno_lines
from annotator.exchange.inception.layers_in import Lines
from annotator.exchange.inception.webanno_even import even_body
from annotator.exchange.inception.webanno_lines import read_lines
from annotator.model.errors import UserError

HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label|form\n\n\n"
BODY = (
    "#Text=Ada 😀 spoke. \n"
    "1-1\t0-3\tAda\tPERSON[1]\tname[1]\t\n"
    "1-2\t4-6\t😀\tPERSON[1]|SIGN[2]\tname[1]|*[2]\t\n"
    "1-3\t7-12\tspoke\t_\t_\t\n"
    "1-4\t12-13\t.\t_\t_\t\n"
    "\n"
    "#Text=They heard\n"
    "#Text=\n"
    "#Text=a claim.\n"
    "2-1\t14-18\tThey\t_\t_\t\n"
    "2-2\t19-24\theard\tCUE\t*\t\n"
    "2-3\t26-27\ta\tCLAIM[3]\t*[3]\t\n"
    "2-4\t27-28\t \tCLAIM[3]\t*[3]\t\n"
    "2-5\t28-33\tclaim\tCLAIM[3]\t*[3]\t\n"
    "2-6\t33-34\t.\t_\t_\t\n"
)
ODD = [
    ("1-3\t7-12\tspoke", "1-3\t7-12\tbroke"),  # a word that the text has not
    ("1-1\t0-3\tAda", "1-1\t0-4\tAda"),  # another place
    ("1-3\t7-12\tspoke\t_\t_\t\n", ""),  # a lost row
    ("1-3\t7-12\tspoke\t_\t_\t\n", "1-3\t7-12\tspoke\t_\t_\t_\t\n"),  # a cell too many
    ("1-3\t7-12\tspoke\t_\t_\t\n", "1-3\t7-12\tspoke\t_\t\n"),  # one too few
    ("1-3\t7-12", "x-3\t7-12"),  # no row at all
    ("2-1\t14-18", "2-1\t14-18\n"),  # a torn one
    ("#Text=They heard\n", "#Text=They heard\nloudly\n"),  # a line that is none
    ("#Text=a claim.\n", "#Text=a claim.\n\n"),  # a text that no row follows
    ("\n#Text=They", "\n#Sentence.id=2\n#Text=They"),  # something else that is said
]


def _by_line(file: str, monkeypatch: pytest.MonkeyPatch) -> Lines | str:
    with monkeypatch.context() as patch:
        patch.setattr(webanno_lines, "even_body", lambda *_: None)
        return _read(file)


def _read(file: str) -> Lines | str:
    try:
        return read_lines(file)
    except UserError as error:
        return str(error)


def _same(found: Lines | str, other: Lines | str) -> bool:
    if isinstance(found, str) or isinstance(other, str):
        return found == other
    return (found.text, repr(found.layers), found.faults) == (other.text, repr(other.layers), other.faults)


def test_all_lines_at_once_say_what_they_say_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over astral characters, stacked and unnumbered cells, empty lines in a text and lines that go on."""
    found = read_lines(HEAD + BODY)
    assert found.is_even
    assert found.text == "Ada 😀 spoke. They heard\n\na claim."
    ends = [(one.features["label"], one.start, one.end, one.line) for one in found.layers.found]
    assert ends == [("PERSON", 0, 6, 6), ("SIGN", 4, 6, 7), ("CUE", 19, 24, 15), ("CLAIM", 26, 33, 16)]
    assert _same(found, _by_line(HEAD + BODY, monkeypatch))


@pytest.mark.parametrize(("part", "other"), ODD)
def test_what_is_odd_is_left_to_who_reads_line_by_line(part: str, other: str) -> None:
    """There it is told, with its line."""
    assert even_body(BODY, 5, 2, (3, 3)) is not None
    assert part in BODY
    assert even_body(BODY.replace(part, other), 5, 2, (3, 3)) is None


def test_damaged_files_say_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens to a character or a line."""
    chance, lines = random.Random(5), (HEAD + BODY).split("\n")
    for _ in range(150):
        own, at, to = [*lines], chance.randrange(4, len(lines)), chance.randrange(4, len(lines))
        cut = chance.randrange(len(own[at]) + 1)
        sign = chance.choice("\t\n\\_|[]1-* x")
        own[at] = own[at][:cut] + sign + own[at][cut + chance.randrange(2) :]
        if chance.random() < 0.3:
            own[at], own[to] = own[to], own[at]
        file = "\n".join(own)
        assert _same(_read(file), _by_line(file, monkeypatch)), file
