"""The proof of WebAnno TSV reads what the importer reads, and sees whatever is another one in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from in_layers import covered, written_folder

from annotator.exchange import flat
from annotator.exchange.inception import layers_out, webanno_out, webanno_words
from annotator.exchange.inception.layers_in import FRAME_LAYER, SPAN_LAYER
from annotator.exchange.inception.webanno_lines import read_lines
from annotator.exchange.inception.webanno_proof import read_again
from annotator.model.errors import UserError

TEXT = " Ben 😀 said: “No; it_is [1].”\n\nNobody\\else 😀 did, Ada said. "
SPANS = (
    ("SOURCE", "Ben 😀", {}),
    ("PERSON", "Ben", {}),
    ("CUE", "said", {}),
    ("CLAIM", "“No; it_is [1].”", {"checkworthy": "yes"}),
    ("ORG", "Nobody\\else 😀", {}),
    ("PERSON", "Ada", {}),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An article with labels side by side and one in another, as it is written."""
    folder = tmp_path_factory.mktemp("written")
    return (written_folder(folder, TEXT, SPANS, "webanno_tsv") / "a.txt.tsv").read_bytes().decode()


def test_what_is_written_and_read_in_portions_is_the_same(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_again(file.encode())
    for module in (layers_out, webanno_words):
        monkeypatch.setattr(module, "_AT_ONCE", 3)
    again = (written_folder(tmp_path, TEXT, SPANS, "webanno_tsv") / "a.txt.tsv").read_bytes()
    assert again.decode() == file
    assert repr(read_again(again)) == repr(whole)


def test_it_reads_what_the_importer_reads(file: str) -> None:
    lines = read_lines(file)
    found = read_again(file.encode())
    assert found is not None
    text, ((_, head), (_, said)) = found
    assert [*head] == file.partition("\n\n")[0].split("\n")
    assert text == lines.text
    assert text.split() == TEXT.split()
    spans = covered(lines.layers, lines.text)
    assert sorted(spans) == sorted((label, [words]) for label, words, _ in SPANS)
    told: list[str] = []
    for number, (label, words) in enumerate(spans, 1):
        features = [f"label={label}", *(["checkworthy=yes"] if label == "CLAIM" else [])]
        told += [str(number), SPAN_LAYER, *words, *features]
    told += ["7", FRAME_LAYER, "said", "label=ATTRIBUTION", "source\x001", "cue\x003", "claim\x004"]
    assert [*said] == told


TOLD = (
    ("#Text=Nobody", "#Text=Somebody"),
    ("#Text=Nobody", "#Text= Nobody"),
    ("Ada\tPERSON[6]\t", "Ada\tPERSONS[6]\t"),
    ("Ada\tPERSON[6]\t", "Ada\tPERSON[3]\t"),
    ("Ada\tPERSON[6]\t", "Ada\tPERSON\t"),
    ("Ada\tPERSON[6]\t", "Ada\t_\t"),
    ("Ada\tPERSON[6]\t*[6]\t", "Ada\tPERSON[6]\t*[7]\t"),
    ("Ada\tPERSON[6]\t*[6]\t_\t_\t_\t", "Ada\tPERSON[6]\t*[6]\t_\t_\t"),
    ("52-55\tAda", "52-56\tAda"),
    ("52-55\tAda", "51-55\tAda"),
    ("1-1[1];", "1-1[9];"),
    ("source;cue;", "source;"),
    ("source;cue;", "cue;source;"),
    ("1-1[1];", "1-4[3];"),
    ("\tyes[4]", "\tno[4]"),
    ("\tyes[4]", "\t*[4]"),
    ("\tATTRIBUTION[7]", "\tSTANCE[7]"),
    ("Span|label|checkworthy", "Span|label|form"),
    ("#T_SP=webanno.custom.Span", "#T_SP=webanno.custom.Other"),
    ("#T_SP=", "#T_XX="),
    ("#T_SP=webanno.custom.Frame", "#T_SP=webanno.custom.Fram"),
    ("ROLE_webanno.custom.Frame:links", "ROLE_webanno.custom.Frame:link"),
    ("FrameLinksLink", "FrameLinkLink"),
    ("|uima.tcas.Annotation", "|uima.tcas.Annotatiom"),
    ("TSV 3.3", "TSV 3.2"),
    ("#T_SP=webanno.custom.Span", "\n#T_SP=webanno.custom.Span"),
)
"""What is another one in a text, in what is said of it, or in the words there."""
BESIDE = (
    ("\tdid\t", "\tdud\t"),
    ("\tdid\t", "\t\t"),
    ("2-5\t47-50\tdid\t_\t_\t_\t_\t_\t\n", ""),
    ("2-1\t32-", "2-1\t33-"),
    ("2-1\t", "3-1\t"),
    ("2-5\t", "2+5\t"),
    ("47-50\tdid", "47\tdid"),
    ("47-50\tdid", "46-49\tdid"),
    ("did\t_\t_\t_\t_\t_\t\n", "did\t_\t_\t_\t_\t\n"),
    ("did\t_\t_\t_\t_\t_\t\n", "did\t\t_\t_\t_\t_\t_\t\n"),
    ("did\t_\t_\t_\t_\t_\t\n", "did\t_\t*\t_\t_\t_\t\n"),
    ("2-4\t", "2-5\t"),
)
"""The same in rows of which nothing is said."""


@pytest.mark.parametrize(("before", "after"), [*TOLD, *BESIDE])
def test_whatever_is_another_one_is_seen(file: str, before: str, after: str) -> None:
    assert before in file, file
    assert read_again(file.replace(before, after).encode()) != read_again(file.encode())


Words = tuple[list[str], list[int]]


def shifted(words: list[str], starts: list[int]) -> Words:
    return words, [*starts[:-2], starts[-2] - 1, starts[-1]]


def dropped(words: list[str], starts: list[int]) -> Words:
    return words[:-2] + words[-1:], starts[:-2] + starts[-1:]


def swapped(words: list[str], starts: list[int]) -> Words:
    return [*words[:-2], words[-1], words[-2]], starts


def misplaced(words: list[str], starts: list[int]) -> Words:
    return [*words[:-2], words[-1], words[-2]], [*starts[:-2], starts[-1], starts[-2]]


def with_blank(words: list[str], starts: list[int]) -> Words:
    return [*words[:-2], f"{words[-2]} ", words[-1]], starts


@pytest.mark.parametrize("name", ["webanno_tsv", "uima_xmi"])
@pytest.mark.parametrize("fault", [shifted, dropped, swapped, misplaced, with_blank])
def test_words_are_held_against_the_text_whoever_wrote_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fault: Callable[[list[str], list[int]], Words]
) -> None:
    words_of = flat.words_of
    monkeypatch.setattr(flat, "words_of", lambda text, spans: fault(*words_of(text, spans)))
    text = "Ben said no, and nobody else did say so now"
    spans = (("SOURCE", "Ben", {}), ("CUE", "said", {}), ("CLAIM", "no", {}))
    with pytest.raises(UserError, match="does not hold together"):
        written_folder(tmp_path, text, spans, name)
    assert not (tmp_path / "out").exists()


def test_numbers_of_rows_are_counted_whoever_wrote_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names_of = webanno_out.names_of

    def twice(sentence: int, count: int) -> list[bytes]:
        return [*names_of(sentence, count)[:-1], names_of(sentence, count)[-2]]

    monkeypatch.setattr(webanno_out, "names_of", twice)
    with pytest.raises(UserError, match="does not hold together"):
        written_folder(tmp_path, TEXT, SPANS, "webanno_tsv")


def test_what_is_cut_does_not_hold_together(file: str) -> None:
    assert read_again(file.encode("utf-16")) is None
    assert read_again(file.partition("#Text")[0].encode()) is None
    assert read_again(file.partition("Ben")[0].encode()) is None
    assert read_again(file.encode()[:-20]) != read_again(file.encode())
