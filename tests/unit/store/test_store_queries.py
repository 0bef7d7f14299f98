from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.article_filter import ArticleFilter
from annotator.model.changes import Add, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, id_text, new_id
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    ArticleLabel,
    ArticleReading,
    ClaimCard,
    Fragment,
    SchemeVersion,
    Span,
    SuggestedSpan,
)
from annotator.model.scheme import Label, Scheme, scheme_to_text
from annotator.store import made as store_made
from annotator.store.queries import Counts
from annotator.store.store import Store


@pytest.fixture
def three(store: Store, make: Any) -> tuple[Article, Article, Article]:
    one = make.article("b.txt", "first text", meta={"published": "2024-05-02", "outlet": "Bay"})
    two = replace(make.article("C.txt", "second text"), title="ärger im Hafen")
    three = replace(make.article("a.txt", "third text", meta={"published": "2023-01-01"}), title="")
    store.write("Import", map(Add, (one, two, three)))
    return one, two, three


def test_articles_are_listed_in_order(store: Store, three: tuple[Article, ...]) -> None:
    one, two, last = (article.id for article in three)
    assert store.article_ids() == [one, two, last]
    assert store.article_ids("date") == [last, one, two]
    assert store.article_ids("title") == [last, one, two]


def test_articles_are_filtered(store: Store, make: Any, three: tuple[Article, ...]) -> None:
    one, two, last = three
    other = Annotator(new_id(), "Boris")
    proposed = SuggestedSpan(new_id(), last.id, "PERSON", (Fragment(0, 3),), 0.5, "s", "r", 1)
    topic = ArticleLabel(new_id(), two.id, "TOPIC", make.who.id, 1)
    done, begun = (
        ArticleReading(new_id(), one.id, make.who.id, "done", 1),
        ArticleReading(new_id(), two.id, other.id, "begun", 2),
    )
    span = make.span(one)
    store.write("Add", map(Add, (other, proposed, topic, done, begun, span)))

    def ids(by: Annotator | None = None, **where: Any) -> list[Article]:
        found = store.article_ids(where=ArticleFilter(**where), by=by.id if by else None)
        return [article for article in three if article.id in found]

    assert ids(text="HAFEN") == [two]
    assert ids(text="ÄRGER") == [two]
    assert ids(text=".txt") == [one, two, last]
    assert ids(text="100%") == []
    assert ids(label="CLAIM") == [one]
    assert ids(label="TOPIC") == [two]
    assert ids(label="PERSON") == []
    assert ids(label="never heard of") == []
    assert ids(suggestions=True) == [last]
    assert ids(suggestions=True, hidden=frozenset({"CLAIM", "never heard of"})) == [last]
    assert ids(suggestions=True, hidden=frozenset({"PERSON"})) == []
    assert ids(reading="done") == [one]
    assert ids(other, reading="done") == []
    assert ids(other, reading="begun") == [two]
    assert ids(make.who, reading="new") == [two, last]
    assert ids(reading="new") == [last]
    assert ids(make.who, reading="begun", whose=other.id) == [two]
    assert ids(reading="done", whose=other.id) == []
    assert ids(whose=make.who.id) == [one, two]
    assert ids(whose=other.id) == ids(whose=new_id()) == []
    assert ids(label="CLAIM", reading="done", text="b.") == [one]
    store.write("Remove", [Remove(span)])
    assert ids(label="CLAIM") == []
    store.write("Accept", [Replace(replace(proposed, state="accepted"))])
    assert ids(suggestions=True) == []


def test_rows_of_the_list(store: Store, make: Any, three: tuple[Article, ...]) -> None:
    one, two, last = three
    frame, removed = make.frame(one), make.span(one)
    reading = ArticleReading(new_id(), one.id, make.who.id, "begun", 1)
    store.write("Add", map(Add, (make.span(one), removed, frame, reading)))
    store.write("Remove", [Remove(removed)])
    rows = store.article_rows([last.id, one.id, new_id()], by=make.who.id)
    assert [row.id for row in rows] == [last.id, one.id]
    row = rows[1]
    assert (row.name, row.title, row.outlet, row.published) == ("b.txt", one.title, "Bay", "2024-05-02")
    assert (row.length, row.reading, row.spans, row.frames, row.suggestions) == (10, "begun", 1, 1, 0)
    assert (rows[0].reading, rows[0].spans) == ("new", 0)
    assert store.article_rows([]) == ()
    assert len(store.article_rows(store.article_ids())) == 3
    assert two.id not in {row.id for row in rows}


def test_articles_are_found_by_id_name_or_title(store: Store, three: tuple[Article, ...]) -> None:
    one, two, _ = three
    assert store.find_article(id_text(one.id)) == one.id
    assert store.find_article("b.txt") == one.id
    assert store.find_article("ärger im Hafen") == two.id
    assert store.find_article("B.TXT") is None
    assert store.find_article("") is None
    store.write("Remove", [Remove(one)])
    assert store.find_article(id_text(one.id)) is None
    assert store.find_article("b.txt") is None
    assert store.known_texts() == {article.sha256: article.id for article in three[1:]}


