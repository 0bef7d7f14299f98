"""CoNLL-2012 comes in by its brackets: names, and chains of mentions."""

from __future__ import annotations

from pathlib import Path

from read_again import frames, read, spans


def row(word: str, names: str = "*", chains: str = "-") -> str:
    return f"bc/own 0 0 {word} NNP (TOP*) - - - spk {names} (V*) {chains}"


def part(number: int, *rows: str) -> str:
    return "\n".join([f"#begin document (bc/own); part {number:03}", *rows, "", "#end document", ""])


FIRST = part(
    0,
    row("Ada", "(PERSON*", "(0|(1)"),
    row("Rask", "*)", "0)"),
    row("left"),
    "",
    row("She", chains="(0)"),
    row("saw", chains="(2"),
    row("Oslo", "(GPE)", "(3)|2)"),
)


def test_names_and_chains_are_spans_and_frames(tmp_path: Path) -> None:
    found = read(tmp_path, "own.v4_gold_conll", FIRST + part(1, row("Ben", "(PERSON)")))
    summary, (first, second), _ = found
    assert (dict(summary.formats), summary.problems) == ({"conll": 1}, ())
    assert (first.article.text, second.article.text) == ("Ada Rask left\nShe saw Oslo\n", "Ben\n")
    assert first.article.name == "own.v4_gold_conll:bc/own part 000"
    mentions = [("MENTION", [one]) for one in ("Ada", "Ada Rask", "Oslo", "She", "saw Oslo")]
    assert spans(found) == [("GPE", ["Oslo"]), *mentions, ("PERSON", ["Ada Rask"])]
    assert frames(found) == [("COREFERENCE", [("member", "Ada Rask"), ("member", "She")])]
    assert "columns of syntax, senses and roles of verbs were left out" in summary.notes[0]


def test_brackets_that_do_not_pair_are_named_with_their_lines(tmp_path: Path) -> None:
    text = part(0, row("Ada", "*)", "(4"), "bc/own 0 0 Rask", row("left", "(GPE*", "5)"))
    summary, (content,), _ = read(tmp_path, "own.txt", text)
    assert content.article.text == "Ada left\n"
    assert [str(one) for one in summary.problems] == [
        "own.txt, line 3: the row has 4 columns, expected at least 12 as in CoNLL-2012",
        "own.txt, line 2: a mention of chain 4 does not end",
        "own.txt, line 2: a name ends here that does not begin",
        "own.txt, line 4: a mention of chain 5 ends here that does not begin",
        "own.txt, line 4: the name GPE does not end",
    ]


def test_rows_cut_from_documents_are_an_article_for_each_part(tmp_path: Path) -> None:
    rows = [row("Rask", "*)", "0)"), row("left"), row("Ben", "(PERSON)").replace("bc/own 0", "bc/own 1", 1)]
    found = read(tmp_path, "own.conll", "\n".join([*rows, ""]) + part(2, row("Oslo", "(GPE)")))
    summary, articles, _ = found
    assert [one.article.text for one in articles] == ["Rask left\n", "Ben\n", "Oslo\n"]
    assert [spans(found, at) for at in range(3)] == [[], [("PERSON", ["Ben"])], [("GPE", ["Oslo"])]]
    assert "its rows were cut from a document" in summary.notes[1]
    assert len(summary.problems) == 2  # what ends in the first row begins nowhere


def test_a_file_that_is_cut_says_so_and_brings_what_it_has(tmp_path: Path) -> None:
    summary, (content,), _ = read(tmp_path, "own.conll", FIRST.rpartition("\n\n")[0])
    assert content.article.text == "Ada Rask left\nShe saw Oslo\n"
    assert "has no #end document: the file is incomplete" in str(summary.problems[0])


def test_rows_without_a_tree_are_known_as_well(tmp_path: Path) -> None:
    rows = [
        ["a/b/01", "0", str(at), one, "X", *"-----", "*", "(V*)", "-"]
        for at, one in enumerate(("Ada", "left"))
    ]
    _, (content,), _ = read(tmp_path, "own.gold_conll", "".join("\t".join(row) + "\n" for row in rows))
    assert content.article.text == "Ada left\n"
