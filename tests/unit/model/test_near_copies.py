"""Near copies are told by the runs of words they share, whatever stands around these; passages by pairs."""

from __future__ import annotations

import zlib
from random import Random

import pytest
from growing import growth
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.job import run
from annotator.model.near_copies import NearCopies, SharedRuns, fingerprint, prints_in_steps
from annotator.model.near_copies import _sketch as sketch

REPORT = (
    "The mayor said on Friday that the old bridge would be closed for a year. Nobody had been told before "
    "the vote, a member of the council complained, and the costs were twice what the plan had named. "
)
OTHER = "A heron stood in the shallow water below the mill while two boys sold it a ticket for the fair. "
LINES = [f"Number {at} tells of {at}x{at} and {at + 1}y, of {at}z and of {at}w alone." for at in range(20)]


def pairs_of(*texts: str, share: float = 0.3) -> list[tuple[int, int, float]]:
    runs = SharedRuns()
    for text in texts:
        runs.add(text)
    return run(runs.pairs(share))


class Archive:
    """Articles that are compared, their numbers, and which of them were read again."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.reads: list[int] = []
        self.near = NearCopies(self._read)

    def add(self, text: str) -> tuple[int, float] | None:
        self.texts.append(text)
        return self.near.add(len(self.texts) - 1, text)

    def _read(self, number: int) -> str:
        self.reads.append(number)
        return self.texts[number]


def shared(one: str, other: str) -> float:
    runs, others = fingerprint(one), fingerprint(other)
    return len(runs & others) / max(len(runs), len(others))


def met_runs(one: str, other: str) -> float:
    """Return the share of the few runs by which the second is looked for that the first is held by."""
    held, asked = sketch(one), sketch(other)
    return len({*held} & {*asked}) / max(1, len(asked))


def test_an_article_with_most_of_another_is_nearly_it() -> None:
    archive = Archive()
    assert archive.add("\n".join(LINES)) is None
    assert archive.add(OTHER) is None
    number, share = archive.add(" ".join([*LINES[:19], "A changed last line stands here instead."])) or (9, 0)
    assert number == 0
    assert 0.85 < share < 1
    assert len(archive.near) == 3


def test_other_marks_and_another_dateline_make_no_other_article() -> None:
    archive = Archive()
    archive.add('BELLWATER (Wire) - The mayor said: "We close the bridge, and we close it - now." ' + REPORT)
    found = archive.add(
        "By Ada Ortiz\n\nThe Mayor said: “We close the bridge, and we close it – now.” " + REPORT
    )
    assert found is not None
    assert found[0] == 0


@given(st.lists(st.integers(0, 19), unique=True, min_size=10), st.lists(st.integers(0, 19), unique=True))
def test_what_is_met_is_told_by_all_runs(ours: list[int], theirs: list[int]) -> None:
    """Lines in another order share long runs only by chance: two articles of such lines may never meet."""
    archive = Archive()
    first, second = (" ".join(LINES[at] for at in some) for some in (ours, theirs))
    archive.add(first)
    share, met = shared(first, second), met_runs(first, second)
    assert archive.add(second) == ((0, share) if share > 0.8 and met >= 0.2 else None)


@given(st.lists(st.integers(0, 19), unique=True, min_size=10), st.data())
def test_a_line_more_or_less_hides_no_copy(ours: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(ours) - 1))
    more = data.draw(st.sampled_from([LINES[ours[at]], OTHER.strip()[:60], ""]))
    lines = [LINES[one] for one in ours]
    archive = Archive()
    archive.add(" ".join(lines))
    for copy in ([*lines[:at], *lines[at + 1 :]], [*lines[:at], more, *lines[at:]]):
        share = shared(" ".join(lines), " ".join(copy))
        assert archive.near.find(" ".join(copy)) == (0, share)
        assert share > 0.8


@given(st.integers(40, 400), st.integers(0, 9), st.randoms(use_true_random=False))
def test_words_changed_here_and_there_hide_no_copy(length: int, changed: int, dice: Random) -> None:
    words = [
        dice.choice(["and", "bridge", "council", "representatives"]) + f"{at % 97}" for at in range(length)
    ]
    copy = [*words]
    for at in dice.sample(range(length), min(changed, length // 40)):
        copy[at] = "another"
    archive = Archive()
    archive.add(" ".join(words))
    share = shared(*(" ".join(some) for some in (words, copy)))
    assert (archive.add(" ".join(copy)) == (0, share)) == (share > 0.8)


def test_only_what_may_be_a_copy_is_read_again() -> None:
    archive = Archive()
    for at in range(30):
        number = f"{at} " * 3
        # All share what stands about everybody, and nothing else.
        text = f"{REPORT}" + "".join(f"word{one}x{number} and more{one}y{number}. " for one in range(100))
        assert archive.add(text) is None
    assert archive.reads == []
    assert archive.near.find(archive.texts[7] + "More.") == (7, pytest.approx(1, abs=0.02))
    assert archive.near.find(archive.texts[7] + "Again.") is not None
    assert archive.reads == [7]


def test_a_part_of_an_article_is_not_nearly_it() -> None:
    archive = Archive()
    archive.add("\n".join(LINES))
    assert archive.add("\n".join(LINES[:8])) is None
    assert archive.add("") is None
    assert archive.add("Short. Lines.") is None
    assert archive.add("Short. Lines.") is None


@pytest.mark.parametrize("count", [1, 30], ids=["few", "many"])
def test_a_text_is_looked_for_among_few_and_among_many(count: int) -> None:
    archive = Archive()
    for at in range(count):
        archive.add(REPORT.replace("the", f"the{at} next{at}") + f"a{at} b{at} c{at} d{at} e{at} f{at} " * 9)
    assert archive.near.find(OTHER) is None
    found = archive.near.find(REPORT.replace("the", "the0 next0") + "a0 b0 c0 d0 e0 f0 " * 8)
    number, share = found or (9, 0)
    assert (number, share > 0.8) == (0, True)


def test_nothing_is_nearly_the_same_as_nothing() -> None:
    assert Archive().near.find(REPORT) is None


def test_a_copy_with_another_head_and_altered_words_shares_passages() -> None:
    altered = "Council news. " + REPORT.replace("Friday", "Thursday").replace("costs", "expenses")
    ((one, other, share),) = pairs_of(REPORT, altered, OTHER)
    assert (one, other) == (0, 1)
    assert 0.3 <= share < 1


def test_what_everybody_prints_makes_no_copies() -> None:
    notice = "All rights of this paper are reserved and no part of it may be sold or lent to anybody. "
    assert pairs_of(*(notice + f"x{at} y{at} z{at} " * 30 for at in range(30))) == []


@given(st.text(max_size=200))
def test_a_text_is_a_copy_of_itself_and_empty_ones_are_of_none(text: str) -> None:
    found = pairs_of(text, text.upper(), share=0.99)
    words = len(fingerprint(text))
    assert bool(found) == bool(words) or text.upper().casefold() != text.casefold()


@given(st.integers(0, 12), st.integers(0, 12))
def test_eight_words_that_two_texts_share_are_always_seen(before: int, after: int) -> None:
    shared = "one two three four five six seven eight"
    one = " ".join([*(f"a{at}" for at in range(before)), shared, *(f"b{at}" for at in range(after))])
    other = " ".join([*(f"c{at}" for at in range(after)), shared, *(f"d{at}" for at in range(before))])
    assert fingerprint(one) & fingerprint(other)


def test_a_text_without_blanks_takes_time_with_its_length_alone():
    # Where each character looks at all that follow, it is 16 times as much.
    assert growth(lambda length: Archive().add("x" * length), 100_000, 400_000) < 10


def test_runs_are_the_least_of_four_neighbours():
    words = [f"Word{one}," for one in range(40)]
    texts = [" ".join(words[at : at + 5]).lower().replace(",", "") for at in range(36)]
    runs = [*map(zlib.crc32, map(str.encode, texts))]
    assert fingerprint(" ".join(words)) == {min(runs[at : at + 4]) for at in range(33)}


@pytest.mark.parametrize("text", ["", "!", "one two three four", "a b c d e f g"])
def test_short_texts_have_one_run_or_none(text):
    assert len(fingerprint(text)) == (len(text.split()) >= 5)


def test_words_are_what_stands_between_anything_else():
    assert fingerprint("a\tb\u00a0c—d\n\x1ce_f  g’s") == fingerprint("A b c D e_F g s")


@pytest.mark.parametrize("count", [0, 1, 7, 8, 10, 11, 12, 17, 18, 19, 40])
def test_a_long_text_is_taken_up_in_steps(monkeypatch, count):
    monkeypatch.setattr("annotator.model.near_copies._PIECE", 5)
    text = " ".join(f"word{at * 7919 % 97}" for at in range(count))
    steps: list[None] = []
    assert run(prints_in_steps(text), steps.append) == fingerprint(text)
    assert len(steps) == max(0, -(-(count - 7) // 5) - 1)


def test_how_much_two_articles_share_is_exact() -> None:
    text = " ".join(f"w{at}" for at in range(300))
    for count in (89, 91, 93, 95, 100):
        other = (
            " ".join(text.split()[100 : 100 + count]) + " " + " ".join(f"o{at}" for at in range(300 - count))
        )
        found = [(one, other, round(share, 4)) for one, other, share in pairs_of(text, other)]
        share = (count - 4) / 296
        assert found == ([(0, 1, round(share, 4))] if share >= 0.3 else []), count


def test_copies_of_one_report_are_found_however_many_they_are() -> None:
    report = [f"w{at}" for at in range(200)]
    copies = [" ".join([*report[:at], f"own{at}", *report[at + 1 :]]) for at in range(40)]
    for at in (3, 4):
        copies[at] += REPORT  # what only two have is looked at in another way
    found = [(one, other) for one, other, _ in pairs_of(*copies)]
    assert {(at, at + 1) for at in range(39)} <= {*found}
    assert len(found) == len({*found})