def test_content_holds_what_belongs_to_an_article_and_what_it_refers_to(store: Store, make: Any) -> None:
    one, two = make.article("1"), make.article("2")
    author, quoted, stranger = (Actor(new_id(), name) for name in ("Author", "Quoted", "Stranger"))
    author = replace(author, article=one.id)
    card, other_card = ClaimCard(new_id(), "x"), ClaimCard(new_id(), "y")
    late, early = make.span(one, 5, 9, actor=quoted.id), make.span(one, 0, 9)
    nested = make.span(one, 0, 3)
    frame = make.frame(one, ("target", "claim_card", card.id), ("holder", "actor", quoted.id))
    elsewhere = make.span(two, actor=stranger.id, claim_card=other_card.id)
    records = (one, two, author, quoted, stranger, card, other_card, late, early, nested, frame, elsewhere)
    store.write("Add", map(Add, records))
    content = store.content(one.id)
    assert content.article == one
    assert content.spans == (nested, early, late)
    assert content.frames == (frame,)
    assert content.actors == (author, quoted)
    assert content.claim_cards == (card,)
    assert [found.article.id for found in store.contents()] == [one.id, two.id]
    assert list(store.contents()) == [store.content(one.id), store.content(two.id)]
    assert store.spans_with(actor=quoted.id) == (late,)
    assert store.spans_with(claim_card=other_card.id) == (elsewhere,)
    assert store.spans_with(actor=quoted.id, claim_card=other_card.id) == ()
    assert store.spans_with() == ()
    assert store.frames_with_end([quoted.id, card.id, new_id()]) == (frame,)
    store.write("Remove", [Remove(one)])
    assert store.spans_with(actor=quoted.id) == ()
    assert store.frames_with_end([quoted.id]) == ()
    with pytest.raises(KeyError):
        store.content(one.id)
    with pytest.raises(KeyError):
        store.content(new_id())
    store.undo()
    assert store.content(one.id) == content


def test_contents_of_one_annotator(store: Store, make: Any) -> None:
    article, other = make.article(), Annotator(new_id(), "Boris")
    mine = make.span(article)
    his = replace(make.span(article, 3, 5), annotator=other.id)
    store.write("Add", map(Add, (article, other, mine, his)))
    (content,) = store.contents({other.id})
    assert content.spans == (his,)
    (content,) = store.contents()
    assert content.spans == (mine, his)


def test_many_articles_in_batches(store: Store, make: Any) -> None:
    store.write("Import", make.bulk(230, 2))
    ids = store.article_ids()
    contents = list(store.contents())
    assert [content.article.id for content in contents] == ids
    assert all(len(content.spans) == 2 and len(content.frames[0].roles) == 2 for content in contents)
    assert contents[229] == store.content(ids[229])
    assert len(store.article_rows(ids)) == 230


def test_counts(store: Store, make: Any, three: tuple[Article, ...]) -> None:
    assert store.counts() == Counts(articles=3)
    one, two, _ = three
    proposed = SuggestedSpan(new_id(), one.id, "CLAIM", (Fragment(0, 3),), 0.5, "s", "r", 1)
    done = ArticleReading(new_id(), one.id, make.who.id, "done", 1)
    records = (make.span(one), make.span(two), make.frame(two), proposed, done, Actor(new_id(), "A"))
    store.write("Add", map(Add, records))
    labels = {"CLAIM": 2, "STANCE": 1}
    assert store.counts() == Counts(3, 1, 2, 1, 1, 1, 0, labels)
    store.write("Remove", [Remove(two)])
    assert store.counts() == Counts(2, 1, 1, 0, 1, 1, 0, {"CLAIM": 1})


def test_the_newest_scheme_holds(store: Store) -> None:
    newer = Scheme(
        "n", "Newer", (Label("CLAIM", "span"), Label("STANCE", "frame"), Label("TOPIC", "article"))
    )
    store.write("Change scheme", [Add(SchemeVersion(new_id(), 2, scheme_to_text(newer), 1))])
    assert store.scheme() == newer
    store.undo()
    assert store.scheme().name == "test"


def test_get_many_keeps_the_order_asked_for(store: Store, make: Any) -> None:
    article = make.article()
    spans = [make.span(article, at, at + 1) for at in range(5)]
    store.write("Add", map(Add, (article, *spans)))
    asked = [spans[3].id, new_id(), spans[0].id, spans[3].id]
    assert store.get_many(Span, asked) == (spans[3], spans[0], spans[3])
    assert store.get(Article, spans[0].id) is None
    assert store.all(Annotator) == (make.who,)


