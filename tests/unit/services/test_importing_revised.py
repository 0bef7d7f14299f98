"""A newer file of an annotator: what it has otherwise and lacks is told, and taken over where one says so."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from made_projects import Plan, all_facts, bring, export, project_in

from annotator.model.errors import NotAllowed, UserError
from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import Annotator, Article, ArticleLabel, Fragment, RoleEnd
from annotator.model.text import sha256_of
from annotator.services.importing import Revised
from annotator.services.project import Project

TEXT = "The mayor said the old bridge is safe for now. Rask-Holt said no, and the mayor said yes."


class Weeks:
    """The lead's project, and the copy that Ben works in."""

    def __init__(self, lead: Project, copy: Project, out: Path, articles: tuple[bytes, ...]) -> None:
        self.lead, self.copy, self.out, self.articles = lead, copy, out, articles

    def send(self, *, newer: str = "", alone: bool = True) -> Any:
        by = {"annotator": self.copy.annotator.id} if alone else {}
        export(self.copy, self.out, "jsonl", **by)
        return bring(self.lead, self.out, newer=newer)

    def same(self) -> bool:
        """Whether the lead's project has Ben's work as it is in the copy."""
        found = [
            {
                article: (
                    {
                        (one.id, one.label, one.fragments, one.note, *one.attributes.items())
                        for one in c.spans
                    },
                    {(one.id, one.label, one.roles, *one.attributes.items()) for one in c.frames},
                    {(one.layer, one.stretch) for one in c.nothing_here},
                    {one.state for one in c.readings},
                )
                for article in self.articles
                for c in project.contents({self.copy.annotator.id}, [article])
            }
            for project in (self.lead, self.copy)
        ]
        return found[0] == found[1]


@pytest.fixture
def weeks(tmp_path: Path) -> Iterator[Weeks]:
    with project_in(tmp_path, "lead") as lead:
        articles = [
            Article(new_id(), f"{n}.txt", "", f"{TEXT} {n}", sha256_of(f"{TEXT} {n}")) for n in range(2)
        ]
        lead.write_import(Plan([*articles, Annotator(new_id(), "Ben")]))
        lead.add_span(articles[0].id, "CLAIM", [Fragment(15, 45)], note="of the lead")
        run(lead.copy_to(tmp_path / "copy.annot"))
        copy = Project.open(tmp_path / "copy.annot", "Ben")
        try:
            yield Weeks(lead, copy, tmp_path / "ben.jsonl", tuple(one.id for one in articles))
        finally:
            copy.close()


def first_week(weeks: Weeks) -> tuple[bytes, ...]:
    """Ben marks two claims, a source and a frame of them; returns their ids."""
    copy, article = weeks.copy, weeks.articles[0]
    made = [
        copy.add_span(article, label, [Fragment(*place)]).changes[0].after.id
        for label, place in (("CLAIM", (15, 45)), ("SOURCE", (0, 9)), ("CLAIM", (47, 64)))
    ]
    ends = [RoleEnd("claim", "span", made[0]), RoleEnd("source", "span", made[1])]
    made.append(copy.add_frame(article, "TELLS", ends).changes[0].after.id)
    assert weeks.send().labelled
    assert weeks.same()
    return tuple(made)


def second_week(weeks: Weeks, claim: bytes, source: bytes, other: bytes, frame: bytes) -> None:
    copy = weeks.copy
    copy.change_span(claim, fragments=[Fragment(19, 45)])
    copy.add_span(weeks.articles[0], "CLAIM", [Fragment(15, 45)])  # where the changed one was
    copy.change_span(other, label="SOURCE", note="who?")
    copy.remove([source])
    copy.change_frame(frame, attributes={"denied": "yes"})
    copy.set_reading(weeks.articles[0], "done")


def test_what_was_changed_and_removed_is_told_and_left_alone(weeks):
    made = first_week(weeks)
    second_week(weeks, *made)
    before = weeks.lead.content(weeks.articles[0])
    summary = weeks.send()
    after = weeks.lead.content(weeks.articles[0])
    assert summary.revised == (Revised("Ben", changed=3, removed=1),)
    assert (after.spans, after.frames) == (before.spans, before.frames)
    assert [one.state for one in after.readings if one.annotator == weeks.copy.annotator.id] == ["done"], (
        "that it is done is new, and takes nothing away"
    )


def test_the_newer_state_takes_the_place_of_the_older_in_one_step(weeks):
    made = first_week(weeks)
    lead, article = weeks.lead, weeks.articles[0]
    mine = lead.add_frame(article, "TELLS", [RoleEnd("source", "span", made[1])]).changes[0].after
    both = [RoleEnd("claim", "span", made[0]), RoleEnd("source", "span", made[1])]
    kept = lead.add_frame(article, "TELLS", both).changes[0].after
    second_week(weeks, *made)
    before = all_facts(lead)
    summary = weeks.send(newer="Ben")
    assert summary.revised == (Revised("Ben", changed=3, removed=1, is_taken=True),)
    assert summary.joined == ("ben.jsonl, line 1: 0.txt: 1 new, 3 changed, 1 removed",)
    assert weeks.same()
    frames = {one.id: one for one in lead.content(article).frames}
    assert mine.id not in frames, "nothing is left in it"
    assert frames[kept.id].roles == (both[0],)
    assert any(one.note == "of the lead" for one in lead.content(article).spans)
    assert run(lead.check()) == ()
    lead.undo()
    assert all_facts(lead) == before
    lead.redo()
    assert weeks.same()
    again = weeks.send(newer="Ben")
    assert (again.revised, again.joined) == ((), ())


