"""The invented articles that attributions are measured on, and the marks they are written with."""

from __future__ import annotations

from benchmarks.quality_fresh import read_fresh, read_marked


def test_marks_are_read() -> None:
    one = read_marked(
        "a",
        "{q1 It {s2 he} {c2 says} {q2 leaks},} {c1 said} {s1 Quill}, "
        "{c3=1 asking} {q3 why}. {c4- Asked} {q4 if}",
    )
    assert one.text == "It he says leaks, said Quill, asking why. Asked if"
    words = [
        tuple(
            tuple(one.text[start:end] for start, end in part) for part in (held.source, held.cue, held.claim)
        )
        for held in one.annotations[0]
    ]
    assert words == [
        (("Quill",), ("said",), ("It he says leaks,",)),
        (("he",), ("says",), ("leaks",)),
        (("Quill",), ("asking",), ("why",)),
        ((), ("Asked",), ("if",)),
    ]


def test_every_invented_attribution_has_what_is_said() -> None:
    articles = list(read_fresh())
    assert len(articles) == 12
    for article in articles:
        assert not {"{", "}"} & set(article.text)
        assert all(one.claim for one in article.annotations[0])
    assert sum(len(article.annotations[0]) for article in articles) > 300
