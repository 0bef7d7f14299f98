"""Which article comes next: unsure suggestions and new speakers first, near-copies and done ones last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import new_id
from annotator.model.records import Actor, Article, ArticleContent, Fragment, Span, SuggestedSpan
from annotator.model.usefulness import Candidate, by_usefulness, candidate, runs_of

TEXT = " ".join(f"word{number}" for number in range(400))
OTHER = " ".join(f"thing{number}" for number in range(400))


def one(doubt=0.0, speakers=(), text="", *, is_done=False):
    return Candidate(new_id(), doubt, frozenset(speakers), runs_of(text), is_done)


def order(*candidates):
    places = {each.article: at for at, each in enumerate(candidates)}
    return [places[article] for article in by_usefulness(candidates)]


def test_unsure_suggestions_come_first():
    assert order(one(doubt=1), one(doubt=9), one(doubt=4)) == [1, 2, 0]


def test_new_speakers_count_once():
    first, same, other = one(speakers="abc"), one(speakers="ab"), one(speakers="de")
    assert order(first, same, other) == [0, 2, 1]


def test_speakers_of_done_articles_are_not_new():
    assert order(one(speakers="abc"), one(speakers="d"), one(speakers="abc", is_done=True)) == [1, 0, 2]


def test_a_near_copy_sinks_below_what_is_new():
    copy = TEXT.replace("word7 ", "wort7 ")
    assert order(one(doubt=9, text=TEXT), one(doubt=8, text=copy), one(doubt=1, text=OTHER)) == [0, 2, 1]


def test_done_articles_come_last_in_their_order():
    assert order(one(is_done=True), one(doubt=1), one(is_done=True)) == [1, 0, 2]


def test_the_same_words_give_the_same_runs_and_few_of_them():
    assert runs_of(TEXT) == runs_of(TEXT.upper())
    assert 5 < len(runs_of(TEXT)) < 80
    assert runs_of("too few words") == frozenset()


def test_a_candidate_reads_open_suggestions_and_who_speaks():
    article = Article(new_id(), "a.txt", "A", TEXT, "")
    places = (Fragment(0, 4),)
    actor = Actor(new_id(), "Ada Quist")

    def suggested(score, state="open", **attributes):
        return SuggestedSpan(
            new_id(), article.id, "PERSON", places, score, "rules 1", "", 1, attributes, state
        )

    content = ArticleContent(
        article,
        spans=(Span(new_id(), article.id, "SOURCE", places, new_id(), 1, actor=actor.id),),
        suggested_spans=(
            suggested(0.5, actor="the ISIS"),
            suggested(0.75),
            suggested(1.0),
            suggested(0.5, "rejected"),
        ),
        actors=(actor,),
    )
    found = candidate(content, is_done=False)
    assert found.doubt == 1.5
    assert found.speakers == {"isis", "ada quist"}


@given(
    st.lists(
        st.tuples(st.floats(0, 50), st.frozensets(st.sampled_from("abcdef")), st.booleans()), max_size=20
    )
)
def test_every_article_comes_once(rows):
    candidates = [one(doubt, speakers, is_done=done) for doubt, speakers, done in rows]
    assert sorted(order(*candidates)) == list(range(len(rows)))
