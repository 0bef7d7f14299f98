"""`annotator cues`: lists the cues that a project has of its own, or changes them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import asdict

from annotator.cli.command import Answer, Command, add_project, as_usage, counted
from annotator.cli.projects import opened
from annotator.cli.talk import Talk
from annotator.model.errors import WrongChoice
from annotator.model.listed import listed
from annotator.model.own_cues import GROUPS, checked, is_cue, left_out, shown, without
from annotator.services.cues import keep, own
from annotator.services.learning import known, offered, parser_of


def _add(parser: argparse.ArgumentParser) -> None:
    add_project(parser)
    what = "a verb, a colon and what follows it, as in “double down : +on”; may be given again"
    for option, meaning in (("--add", what), ("--remove", "one that is listed; may be given again")):
        parser.add_argument(
            option, metavar="CUE", type=as_usage(checked), action="append", default=[], help=meaning
        )
    parser.add_argument(
        "--without",
        metavar="GROUPS",
        type=as_usage(_groups),
        help=f"the groups whose cues do not count, separated by commas, of {', '.join(GROUPS)};"
        " `none` lets all count",
    )


def _groups(words: str) -> tuple[str, ...]:
    found = () if words == "none" else tuple(dict.fromkeys(one.strip() for one in words.split(",")))
    for one in found:
        if one not in GROUPS:
            raise WrongChoice(
                "There is no group “{name}”; there are: {known}.", name=one, known=listed(GROUPS)
            )
    return found


def _run(args: argparse.Namespace, talk: Talk) -> Answer:
    with opened(args.project, talk) as project:
        before = own(project)
        added, gone = args.add, args.remove
        for one in gone:
            if one not in before:
                raise WrongChoice(
                    "“{line}” is no cue of this project; it has: {known}.", line=one, known=listed(before)
                )
        if added or gone or args.without is not None:
            groups = left_out(before) if args.without is None else args.without
            cues = (one for one in (*before, *added) if one not in gone and is_cue(one))
            keep(project, (*cues, *(without(one) for one in GROUPS if one in groups)))
        learned = known(project.path, project.scheme, parser_of(project))
        offers = talk.work("Reading", offered(project))
        return {
            "project": str(project.path),
            "cues": list(filter(is_cue, own(project))),
            "without": [one for one in GROUPS if one in left_out(own(project))],
            "learned": list(learned.cues) if learned is not None else [],
            "offered": [asdict(one) for one in offers],
        }


def _lines(answer: Answer) -> Iterable[str]:
    yield from (f"{one}   ({shown(one)})" for one in answer["cues"])
    if not answer["cues"]:
        yield "This project has no cues of its own."
    for one in answer["without"]:
        yield f"without: {one}   ({GROUPS[one]} …)"
    for one in answer["learned"]:
        yield f"learned: {one}   ({shown(one)})"
    for one in answer["offered"]:
        where = f"{counted(one['times'], 'time')} in {counted(one['articles'], 'article')}"
        yield f"offered: {one['line']}   ({shown(one['line'])}; marked {where})"


COMMAND = Command("cues", "list or change the cues that a project has of its own", _add, _run, _lines)