def test_orders_are_kept_until_an_article_is_touched(store: Store, make: Any) -> None:
    one, two = (
        replace(make.article(text="One."), title="Beta"),
        replace(make.article(text="Two."), title="alpha"),
    )
    store.write("Add", [Add(one), Add(two)], by=make.who.id)
    assert store.article_ids("title") == [two.id, one.id]
    store.write("Label", [Add(make.span(one, 0, 3))], by=make.who.id)
    assert store.article_ids("title") == [two.id, one.id]
    store.write("Title", [Replace(replace(two, title="Gamma"))], by=make.who.id)
    assert store.article_ids("title") == [one.id, two.id]
    three = replace(make.article(text="Three."), title="Aaron")
    store.write("Add", [Add(three)], by=make.who.id)
    assert store.article_ids("title") == [three.id, one.id, two.id]
    label = ArticleFilter(label="CLAIM")
    assert store.article_ids("title", label) == [one.id]
    store.undo()
    store.undo()
    assert store.article_ids("title") == [two.id, one.id]
    with pytest.raises(NotAllowed):
        store.write("Twice", [Remove(one), Add(two)], by=make.who.id)
    assert store.article_ids("title") == [two.id, one.id]
    assert store.article_ids("given", ArticleFilter(text="ALPH")) == [two.id]


def test_who_labelled_what_is_read_in_slices_and_followed_meanwhile(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [make.article(text=f"Text {at}.") for at in range(4)]
    spans = [make.span(one, 0, 4) for one in articles[:3]]
    store.write("Add", map(Add, (*articles, *spans)), by=make.who.id)
    by_her, slices = ArticleFilter(whose=make.who.id), 2
    monkeypatch.setattr(store_made, "_SLICE", 2)
    for edit in (Remove(spans[0]), Add(make.span(articles[3], 0, 4))):
        assert store.listing.read_on(by_her)
        store.write("Edit", [edit], by=make.who.id)
    while store.listing.read_on(by_her):
        slices += 1
    assert slices > 4, "others may ask in between"
    assert store.article_ids(where=by_her) == [one.id for one in articles[1:]]
    store.write("Topic", [Add(ArticleLabel(new_id(), articles[0].id, "TOPIC", make.who.id, 1))])
    assert not store.listing.read_on(by_her), "what was read is followed"
    assert store.article_ids(where=by_her) == [one.id for one in articles]


def test_what_several_worked_on_is_to_be_decided(store: Store, make: Any) -> None:
    lea, ben, cem = (
        Annotator(new_id(), name, kind)
        for name, kind in (("Lea", "adjudicator"), ("Ben", "person"), ("Cem", "person"))
    )
    one, two, three, four = articles = [make.article(text=f"Text {at}.") for at in range(4)]
    hers, his = (
        [replace(make.span(article, 0, 4), annotator=who.id) for article in several]
        for who, several in ((ben, articles), (cem, (one, two)))
    )
    store.write("Add", map(Add, (lea, ben, cem, *articles, *hers, *his)))

    def undecided(by: Id = lea.id, **more: Any) -> list[Id]:
        return list(store.article_ids(where=ArticleFilter(undecided=True, **more), by=by))

    assert undecided() == [one.id, two.id]
    assert undecided(text="zebra") == undecided(by=ben.id) == []
    found_nothing = ArticleReading(new_id(), three.id, cem.id, "done", 1)
    done = ArticleReading(new_id(), one.id, lea.id, "done", 1)
    decided = replace(make.span(four, 0, 4), annotator=lea.id)
    store.write("Work", [Add(found_nothing), Add(done), Add(decided)])
    assert undecided() == [two.id, three.id]
    store.undo()
    assert undecided() == [one.id, two.id]


@pytest.mark.parametrize("order", ["date", "title"])
def test_many_articles_are_in_order(store: Store, make: Any, order: Any) -> None:
    days = [f"20{10 + at * 7 % 13}-01-01" if at % 5 else "" for at in range(60)]
    made = [
        replace(make.article(text=f"Text {at}.", meta={"published": day}), title=f"{at * 37 % 60:02}")
        for at, day in enumerate(days)
    ]
    store.write("Add", map(Add, made), by=make.who.id)
    expected = {
        "date": sorted(made, key=lambda one: (not one.meta["published"], one.meta["published"])),
        "title": sorted(made, key=lambda one: one.title),
    }
    assert store.article_ids(order) == [one.id for one in expected[order]]


def test_titles_sort_and_are_found_as_python_folds_them(store: Store, make: Any) -> None:
    titles = [
        "Straße 2",
        "STRASSE 1",
        "strasse 3",
        "Éclair",
        "éclair",
        "zebra",
        "Ünder",
        "under",
        "\U00010400x",
    ]
    made = [
        replace(make.article(text=f"Text {at}."), title=title, name="") for at, title in enumerate(titles)
    ]
    unnamed = [
        replace(make.article(name, text=name), title="") for name in ("Tea.txt", "ÄPFEL.txt", "nul\0É")
    ]
    store.write("Add", map(Add, (*made, *unnamed)), by=make.who.id)
    every = sorted((*made, *unnamed), key=lambda one: (one.title or one.name).casefold())
    assert store.article_ids("title") == [one.id for one in every]
    for text, found in (("sSe", made[:3]), ("ÉCL", made[3:5]), ("äpfel", unnamed[1:2])):
        assert store.article_ids(where=ArticleFilter(text=text)) == [one.id for one in found]
    also = ArticleFilter(text="zebra", also={made[0].id, new_id()})
    assert store.article_ids("title", also) == [made[0].id, made[5].id]
