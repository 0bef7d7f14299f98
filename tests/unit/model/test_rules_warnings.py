"""Every warning of an article: when it comes, when it does not, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    Block,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
)
from annotator.model.resources import resource
from annotator.model.rules_warnings import warnings
from annotator.model.scheme import read_scheme

SCHEME = read_scheme(resource("schemes/default.toml"))
TEXT = (
    'Bridge opens\n\n"It is safe," he said. The union claims that the mayor said the bridge was sound.\n'
    '"It opens on Monday.\n"And it stays open," he added.'
)
ARTICLE = Article(new_id(), "a.txt", "A", TEXT, "")
ME, OTHER = new_id(), new_id()


def at(words: str) -> Fragment:
    start = TEXT.index(words)
    return Fragment(start, start + len(words))


def span(label: str, *words: str, **more: Any) -> Span:
    return Span(new_id(), ARTICLE.id, label, tuple(map(at, words)), ME, 0, **more)


def frame(label: str, **roles: Any) -> Frame:
    values = roles.pop("values", {})
    ends: list[RoleEnd] = []
    for role, given in roles.items():
        for one in given if isinstance(given, list) else [given]:
            kind: Any = type(one).__name__.lower()
            ends.append(RoleEnd(role, kind, one.id))
    return Frame(new_id(), ARTICLE.id, label, tuple(ends), ME, 0, values)


def found(*records: Any, **more: Any) -> list[tuple[str, str, tuple[Id, ...]]]:
    content = ArticleContent(
        ARTICLE,
        spans=tuple(one for one in records if isinstance(one, Span)),
        frames=tuple(one for one in records if isinstance(one, Frame)),
        actors=tuple(one for one in records if isinstance(one, Actor)),
        nothing_here=tuple(one for one in records if isinstance(one, NothingHere)),
        blocks=tuple(one for one in records if isinstance(one, Block)),
    )
    return [(one.kind, one.text, one.records) for one in warnings(content, SCHEME)]


def kinds(*records: Any) -> list[str]:
    return [kind for kind, _, _ in found(*records)]


MAYOR, UNION = Actor(new_id(), "Mayor"), Actor(new_id(), "Union")
SAFE = span("CLAIM", '"It is safe,"')
HE = span("SOURCE", "he", actor=MAYOR.id)
SAID = span("CUE", "said")
WHOLE = frame("ATTRIBUTION", claim=SAFE, source=HE, cue=SAID)


def test_a_whole_attribution_gives_no_warning() -> None:
    assert found(SAFE, HE, SAID, WHOLE, MAYOR) == []
    assert found() == []


def test_an_attribution_without_source() -> None:
    bare = frame("ATTRIBUTION", claim=SAFE)
    assert found(SAFE, bare) == [
        (
            "no_source",
            'The attribution of “"It is safe,"” has no source: link one, or say who it is.',
            (bare.id,),
        )
    ]
    assert kinds(SAFE, frame("ATTRIBUTION", claim=SAFE, implicit_source=MAYOR), MAYOR) == []


def test_a_frame_with_nothing_or_with_a_needed_role_empty() -> None:
    assert kinds(frame("ATTRIBUTION")) == ["empty"]
    stance = frame("STANCE", holder=MAYOR)
    kind, text, records = found(stance, MAYOR)[0]
    assert (kind, records) == ("incomplete", (stance.id,))
    assert "the target is missing" in text
    one_claim = frame("OVERLAPS", claim=SAFE)
    assert kinds(SAFE, WHOLE, HE, SAID, MAYOR, one_claim) == ["incomplete"]


def test_an_inner_cue_outside_the_outer_claim() -> None:
    outer_claim = span("CLAIM", "that the mayor said the bridge was sound")
    outer = frame("ATTRIBUTION", claim=outer_claim, implicit_source=UNION)
    inner_claim = span("CLAIM", "the bridge was sound")
    inside = span("CUE", "mayor said")
    outside = span("CUE", "claims")
    inner = frame("ATTRIBUTION", claim=inner_claim, implicit_source=MAYOR, cue=inside, parent=outer)
    shared = (outer_claim, outer, inner_claim, inside, outside, MAYOR, UNION)
    assert kinds(*shared, inner) == []
    loose = frame("ATTRIBUTION", claim=inner_claim, implicit_source=MAYOR, cue=outside, parent=outer)
    assert [(kind, records) for kind, _, records in found(*shared, loose)] == [
        ("nested_cue", (loose.id, outside.id))
    ]


def test_a_continuation_by_someone_else() -> None:
    before = replace(WHOLE, id=new_id())
    more = span("CLAIM", '"And it stays open,"')
    parts = (SAFE, HE, SAID, before, more, MAYOR, UNION)
    same = frame("ATTRIBUTION", claim=more, implicit_source=MAYOR, continues=before)
    assert kinds(*parts, same) == []
    other = frame("ATTRIBUTION", claim=more, implicit_source=UNION, continues=before)
    assert kinds(*parts, other) == ["continues"]
    unknown = frame("ATTRIBUTION", claim=more, source=span("SOURCE", "he"), continues=before)
    assert kinds(*parts, unknown) == []


def test_a_claim_in_no_attribution() -> None:
    assert found(SAFE)[0][:2] == ("unattributed", 'The claim “"It is safe,"” is in no attribution.')
    entities = read_scheme(resource("schemes/check_worthiness.toml"))
    assert warnings(ArticleContent(ARTICLE, spans=(SAFE,)), entities) == ()


def test_claims_where_none_should_be() -> None:
    headline = span("CLAIM", "Bridge opens")
    held = frame("ATTRIBUTION", claim=headline, implicit_source=MAYOR)
    for kind in ("caption", "byline", "navigation"):
        block = Block(new_id(), ARTICLE.id, 0, 12, kind)
        assert kinds(headline, held, MAYOR, block) == ["place"]
    for block in (
        Block(new_id(), ARTICLE.id, 0, 12, "headline"),
        Block(new_id(), ARTICLE.id, 12, 20, "caption"),
    ):
        assert kinds(headline, held, MAYOR, block) == []


def test_a_pronoun_that_nobody_stands_behind() -> None:
    pronoun = span("SOURCE", "he", attributes={"form": "pronoun"})
    assert found(pronoun)[0][1].startswith("Who is “he”?")
    assert kinds(replace(pronoun, actor=MAYOR.id)) == []
    assert kinds(replace(pronoun, attributes={"form": "pronoun", "ambiguous": "yes"})) == []


def test_a_cue_in_pieces_and_a_cue_in_two_frames() -> None:
    assert kinds(span("CUE", "said", "added")) == ["broken_cue"]
    second = frame("ATTRIBUTION", cue=SAID, source=HE)
    assert [(kind, records) for kind, _, records in found(SAFE, HE, SAID, WHOLE, second, MAYOR)] == [
        ("shared_cue", (SAID.id, WHOLE.id, second.id))
    ]


def test_evidence_for_an_unrelated_article() -> None:
    card = Actor(new_id(), "stands for a card here")
    roles = {"claim_card": card, "evidence": SAID}
    assert kinds(SAID, frame("ARTICLE_STANCE", **roles, values={"value": "unrelated"})) == ["unrelated"]
    assert kinds(SAID, frame("ARTICLE_STANCE", **roles, values={"value": "agree"})) == []
    assert kinds(frame("ARTICLE_STANCE", claim_card=card, values={"value": "unrelated"})) == []


def test_opposite_stances_of_one_holder() -> None:
    def stance(value: str, holder: Actor, target: Span) -> Frame:
        return frame("STANCE", holder=holder, target=target, values={"value": value})

    parts = (SAFE, HE, SAID, WHOLE, MAYOR, UNION)
    deny, question = stance("deny", MAYOR, SAFE), stance("question", MAYOR, SAFE)
    kind, text, records = found(*parts, deny, question)[0]
    assert (kind, records) == ("opposite", (deny.id, question.id))
    assert text == "Mayor has more than one stance on the same target: deny and question. Is that so?"
    assert kinds(*parts, deny, stance("support", UNION, SAFE)) == []
    assert kinds(*parts, deny, stance("deny", MAYOR, SAFE)) == []


def test_what_is_so_for_two_annotators_is_said_once_with_the_records_of_both() -> None:
    mine = span("CLAIM", '"It opens on Monday.'), span("CLAIM", '"And it stays')
    theirs = [replace(one, id=new_id(), annotator=OTHER) for one in mine]
    held = [frame("ATTRIBUTION", claim=one, implicit_source=MAYOR) for one in mine]
    also = [
        replace(frame("ATTRIBUTION", claim=one, implicit_source=MAYOR), annotator=OTHER) for one in theirs
    ]
    parts = (*mine, *theirs, *held, *also, MAYOR)
    assert [one[2] for one in found(*parts)] == [(a.id, b.id) for a, b in zip(mine, theirs, strict=True)]


def test_opposite_stances_on_two_claims_of_one_card() -> None:
    card = new_id()
    one = replace(SAFE, claim_card=card)
    two = span("CLAIM", "the bridge was sound", claim_card=card)
    held = frame("ATTRIBUTION", claim=[one, two], implicit_source=MAYOR)
    yes = frame("STANCE", holder=MAYOR, target=one, values={"value": "support"})
    no = frame("STANCE", holder=MAYOR, target=two, values={"value": "deny"})
    assert kinds(one, two, held, MAYOR, yes, no) == ["opposite"]
    assert kinds(one, replace(two, claim_card=None), held, MAYOR, yes, no) == []


def test_quotation_marks_that_do_not_pair_up() -> None:
    opened = span("CLAIM", '"It opens on Monday.')
    first = frame("ATTRIBUTION", claim=opened, implicit_source=MAYOR)
    assert kinds(opened, first, MAYOR) == ["quotation_marks"]
    more = span("CLAIM", '"And it stays open,"')
    second = frame("ATTRIBUTION", claim=more, implicit_source=MAYOR, continues=first)
    assert kinds(opened, first, more, second, MAYOR) == []


def test_the_same_span_twice() -> None:
    twin = replace(SAID, id=new_id())
    assert found(SAID, twin)[0] == ("twice", "“said” is marked as Cue 2 times.", (SAID.id, twin.id))
    assert kinds(SAID, replace(twin, annotator=new_id())) == []


def test_nothing_here_where_something_is() -> None:
    def nothing(layer: Any, stretch: Fragment | None = None) -> NothingHere:
        return NothingHere(new_id(), ARTICLE.id, layer, ME, 0, stretch)

    parts = (SAFE, HE, SAID, WHOLE, MAYOR)
    assert kinds(*parts, nothing("all")) == ["not_empty"]
    assert kinds(*parts, nothing("attributions", at('"It is safe,"'))) == ["not_empty"]
    assert kinds(*parts, nothing("attributions", at("Bridge opens"))) == []
    assert kinds(*parts, nothing("entities")) == []
    assert kinds(*parts, nothing("stances")) == []
    person = span("PERSON", "mayor")
    assert kinds(person, nothing("entities")) == ["not_empty"]
    assert kinds(person, nothing("attributions")) == []
    assert kinds(person, replace(nothing("entities"), annotator=new_id())) == []


def test_warnings_come_in_the_order_of_the_text_and_are_short() -> None:
    late = span(
        "CLAIM", "the mayor said the bridge was sound.\n" + '"It opens on Monday.\n"And it stays open,'
    )
    texts = found(late, SAFE, span("CUE", "said", "added"))
    assert [kind for kind, _, _ in texts] == ["unattributed", "broken_cue", "unattributed"]
    assert "…”" in texts[2][1]
    assert all(len(text) < 160 and "\n" not in text for _, text, _ in texts)
