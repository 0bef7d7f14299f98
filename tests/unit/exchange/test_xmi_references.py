"""What features of UIMA XMI point to, where no type system says which of them do."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_again import frames, read, said, spans

HEAD = (
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:n="http:///own/names.ecore" xmi:version="2.0">'
)
SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="Ada told Ben of Cora."/>'
PEOPLE = "".join(
    f'<n:Person xmi:id="{key}" sofa="1" begin="{start}" end="{end}"/>'
    for key, start, end in ((11, 0, 3), (12, 9, 12), (13, 16, 20))
)


def file_of(*telling: str, more: str = "") -> str:
    said = "".join(
        f'<n:Telling xmi:id="{2 + at}" sofa="1" begin="4" end="8" {one}/>' for at, one in enumerate(telling)
    )
    members = " ".join(map(str, (11, 12, 13, *range(2, 2 + len(telling)))))
    return f'{HEAD}{PEOPLE}{said}{more}{SOFA}<cas:View sofa="1" members="{members}"/></xmi:XMI>'


def test_a_feature_of_ids_points_to_what_has_them(tmp_path: Path) -> None:
    array = '<cas:FSArray xmi:id="20" elements="12 13"/>'
    found = read(tmp_path, "a.xmi", file_of('who="11" whom="20"', more=array))
    assert found[0].problems == ()
    links = [(label, [words for _, words in ends]) for label, ends in frames(found)]
    assert links == [("who", ["told", "Ada"]), ("whom", ["told", "Ben"]), ("whom", ["told", "Cora"])]


@pytest.mark.parametrize(
    "telling",
    [
        ('sure="11"', 'sure="75"'),  # 75 is no id
        ('sure="2"',),  # one figure may count
        ('sure="11"', 'sure="2"'),  # of two kinds
        ('sure="1"',),  # the text itself
        ('sure="11" kind="oral"', 'sure="12a"'),
    ],
)
def test_numbers_that_are_not_all_ids_stay_values(tmp_path: Path, telling: tuple[str, ...]) -> None:
    found = read(tmp_path, "a.xmi", file_of(*telling))
    assert frames(found) == []
    said = [dict(one.attributes)["sure"] for one in found[1][0].spans if one.label == "Telling"]
    assert sorted(said) == sorted(one.split('"')[1] for one in telling)
    assert len(spans(found)) == 3 + len(telling)


def test_what_lies_nowhere_is_told_where_it_is_pointed_to(tmp_path: Path) -> None:
    entry = '<n:Entry xmi:id="30" code="7" name="to tell"/><cas:FSArray xmi:id="31" elements="30"/>'
    found = read(tmp_path, "a.xmi", file_of('sense="31"', more=entry))
    said = [dict(one.attributes) for one in found[1][0].spans if one.label == "Telling"]
    assert said == [{"sense": "code=7, name=to tell"}]


def test_what_lies_nowhere_and_nothing_points_to_is_counted(tmp_path: Path) -> None:
    entry = (
        '<n:Entry xmi:id="30" code="7" name="to tell"/><n:Entry xmi:id="31" code="8" name="to say"/>'
        '<cas:StringArray xmi:id="32"><elements>a</elements><elements>b</elements></cas:StringArray>'
    )
    told = said(read(tmp_path, "a.xmi", file_of('sense="31"', more=entry)))
    assert (
        "came in nowhere, with their values: Entry.code (1), Entry.name (1), StringArray.elements (2)" in told
    )


def test_words_and_sentences_of_other_programs_are_counted(tmp_path: Path) -> None:
    parts = "".join(
        f'<n:{kind} xmi:id="{key}" sofa="1" begin="0" end="3"/>'
        for key, kind in ((40, "Sentence"), (41, "WordToken"), (42, "Token"))
    )
    data = file_of('who="11"', more=parts).replace('members="', 'members="40 41 42 ')
    found = read(tmp_path, "a.xmi", data)
    assert len(spans(found)) == 4
    assert "words and sentences of other programs were left out: 3" in " ".join(map(str, found[0].notes))
