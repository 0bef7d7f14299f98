"""Tables of HIPE come in as they were printed, their names with all that is said of them."""

from __future__ import annotations

from pathlib import Path

from read_again import read, spans

HEAD = "\t".join(
    [
        *("TOKEN", "NE-COARSE-LIT", "NE-COARSE-METO", "NE-FINE-LIT", "NE-FINE-METO"),
        *("NE-FINE-COMP", "NE-NESTED", "NEL-LIT", "NEL-METO", "MISC"),
    ]
)
FIRST = """# hipe2022:document_id = own-1
# hipe2022:date = 1871-02-03
# hipe2022:language = en
# hipe2022:document_type = newspaper
# hipe2022:applicable_columns = TOKEN NE-COARSE-LIT
Mr	B-pers	O	B-pers.ind	O	B-comp.title	O	Q42	_	NoSpaceAfter
.	I-pers	O	I-pers.ind	O	I-comp.title	O	Q42	_	_
Rask	I-pers	O	I-pers.ind	O	B-comp.name	O	Q42	_	_
of	I-pers	O	I-pers.ind	O	O	O	Q42	_	_
Port	I-pers	O	I-pers.ind	O	O	B-loc.adm	Q42	_	EndOfLine
Ver	I-pers	O	I-pers.ind	O	O	I-loc.adm	Q42	_	_
left	O	O	O	O	O	O	_	_	EndOfSentence
Ria	B-loc	B-org	B-loc.adm	B-org.adm	O	O	Q90	Q99	LED0.10|NoSpaceAfter|Partial-0:2
.	O	O	O	O	O	O	_	_	EndOfLine
"""
SECOND = """# document_id = own-2
# segment_iiif_link = _
The	O	O	O	O	O	O	_	_	_
house	O	B-org	O	O	O	O	_	NIL	NoSpaceAfter
.	O	O	O	O	O	O	_	_	_
"""


def test_words_stand_as_they_were_printed_and_names_say_all_that_is_said_of_them(tmp_path: Path) -> None:
    found = read(tmp_path, "own.tsv", f"{HEAD}\n{FIRST}\n{SECOND}")
    summary, (first, second), _ = found
    assert (dict(summary.formats), summary.problems) == ({"conll": 1}, ())
    assert first.article.text == "Mr. Rask of Port\nVer left Ria.\n"
    assert (first.article.name, first.article.language) == ("own.tsv:own-1", "en")
    assert dict(first.article.meta) == {"document_type": "newspaper", "published": "1871-02-03"}
    assert spans(found) == [
        ("comp.name", ["Rask"]),
        ("comp.title", ["Mr."]),
        ("loc", ["Ria"]),
        ("loc.adm", ["Port\nVer"]),
        ("pers", ["Mr. Rask of Port\nVer"]),
    ]
    said = {one.label: dict(one.attributes) for one in first.spans if one.attributes}
    assert said == {
        "pers": {"fine": "pers.ind", "link": "Q42"},
        "loc": {
            "fine": "loc.adm",
            "link": "Q90",
            "metonymic": "org",
            "metonymic_fine": "org.adm",
            "metonymic_link": "Q99",
        },
    }
    assert second.article.text == "The house.\n"
    assert [(one.label, dict(one.attributes)) for one in second.spans] == [
        ("org", {"sense": "metonymic", "metonymic_link": "NIL"})
    ]
    assert "words of which only a part is named, and that are labelled as wholes: 1" in summary.notes[0]


def test_rows_with_a_fault_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = f"{HEAD}\r\n{FIRST}".replace("of\tI-pers\tO", "of\tI-pers").replace("left\tO", "\tO")
    summary, (article,), _ = read(tmp_path, "own.tsv", rows)
    assert list(map(str, summary.problems)) == [
        "own.tsv, line 10: the row has 9 columns, but the first line names 10",
        "own.tsv, line 13: the row has no word in its column TOKEN",
    ]
    assert article.article.text == "Mr. Rask Port\nVer Ria.\n"


def test_a_table_without_words_says_so(tmp_path: Path) -> None:
    summary, articles, _ = read(tmp_path, "own.tsv", f"{HEAD}\n# document_id = x\n")
    assert articles == []
    assert [str(one) for one in summary.problems] == [
        "own.tsv: there is no line with a word in it, below the names of the columns"
    ]