def test_others_stay_as_they_are_whatever_an_older_copy_has_of_them(weeks):
    first_week(weeks)
    lead = weeks.lead
    (own,) = (one for one in lead.content(weeks.articles[0]).spans if one.note)
    lead.change_span(own.id, fragments=[Fragment(15, 37)])
    lead.add_span(weeks.articles[1], "CLAIM", [Fragment(0, 9)])
    summary = weeks.send(newer="Ben", alone=False)
    assert summary.revised == (Revised("Anna", changed=1, removed=1),)
    assert len(lead.content(weeks.articles[1]).spans) == 1
    assert weeks.same()


def test_who_is_named_and_claim_cards_stay_as_the_lead_decided(weeks):
    claim, source, *_ = first_week(weeks)
    lead = weeks.lead
    actor = lead.add_actor("The mayor", span=source).changes[0].record.id
    card = lead.add_claim_card("The bridge is safe.", [claim]).changes[0].record.id
    weeks.copy.change_span(claim, attributes={"kind": "direct"})
    assert weeks.send().revised == (Revised("Ben", changed=1, removed=0),)
    weeks.send(newer="Ben")
    spans = {one.id: one for one in lead.content(weeks.articles[0]).spans}
    assert (spans[source].actor, spans[claim].claim_card) == (actor, card)
    assert spans[claim].attributes == {"kind": "direct"}


def test_actors_that_were_joined_here_stay_so_and_others_of_a_frame_follow(weeks):
    *_, frame = first_week(weeks)
    lead, copy = weeks.lead, weeks.copy
    mayor, other = (copy.add_actor(name).changes[0].record.id for name in ("The mayor", "A. Rask"))
    copy.link(frame, "by", "actor", mayor)
    weeks.send(newer="Ben")
    known = lead.add_actor("Mayor Rask").changes[0].record.id
    lead.pairs.merge(known, mayor)
    assert weeks.send().revised == ()
    assert [one.name for one in lead.actors()] == ["Mayor Rask"], "who was merged does not come back"
    copy.change_frame(frame, note="sure")
    weeks.send(newer="Ben")
    (now,) = (one for one in lead.content(weeks.articles[0]).frames if one.id == frame)
    assert (now.note, now.ends("by")) == ("sure", (known,))
    copy.unlink(frame, "by", mayor)
    copy.link(frame, "by", "actor", other)
    weeks.send(newer="Ben")
    (now,) = (one for one in lead.content(weeks.articles[0]).frames if one.id == frame)
    assert now.ends("by") == (other,)
    assert run(lead.check()) == ()


def test_a_frame_that_became_like_another_one_is_changed_and_stays_itself(weeks):
    claim, source, _, frame = first_week(weeks)
    copy, article = weeks.copy, weeks.articles[0]
    own = copy.add_frame(article, "TELLS", [RoleEnd("claim", "span", claim)]).changes[0].after.id
    weeks.send(newer="Ben")
    copy.link(own, "source", "span", source)
    assert weeks.send(newer="Ben").revised == (Revised("Ben", changed=1, removed=0, is_taken=True),)
    assert {one.id for one in weeks.lead.content(article).frames} == {frame, own}
    assert weeks.same()


def test_who_has_removed_all_of_an_article_has_nothing_there(weeks):
    article, label = weeks.articles[1], new_id()
    weeks.copy.write_import(Plan([ArticleLabel(label, article, "TOPIC", weeks.copy.annotator.id, 5)]))
    span = weeks.copy.add_span(article, "CLAIM", [Fragment(0, 9)]).changes[0].after
    first_week(weeks)
    weeks.copy.remove([span.id, label])
    weeks.copy.record_nothing(article, "all")
    assert weeks.send(newer="Ben").revised == (Revised("Ben", changed=0, removed=2, is_taken=True),)
    assert (weeks.lead.content(article).spans, weeks.lead.content(article).labels) == ((), ())
    assert weeks.same()


def test_of_two_files_of_the_same_annotator_none_is_the_newer_one(weeks, tmp_path):
    first_week(weeks)
    export(weeks.copy, tmp_path / "again.jsonl", "jsonl", annotator=weeks.copy.annotator.id)
    with pytest.raises(UserError, match=r"again\.jsonl"):
        bring(weeks.lead, weeks.out, tmp_path / "again.jsonl", newer="Ben")


def any_step(copy: Project, article: bytes, chance: random.Random) -> None:
    """Do anything to Ben's labels, which may be refused."""
    (c,) = copy.contents({copy.annotator.id}, [article])
    start = chance.randrange(80)
    place = [Fragment(start, start + chance.randrange(1, 9))]
    claims = [one.id for one in c.spans if one.label == "CLAIM"]
    match chance.randrange(6):
        case 0 if c.spans:
            copy.remove([chance.choice(c.spans).id])
        case 1 if c.frames:
            copy.remove([chance.choice(c.frames).id])
        case 2 if c.spans:
            copy.change_span(chance.choice(c.spans).id, fragments=place)
        case 3 if claims:
            copy.add_frame(article, "TELLS", [RoleEnd("claim", "span", chance.choice(claims))])
        case 4 if claims and c.frames:
            copy.link(chance.choice(c.frames).id, "claim", "span", chance.choice(claims))
        case _:
            copy.add_span(article, chance.choice(("CLAIM", "SOURCE")), place)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_work_in_the_copy_it_is_the_same_in_the_project(weeks, seed):
    chance = random.Random(seed)
    for _ in range(3):
        for _ in range(12):
            with suppress(NotAllowed):
                any_step(weeks.copy, chance.choice(weeks.articles), chance)
        before = all_facts(weeks.lead)
        weeks.send(newer="Ben")
        assert weeks.same()
        assert run(weeks.lead.check()) == ()
        weeks.lead.undo()
        assert all_facts(weeks.lead) == before
        weeks.lead.redo()
