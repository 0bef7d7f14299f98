"""What a label is taken for stays with it, whatever it is called, merged into or written to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.emptiness import layer_left
from annotator.model.errors import NotAllowed, UserError
from annotator.model.ids import new_id
from annotator.model.records import Article, ArticleContent, Fragment, Frame, RoleEnd, Span
from annotator.model.resources import resource
from annotator.model.rules import takes_card
from annotator.model.rules_warnings import warnings
from annotator.model.scheme import Label, Scheme, read_scheme, scheme_from_text, scheme_to_text
from annotator.model.scheme_editing import edited
from annotator.model.scheme_edits import (
    AddItem,
    ChangeItem,
    MergeItem,
    Place,
    RenameItem,
    ReplaceScheme,
)
from annotator.model.scheme_writing import scheme_to_toml, write_scheme

DEFAULT = read_scheme(resource("schemes/default.toml"))
OWN = Label("GROUP", "span", "Group", group="entity")


def after(*edits: object, scheme: Scheme = DEFAULT, used: tuple[str, ...] = ()) -> Scheme:
    for one in edits:
        scheme = edited(scheme, one, used).scheme  # type: ignore[arg-type]
    return scheme


def test_a_label_is_known_by_its_name_until_it_is_renamed() -> None:
    assert DEFAULT.named("CLAIM") == "CLAIM"
    assert DEFAULT.meaning("CLAIM") == "CLAIM"
    assert DEFAULT.named("NO SUCH") == ""
    assert DEFAULT.meant("NO SUCH") is None
    assert DEFAULT.meaning("NO SUCH") == "NO SUCH"


@pytest.mark.parametrize("name", ["CLAIM", "SOURCE", "CUE", "ATTRIBUTION", "STANCE", "PERSON"])
def test_renamed_it_is_taken_for_the_same(name: str) -> None:
    found = after(RenameItem(Place(name), "FIRST"), RenameItem(Place("FIRST"), "SECOND"))
    assert found.named(name) == "SECOND"
    assert found.meaning("SECOND") == name
    back = after(RenameItem(Place("SECOND"), name), scheme=found)
    assert back == DEFAULT


def test_names_may_change_places() -> None:
    found = after(
        RenameItem(Place("CLAIM"), "X"),
        RenameItem(Place("SOURCE"), "CLAIM"),
        RenameItem(Place("X"), "SOURCE"),
    )
    assert (found.named("CLAIM"), found.named("SOURCE")) == ("SOURCE", "CLAIM")
    assert (found.meaning("CLAIM"), found.meaning("SOURCE")) == ("SOURCE", "CLAIM")


def test_a_label_of_ones_own_is_taken_for_nothing_else() -> None:
    own = Label("THEME", "span")
    found = after(AddItem(Place(), own), RenameItem(Place("THEME"), "TOPIC"))
    label = found.label("TOPIC")
    assert label is not None
    assert label.means == ""


def test_a_new_label_with_the_old_name_is_another_one() -> None:
    found = after(RenameItem(Place("CLAIM"), "ASSERTION"), AddItem(Place(), Label("CLAIM", "span")))
    assert found.named("CLAIM") == "ASSERTION"
    assert found.meaning("CLAIM") == ""
    labels = (replace(one, retired=one.name == "ASSERTION") for one in found.labels)
    retired = replace(found, labels=tuple(labels))
    assert (retired.named("CLAIM"), retired.meaning("ASSERTION")) == ("CLAIM", "")


def test_other_facts_leave_it() -> None:
    found = after(RenameItem(Place("CLAIM"), "ASSERTION"))
    label = found.label("ASSERTION")
    assert label is not None
    found = after(ChangeItem(Place("ASSERTION"), replace(label, title="Said", means="")), scheme=found)
    assert found.named("CLAIM") == "ASSERTION"


def test_merged_into_an_own_label_that_is_taken_for_it() -> None:
    found = after(AddItem(Place(), OWN), MergeItem(Place("NORP"), "GROUP"))
    assert found.named("NORP") == "GROUP"


def test_merged_into_a_known_label_that_stays_what_it_was() -> None:
    found = after(MergeItem(Place("FAC"), "LOC"))
    assert (found.named("FAC"), found.named("LOC")) == ("", "LOC")


def test_taken_over_by_a_scheme_that_has_it_itself_there_is_one() -> None:
    renamed_ = after(RenameItem(Place("CLAIM"), "ASSERTION"))
    found = after(ReplaceScheme(DEFAULT), scheme=renamed_, used=("ASSERTION",))
    kept = found.label("ASSERTION")
    assert kept is not None
    assert kept.retired
    assert found.named("CLAIM") == "CLAIM"


def test_it_is_written_and_read(tmp_path: Path) -> None:
    found = after(RenameItem(Place("CLAIM"), "ASSERTION"))
    assert scheme_from_text(scheme_to_text(found)) == found
    write_scheme(found, tmp_path / "s.toml")
    assert read_scheme(tmp_path / "s.toml") == found
    assert 'means = "CLAIM"' in scheme_to_toml(found)


def test_schemes_without_it_are_written_as_before() -> None:
    data = json.loads(scheme_to_text(DEFAULT))
    assert not any("means" in one for one in data["labels"])
    assert "means" not in scheme_to_toml(DEFAULT)


def test_two_cannot_be_taken_for_the_same() -> None:
    twins = (Label("A", "span", means="CLAIM"), Label("B", "span", means="CLAIM"))
    with pytest.raises(UserError, match="meaning CLAIM"):
        scheme_from_text(scheme_to_text(Scheme("s", "", twins)))
    with pytest.raises(NotAllowed):
        after(ReplaceScheme(Scheme("s", "", twins)))


def labelled(scheme: Scheme) -> ArticleContent:
    """Return an article with a claim in no attribution, and one in an attribution without a source."""
    text = "Rain fell. Rain stopped."
    mine, article = new_id(), Article(new_id(), "a", "", text, "")
    loose, held = (
        Span(new_id(), article.id, scheme.named("CLAIM"), (Fragment(*at),), mine, 0)
        for at in ((0, 9), (11, 23))
    )
    frame = Frame(
        new_id(), article.id, scheme.named("ATTRIBUTION"), (RoleEnd("claim", "span", held.id),), mine, 0
    )
    return ArticleContent(article, spans=(loose, held), frames=(frame,))


def test_checks_work_under_other_names() -> None:
    other = after(RenameItem(Place("CLAIM"), "ASSERTION"), RenameItem(Place("ATTRIBUTION"), "REPORT"))
    kinds = [one.kind for one in warnings(labelled(DEFAULT), DEFAULT)]
    assert kinds == [one.kind for one in warnings(labelled(other), other)]
    assert {"unattributed", "no_source"} <= set(kinds)
    content = labelled(other)
    assert takes_card(content.spans[0], other)
    assert layer_left(content, other, content.spans[0].annotator, None) == "entities"
