"""Sentences from below the window, said in its language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from annotator.model.errors import UserError
from annotator.model.formats import Note, Problem
from annotator.model.said import joined, say
from annotator.ui.panels.result_sheet import Outcome
from annotator.ui.saying import amounts, because, operation_words, several, translated

GERMAN = {
    "{n} article(s)": ("{n} Artikel", "{n} Artikeln"),
    "{n} file(s) in {folder}": ("In {folder}: {n} Datei", "In {folder}: {n} Dateien"),
    "No {what} here.": ("Hier ist kein {what}",) * 2,
    "The disk is full.": ("Der Speicher ist voll.",) * 2,
    "suggestion": ("Vorschlag",) * 2,
    "{file}, line {line}": ("{file}, Zeile {line}",) * 2,
    "Accept {n} suggestion(s)": ("{n} Vorschlag annehmen", "{n} Vorschläge annehmen"),
    "Add {label}": ("{label} anlegen",) * 2,
    "“{a}” before the quotation": ("„{a}“ vor dem Zitat",) * 2,
}


class German(QTranslator):
    """Translates a few sentences, with a plural."""

    def isEmpty(self) -> bool:
        return False

    def translate(  # type: ignore[override]
        self, context: str, source: str, _: str | None = None, number: int = -1
    ) -> str | None:
        return GERMAN[source][number != 1] if context == "said" and source in GERMAN else None


@pytest.fixture
def german(qapp: QCoreApplication) -> Iterator[None]:
    translator = German()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.parametrize(("count", "words"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_one_and_several(qapp: QCoreApplication, count: int, words: str) -> None:
    assert several("{n} article(s)", count) == words


def test_amounts_are_told_in_words(qapp: QCoreApplication) -> None:
    assert amounts(1, 2, 0) == "1 article, 2 spans, 0 frames"


def test_values_keep_their_form(qapp: QCoreApplication) -> None:
    assert translated(say("{name!r} costs {price:.2f}", name="a", price=1)) == "'a' costs 1.00"


def test_errors_and_what_stands_in_them_are_translated(german: None) -> None:
    assert translated(UserError("The disk is full.")) == "Der Speicher ist voll."
    assert translated(UserError("No {what} here.", what=say("suggestion"))) == "Hier ist kein Vorschlag"
    assert translated(say("No {what} here.", what=UserError("No {what} here.", what="X"))) == (
        "Hier ist kein Hier ist kein X"
    )
    assert translated("The disk is full.") == "The disk is full."


def test_plurals_are_those_of_the_language(german: None) -> None:
    assert translated(say("{n} file(s) in {folder}", 1, folder="a(s)")) == "In a(s): 1 Datei"
    assert translated(say("{n} file(s) in {folder}", 2, folder="b")) == "In b: 2 Dateien"
    assert translated(joined(say("{n} article(s)", 1), say("{n} article(s)", 2))) == "1 Artikel 2 Artikeln"


def test_what_a_file_is_refused_for_is_translated_with_its_place(german: None) -> None:
    refused = str(Problem("a.csv", str(UserError("No {what} here.", what="X")), 3, "label"))
    assert refused == "a.csv, line 3: label: No X here."
    odd = str(Note("b.csv", "as it is"))
    details = Outcome(refused=(refused,), notes=(odd,)).details
    assert "• a.csv, Zeile 3: label: Hier ist kein X\n" in details
    assert "• b.csv: as it is" in details


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Accept 1,028 suggestions", "1,028 Vorschläge annehmen"),
        ("Add person", "person anlegen"),
        ("Something of a plug-in", "Something of a plug-in"),
    ],
)
def test_names_of_operations_are_translated_as_they_are_stored(german: None, stored: str, said: str) -> None:
    assert operation_words(stored) == said


def test_reasons_are_translated_as_they_are_stored(german: None) -> None:
    assert because("“said” before the quotation") == "„said“ vor dem Zitat"
    assert because("listed name") == "listed name"
    assert because("") == ""
