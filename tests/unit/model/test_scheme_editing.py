"""Every edit of a scheme: what it makes, how records follow, and when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import Fragment, Frame, RoleEnd, Span, SuggestedFrame, SuggestedSpan
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Role, Scheme, read_scheme
from annotator.model.scheme_carry import fitted, to_check
from annotator.model.scheme_editing import Edited, edited
from annotator.model.scheme_edits import (
    AddItem,
    ChangeItem,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    RetireItem,
    SchemeEdit,
    beside,
    item_at,
    operation_name,
)

CLAIM = Label(
    "CLAIM",
    "span",
    "Claim",
    key="c",
    attributes=(
        Attribute("form", "choice", ("direct", "indirect", "mixed")),
        Attribute("kind", "choice", ("fact", "opinion")),
        Attribute("words", "text"),
    ),
)
NAME = Label("NAME", "span", "Name", key="n", attributes=(Attribute("form", "choice", ("indirect", "long")),))
SAYS = Label(
    "SAYS",
    "frame",
    "Says",
    roles=(Role("who", ("NAME", "actor"), 1, 1), Role("what", ("CLAIM",)), Role("also", ("CLAIM", "NAME"))),
)
LIKES = Label("LIKES", "frame", roles=(Role("who", ("NAME",)),))
GENRE = Label("GENRE", "article")
SCHEME = Scheme("s", "Test", (CLAIM, NAME, SAYS, LIKES, GENRE))
FORM, KIND = Place("CLAIM", "attribute", "form"), Place("CLAIM", "attribute", "kind")
WHAT, WHO = Place("SAYS", "role", "what"), Place("SAYS", "role", "who")
A, B = new_id(), new_id()


def span(label: str = "CLAIM", **attributes: str) -> Span:
    return Span(A, A, label, (Fragment(0, 3),), A, 0, attributes)


def frame(*roles: tuple[str, Id], label: str = "SAYS") -> Frame:
    return Frame(B, A, label, tuple(RoleEnd(role, "span", end) for role, end in roles), A, 0)


def done(edit: SchemeEdit, scheme: Scheme = SCHEME, used: tuple[str, ...] = ()) -> Edited:
    return edited(scheme, edit, used)


def label(found: Edited, name: str) -> Label:
    one = found.scheme.label(name)
    assert one is not None
    return one


def values(found: Edited, at: Place = FORM) -> tuple[str, ...]:
    attribute = item_at(found.scheme, at)
    assert isinstance(attribute, Attribute)
    return attribute.values


def refused(part: str, edit: SchemeEdit, scheme: Scheme = SCHEME, used: tuple[str, ...] = ()) -> None:
    with pytest.raises(NotAllowed, match=part):
        edited(scheme, edit, used)


# --- adding ------------------------------------------------------------------------------------


def test_adding() -> None:
    found = done(AddItem(Place(), Label(" CUE ", "span", " The\n cue ", guideline="\nSaid.\n")))
    assert found.scheme.labels[-1] == Label("CUE", "span", "The cue", guideline="Said.")
    found = done(AddItem(Place("NAME"), Attribute("sex", "choice", ("f", "m"))))
    assert label(found, "NAME").attributes[-1] == Attribute("sex", "choice", ("f", "m"))
    found = done(AddItem(FORM, "odd"))
    assert values(found) == ("direct", "indirect", "mixed", "odd")
    found = done(AddItem(Place("LIKES"), Role("whom", ("actor",))))
    assert label(found, "LIKES").roles[-1] == Role("whom", ("actor",))
    assert not found.carry.labels


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("label CLAIM", AddItem(Place(), Label("CLAIM", "span"))),
        ("A label needs a name", AddItem(Place(), Label("  ", "span"))),
        ("one line", AddItem(Place(), Label("a\nb", "span"))),
        ("means any claim card", AddItem(Place(), Label("claim_card", "span"))),
        ("same key: C", AddItem(Place(), Label("CUE", "span", key="C"))),
        ("one letter or digit", AddItem(Place(), Label("CUE", "span", key="ab"))),
        ("one letter or digit", AddItem(Place(), Label("CUE", "span", key="+"))),
        ("written like #3b6ea5", AddItem(Place(), Label("CUE", "span", colour="red"))),
        ("attribute of CLAIM form", AddItem(Place("CLAIM"), Attribute("form", "text"))),
        ("a choice needs values", AddItem(Place("CLAIM"), Attribute("size", "choice"))),
        ("direct", AddItem(FORM, "direct")),
        ("is text and takes any value", AddItem(FORM._replace(name="words"), "x")),
        ("only frames have roles", AddItem(Place("CLAIM"), Role("of", ("NAME",)))),
        ("unknown end NOBODY", AddItem(Place("SAYS"), Role("of", ("NOBODY",)))),
        ("unknown end \\(none\\)", AddItem(Place("SAYS"), Role("of", ()))),
        ("no “X” ", AddItem(Place("X"), Role("of", ("NAME",)))),
        ("no “x” ", AddItem(Place("CLAIM", "attribute", "x"), "new")),
    ],
)
def test_adding_refused(part: str, edit: AddItem) -> None:
    refused(part, edit)


def test_entities_have_keys_of_their_own() -> None:
    found = done(AddItem(Place(), Label("CITY", "span", key="c", group="entity")))
    assert label(found, "CITY").key == "c"
    refused("same key", AddItem(Place(), Label("CAR", "span", key="c", group="entity")), found.scheme)


# --- changing facts ------------------------------------------------------------------------------


def test_facts_change_and_nothing_else() -> None:
    new = replace(CLAIM, title="A claim", colour="#102030", key="x", guideline="Mark it.", attributes=())
    found = done(ChangeItem(Place("CLAIM"), replace(new, name="other", kind="frame")))
    assert label(found, "CLAIM") == replace(new, attributes=CLAIM.attributes)
    found = done(ChangeItem(Place(), Scheme("x", " Ours ", (), "All.")))
    assert found.scheme == Scheme("s", "Ours", SCHEME.labels, "All.")
    found = done(ChangeItem(WHO, Role("x", ("NAME",), 0, 3, True)))
    assert label(found, "SAYS").role("who") == Role("who", ("NAME",), 0, 3, True)
    assert not found.carry.labels
    found = done(ChangeItem(FORM, Attribute("x", "text", ("direct",))))
    assert label(found, "CLAIM").attribute("form") == Attribute("form", "text")


def test_facts_refused() -> None:
    refused("unknown end", ChangeItem(WHO, Role("who", ("X",))))
    refused("at least 3 and at most 1", ChangeItem(WHO, Role("who", ("NAME",), 3, 1)))
    refused("at least 0 and at most 0", ChangeItem(WHO, Role("who", ("NAME",), 0, 0)))
    refused("nothing but its name", ChangeItem(FORM, Role("form", ("NAME",))))
    refused("nothing but its name", ChangeItem(FORM, Attribute("form", "choice", ("direct",))))
    refused("A choice needs a value", ChangeItem(FORM._replace(name="words"), Attribute("", "choice")))
    refused("no “X”", ChangeItem(Place("X"), CLAIM))


def test_what_has_to_be_looked_at_one_by_one() -> None:
    def checked(edit: SchemeEdit) -> set[str]:
        found = done(edit)
        return set(to_check(SCHEME, found.scheme, found.carry))

    assert checked(ChangeItem(Place("CLAIM"), replace(CLAIM, title="T", key=""))) == set()
    assert checked(ChangeItem(Place("CLAIM"), replace(CLAIM, discontinuous=False))) == {"CLAIM"}
    assert checked(ChangeItem(WHO, Role("who", ("NAME", "actor", "span"), 0, None))) == set()
    assert checked(ChangeItem(WHO, Role("who", ("NAME",), 1, 1))) == {"SAYS"}
    assert checked(ChangeItem(WHAT, Role("what", ("CLAIM",), 0, 2))) == {"SAYS"}
    assert checked(RenameItem(Place("CLAIM"), "ASSERTION")) == set()
    assert checked(RenameItem(FORM, "shape")) == checked(RenameItem(WHO, "whose")) == set()
    assert checked(MergeItem(Place("NAME"), "CLAIM")) == {"NAME"}
    assert checked(MergeItem(FORM._replace(value="mixed"), "direct")) == set()
    assert checked(MergeItem(WHAT, "also")) == {"SAYS"}
    assert checked(MergeItem(KIND, "form")) == {"CLAIM"}
    assert checked(RemoveItem(FORM._replace(value="mixed"))) == {"CLAIM"}
    assert checked(RemoveItem(FORM)) == {"CLAIM"}
    assert checked(RemoveItem(WHAT)) == {"SAYS"}
    assert checked(RemoveItem(Place("LIKES"))) == {"LIKES"}


# --- renaming --------------------------------------------------------------------------------------


def test_renaming_a_label() -> None:
    found = done(RenameItem(Place("CLAIM"), "ASSERTION"))
    assert [one.name for one in found.scheme.labels] == ["ASSERTION", "NAME", "SAYS", "LIKES", "GENRE"]
    assert [role.ends for role in label(found, "SAYS").roles] == [
        ("NAME", "actor"),
        ("ASSERTION",),
        ("ASSERTION", "NAME"),
    ]
    assert found.carry.carried(span(form="mixed")) == span("ASSERTION", form="mixed")
    assert found.carry.carried(span("NAME")) == span("NAME")


def test_renaming_inside_a_label() -> None:
    found = done(RenameItem(FORM, "shape"))
    assert [one.name for one in label(found, "CLAIM").attributes] == ["shape", "kind", "words"]
    assert found.carry.carried(span(form="mixed", kind="fact")) == span(shape="mixed", kind="fact")
    plain = span(kind="fact")
    assert found.carry.carried(plain) is plain
    found = done(RenameItem(WHO, "speaker"))
    assert [one.name for one in label(found, "SAYS").roles] == ["speaker", "what", "also"]
    assert found.carry.carried(frame(("who", A), ("what", B))) == frame(("speaker", A), ("what", B))


def test_renaming_a_value_follows_also_where_it_is_the_default() -> None:
    found = done(RenameItem(FORM._replace(value="direct"), "quoted"))
    assert values(found) == ("quoted", "indirect", "mixed")
    assert found.carry.carried(span(form="direct")) == span(form="quoted")
    assert found.carry.carried(span()) == span()  # nothing set: the default says it


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("a label NAME already", RenameItem(Place("CLAIM"), "NAME")),
        ("a attribute kind already|an attribute kind already", RenameItem(FORM, "kind")),
        ("role also already", RenameItem(WHO, "also")),
        ("value mixed already", RenameItem(FORM._replace(value="direct"), "mixed")),
        ("needs a name", RenameItem(FORM, " ")),
        ("means any actor", RenameItem(Place("CLAIM"), "actor")),
        ("no “gone”", RenameItem(FORM._replace(value="gone"), "x")),
    ],
)
def test_renaming_refused(part: str, edit: RenameItem) -> None:
    refused(part, edit)


# --- moving ------------------------------------------------------------------------------------------


def test_moving_labels_goes_among_their_like() -> None:
    assert beside(SCHEME, Place("LIKES")) == ("SAYS", "LIKES")
    found = done(MoveItem(Place("LIKES"), 0))
    assert [one.name for one in found.scheme.labels] == ["CLAIM", "NAME", "LIKES", "SAYS", "GENRE"]
    assert not found.carry.labels


def test_moving_parts() -> None:
    found = done(MoveItem(Place("CLAIM", "attribute", "words"), 0))
    assert [one.name for one in label(found, "CLAIM").attributes] == ["words", "form", "kind"]
    found = done(MoveItem(WHO, 9))
    assert [one.name for one in label(found, "SAYS").roles] == ["what", "also", "who"]
    found = done(MoveItem(FORM._replace(value="mixed"), 1))
    assert values(found) == ("direct", "mixed", "indirect")
    assert not found.carry.labels


def test_another_first_value_is_written_out_where_nothing_was_set() -> None:
    found = done(MoveItem(FORM._replace(value="mixed"), 0))
    assert values(found) == ("mixed", "direct", "indirect")
    assert found.carry.carried(span()) == span(form="direct")
    assert found.carry.carried(span(form="mixed")) == span(form="mixed")


# --- merging -----------------------------------------------------------------------------------------


def test_merging_labels() -> None:
    found = done(MergeItem(Place("NAME"), "CLAIM"))
    assert [one.name for one in found.scheme.labels] == ["CLAIM", "SAYS", "LIKES", "GENRE"]
    assert [role.ends for role in label(found, "SAYS").roles] == [("CLAIM", "actor"), ("CLAIM",), ("CLAIM",)]
    assert label(found, "LIKES").roles[0].ends == ("CLAIM",)
    # What held without being set is written out, where the other label has another default.
    assert found.carry.carried(span("NAME")) == span("CLAIM", form="indirect")
    assert found.carry.carried(span("NAME", form="long")) == span("CLAIM", form="long")
    assert found.carry.carried(span("CLAIM")) == span("CLAIM")


def test_merging_attributes_roles_and_values() -> None:
    found = done(MergeItem(KIND, "form"))
    assert values(found) == ("direct", "indirect", "mixed", "fact", "opinion")
    assert found.carry.carried(span(kind="opinion")) == span(form="opinion")
    assert found.carry.carried(span(kind="opinion", form="mixed")) == span(form="mixed")
    assert found.carry.carried(span()) == span()
    found = done(MergeItem(WHAT, "also"))
    assert label(found, "SAYS").roles[-1].ends == ("CLAIM", "NAME")
    assert found.carry.carried(frame(("what", A), ("also", A))) == frame(("also", A))
    found = done(MergeItem(FORM._replace(value="mixed"), "indirect"))
    assert values(found) == ("direct", "indirect")
    assert found.carry.carried(span(form="mixed")) == span(form="indirect")


def test_merging_the_first_value_away_keeps_what_was_meant() -> None:
    found = done(MergeItem(FORM._replace(value="direct"), "mixed"))
    assert values(found) == ("indirect", "mixed")
    assert found.carry.carried(span()) == span(form="mixed")
    assert found.carry.carried(span(form="direct")) == span(form="mixed")
    found = done(MergeItem(FORM._replace(value="direct"), "indirect"))
    assert found.carry.carried(span()) == span()


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        ("for spans and SAYS for frames", MergeItem(Place("CLAIM"), "SAYS")),
        ("another label only", MergeItem(Place("CLAIM"), "CLAIM")),
        ("“X” is none", MergeItem(Place("CLAIM"), "X")),
        ("one is a choice, the other is text", MergeItem(FORM, "words")),
        ("another value only", MergeItem(FORM._replace(value="mixed"), "X")),
    ],
)
def test_merging_refused(part: str, edit: MergeItem) -> None:
    refused(part, edit)


# --- retiring and removing -----------------------------------------------------------------------------


def test_retiring() -> None:
    anybody = done(ChangeItem(Place("LIKES", "role", "who"), Role("who", ("NAME", "actor")))).scheme
    found = done(RetireItem(Place("NAME")), anybody)
    assert (label(found, "NAME").retired, label(found, "NAME").key) == (True, "")
    assert not label(found, "NAME").is_offered
    assert not label(done(RetireItem(Place("NAME"), False), found.scheme), "NAME").retired
    found = done(RetireItem(FORM._replace(value="mixed")))
    assert label(found, "CLAIM").attributes[0].offered == ("direct", "indirect")
    back = done(RetireItem(FORM._replace(value="mixed"), False), found.scheme)
    assert back.scheme == SCHEME
    found = done(RetireItem(KIND))
    assert [one.retired for one in label(found, "CLAIM").attributes] == [False, True, False]
    found = done(RetireItem(WHAT))
    assert [one.retired for one in label(found, "SAYS").roles] == [False, True, False]


def test_retired_values_follow_their_names() -> None:
    scheme = done(RetireItem(FORM._replace(value="mixed"))).scheme
    renamed = done(RenameItem(FORM._replace(value="mixed"), "both"), scheme)
    assert label(renamed, "CLAIM").attributes[0].retired_values == ("both",)
    merged = done(MergeItem(FORM._replace(value="mixed"), "direct"), scheme)
    assert label(merged, "CLAIM").attributes[0].retired_values == ()
    refused("is retired: bring it back", MoveItem(FORM._replace(value="mixed"), 0), scheme)


def test_retiring_and_removing_refused() -> None:
    refused("holds wherever nothing is set", RetireItem(FORM._replace(value="direct")))
    refused("holds wherever nothing is set", RemoveItem(FORM._replace(value="direct")))
    for edit in (RetireItem, RemoveItem):
        make: Callable[[Place], SchemeEdit] = edit
        refused("last label for whole articles", make(Place("GENRE")))
        refused("(SAYS.what|could fill SAYS.what)", make(Place("CLAIM")))
    refused("needs a scheme", RemoveItem(Place()))
    refused("no “X”", RemoveItem(Place("X")))


def test_removing() -> None:
    alone = done(ChangeItem(WHAT, Role("what", ("CLAIM", "span")))).scheme
    alone = done(ChangeItem(Place("LIKES", "role", "who"), Role("who", ("NAME", "actor"))), alone).scheme
    found = done(RemoveItem(Place("NAME")), alone)
    assert found.scheme.label("NAME") is None
    assert [role.ends for role in label(found, "SAYS").roles] == [("actor",), ("CLAIM", "span"), ("CLAIM",)]
    assert values(done(RemoveItem(FORM._replace(value="indirect")))) == ("direct", "mixed")
    assert label(done(RemoveItem(KIND)), "CLAIM").attribute("kind") is None
    assert label(done(RemoveItem(WHAT)), "SAYS").role("what") is None


# --- taking over another scheme ------------------------------------------------------------------------


def test_replacing_keeps_what_is_in_use_and_lets_the_rest_go() -> None:
    new = Scheme(
        "new", "New", (Label("NAME", "span", key="c"), Label("LIKES", "frame", roles=SAYS.roles[:1]))
    )
    found = done(ReplaceScheme(new), used=("CLAIM", "LIKES"))
    assert [(one.name, one.retired, one.key) for one in found.scheme.labels] == [
        ("NAME", False, "c"),
        ("LIKES", False, ""),
        ("CLAIM", True, ""),
    ]
    assert found.scheme.name == "new"


def test_replacing_keeps_parts_of_labels_in_use() -> None:
    shorter = replace(CLAIM, attributes=(Attribute("form", "choice", ("mixed", "odd")),))
    says = replace(SAYS, roles=(Role("what", ("CLAIM",)),))
    found = done(ReplaceScheme(Scheme("n", "N", (shorter, says))), used=("CLAIM", "SAYS"))
    form, kind, words = label(found, "CLAIM").attributes
    assert form == Attribute(
        "form", "choice", ("mixed", "odd", "direct", "indirect"), False, ("direct", "indirect")
    )
    assert (kind, words) == tuple(replace(one, retired=True) for one in CLAIM.attributes[1:])
    assert found.carry.carried(span()) == span(form="direct")
    assert [(role.name, role.retired) for role in label(found, "SAYS").roles] == [
        ("what", False),
        ("who", True),
        ("also", True),
    ]
    # A role that is kept needs what fills it, even where no span carries that.
    assert label(found, "NAME").retired
    assert to_check(SCHEME, found.scheme, found.carry) == {"LIKES", "GENRE"}


def test_replacing_refused() -> None:
    refused(
        "CLAIM is a label for a span here",
        ReplaceScheme(Scheme("n", "N", (Label("CLAIM", "frame"),))),
        used=("CLAIM",),
    )
    bad = Scheme("n", "N", (replace(CLAIM, retired=True), SAYS, NAME, GENRE))
    refused("could fill SAYS.what", ReplaceScheme(bad))


def test_every_preset_can_be_taken_over_from_every_other() -> None:
    presets = [read_scheme(path) for path in sorted(resource("schemes").glob("*.toml"))]
    for before in presets:
        for after in presets:
            used = tuple(one.name for one in before.labels)
            kept = done(ReplaceScheme(after), before, used)
            assert {one.name for one in kept.scheme.labels} == {*used, *(one.name for one in after.labels)}
            assert done(ReplaceScheme(after), before).scheme == after


# --- suggestions and names -----------------------------------------------------------------------------


def test_suggestions_lose_what_has_no_place() -> None:
    old = SuggestedSpan(
        A, A, "CLAIM", (Fragment(0, 3),), 1.0, "x", "y", 0, {"form": "odd", "kind": "fact", "z": "1"}
    )
    assert fitted(old, SCHEME) == replace(old, attributes={"kind": "fact"})
    roles = (RoleEnd("who", "span", A), RoleEnd("gone", "span", B))
    suggested = SuggestedFrame(A, A, "SAYS", roles, 1.0, "x", "y", 0)
    assert fitted(suggested, SCHEME) == replace(suggested, roles=roles[:1])
    good = replace(old, attributes={"form": "mixed", "words": "anything"})
    assert fitted(good, SCHEME) is good


def test_names_of_operations() -> None:
    names = [
        operation_name(one)
        for one in (
            AddItem(Place(), Label("CUE", "span")),
            AddItem(FORM, "odd"),
            ChangeItem(Place(), SCHEME),
            ChangeItem(Place("CLAIM"), CLAIM),
            RenameItem(FORM, "shape"),
            MoveItem(WHO, 0),
            MergeItem(Place("NAME"), "CLAIM"),
            RetireItem(FORM._replace(value="mixed")),
            RetireItem(Place("NAME"), False),
            RemoveItem(WHAT),
            ReplaceScheme(SCHEME),
        )
    ]
    assert names == [
        "Scheme: add the label CUE",
        "Scheme: add the value odd to form",
        "Scheme: change title and guideline",
        "Scheme: change CLAIM",
        "Scheme: rename form to shape",
        "Scheme: move who",
        "Scheme: merge NAME into CLAIM",
        "Scheme: retire mixed",
        "Scheme: bring back NAME",
        "Scheme: remove what",
        "Scheme: take over “Test”",
    ]
