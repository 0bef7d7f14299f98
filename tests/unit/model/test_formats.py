"""What an exporter is given: what two steps need of an article is made once."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.formats import ExportSource
from annotator.model.ids import new_id
from annotator.model.records import Article, ArticleContent
from annotator.model.scheme import Scheme


def content_of(text: str) -> ArticleContent:
    article = Article(new_id(), "a", "", text, "", "en", {}, (), 0)
    return ArticleContent(article, (), (), (), (), (), (), (), (), (), ())


def test_an_article_is_worked_out_once_until_the_next_one() -> None:
    source = ExportSource(Scheme("s", "", ()), {}, ())
    made: list[str] = []

    def length(content: ArticleContent, given: ExportSource) -> int:
        assert given is source
        made.append(content.article.text)
        return len(content.article.text)

    def twice(content: ArticleContent, given: ExportSource) -> int:
        return 2 * given.once(length, content)

    one, other = content_of("one"), content_of("other")
    assert [source.once(length, one), source.once(twice, one), source.once(length, one)] == [3, 6, 3]
    assert source.once(twice, other) == 10
    assert made == ["one", "other"]
    # An equal article is another one, and so is one of which something was left out.
    assert source.once(length, replace(other)) == 5
    assert made == ["one", "other", "other"]
