"""Format `brat`: a folder of texts, each with its standoff (.ann) beside it, and an annotation.conf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from annotator.exchange.brat.brat_conf import VISUAL, conf_text, declared, read_visual, visual_text
from annotator.exchange.brat.brat_in import CONF, PAIR, conf_of, read_article, standoff_of, text_of
from annotator.exchange.brat.brat_lines import Lines, link_piece, read_lines, said_piece
from annotator.exchange.brat.brat_names import Names
from annotator.exchange.brat.brat_out import Standoff, Written
from annotator.exchange.encoding import decode
from annotator.exchange.file_names import FileNames
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes
from annotator.exchange.whose import WHOSE_STANDOFF
from annotator.model.errors import UserError
from annotator.model.formats import (
    SAMPLE,
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Option,
    Preview,
    Target,
)
from annotator.model.ids import Id
from annotator.model.proof import Piece, not_whole
from annotator.model.records import ArticleContent
from annotator.model.scheme import Scheme

SUFFIXES = (".ann", *PAIR)
_CONF_KEYS = {CONF: f"{CONF}/", VISUAL: f"{VISUAL}/"}
"""What configurations are called in a proof, where no article can be."""


class BratImporter:
    """Reads standoff and the text that it belongs to as one article."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def parts(self, path: Path, options: ImportOptions) -> Collection[Path]:
        """Return what is read with a file: text and standoff, as one article, and their configuration."""
        text, _by = text_of(path, options)
        own = standoff_of(path)
        if path in own[1:]:
            return []
        conf = conf_of(path)
        shown = conf.with_name(VISUAL) if conf and any(read_visual(conf)) else None
        return [one for one in (text, *own, conf, shown) if one is not None and one != path]

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the standoff."""
        data = read_bytes(standoff_of(path)[0], TEXT_FILE_LIMIT)
        found = decode(data or b"\n", options.encoding)
        return Preview(rows=1, encoding=found.encoding, sample=found.text[:SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield the article with its marks; raises UserError that names the text where there is none."""
        return read_article(path, options)


class BratExporter:
    """Writes a text and its standoff for each article, and a configuration for all."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what standoff cannot hold of an article."""
        return +source.once(_written, content).left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all articles, yielding how many are written."""
        names, files = _names(source.scheme, source.chosen.get("names", "")), FileNames()
        relations: set[str] = set()
        events: set[str] = set()
        for count, content in enumerate(source.contents, 1):
            written = source.once(_written, content)
            stem = files.stem(content.article.name)
            target.open(f"{stem}.txt").write(content.article.text.encode())
            target.open(f"{stem}.ann").write("".join(f"{line}\n" for line in written.lines).encode())
            source.proof.wrote(stem, content.article.text, written.pieces)
            relations |= written.relations
            events |= written.events
            yield count
        conf = conf_text(source.scheme, names, relations, events)
        for name, said in ((CONF, conf), (VISUAL, visual_text(names))):
            if said:
                target.open(name).write(said.encode())
                source.proof.wrote(_CONF_KEYS[name], said, ())

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read configuration, texts and standoff, yielding how many agree.

        Raises UserError on the first that is another one, or that has a name which is not declared.
        """
        keys = [*source.proof.keys()]
        texts = [_conf_again(path, name, source) for name, key in _CONF_KEYS.items() if key in keys]
        known = declared(texts[0])
        stems = (one for one in keys if one not in _CONF_KEYS.values())
        for count, stem in enumerate(stems, 1):
            text = (path / f"{stem}.txt").read_bytes().decode()
            lines = read_lines((path / f"{stem}.ann").read_bytes().decode())
            source.proof.check(stem, text, _pieces(lines, text, stem))
            _check_declared(lines, known, stem)
            yield count
        source.proof.check_count(len(list(path.glob("*.ann"))) + len(texts))


def _conf_again(path: Path, name: str, source: ExportSource) -> str:
    text = (path / name).read_bytes().decode()
    try:
        source.proof.check(_CONF_KEYS[name], text, ())
    except UserError as error:
        raise not_whole(name) from error
    return text


def _check_declared(lines: Lines, known: Mapping[str, Collection[str]], stem: str) -> None:
    """Raise UserError where brat would not know the name on a line, as the configuration does not have it."""
    named = {("T", one.label) for one in lines.words.values()}
    named |= {(one.key[0], one.label) for one in lines.links}
    named |= {("A", one.name) for one in lines.said if one.key[0] == "A"}
    for kind, name in named:
        if name not in known[kind]:
            raise UserError(
                "The standoff that was written for {stem!r} has {name!r}, which {conf} does not declare;"
                " nothing was put in place.",
                stem=stem,
                name=name,
                conf=CONF,
            )


def _pieces(lines: Lines, text: str, stem: str) -> Iterator[Piece]:
    """Yield what T lines cover and what the others say; raises UserError where they do not hold together."""
    known = lines.keys | {one.key for one in lines.links}
    pointed = [end for one in lines.links for _, end in one.ends] + [one.about for one in lines.said]
    if lines.faults or lines.loose or not known.issuperset(pointed):
        raise UserError(f"The standoff that was written for {stem!r} does not hold together.")
    shown = {one.trigger for one in lines.links}
    for one in lines.words.values():
        covered = [text[start:end] for start, end in one.pieces]
        said = " ".join(covered)
        if said != one.quote and said.split() != (one.quote or "").split():
            raise UserError(f"In the standoff written for {stem!r}, {one.key} does not cover what it says.")
        if one.key not in shown:
            yield one.label, covered
    yield from (link_piece(one.key, one.label, one.trigger, one.ends) for one in lines.links)
    yield from (said_piece(one.name, one.about, one.value) for one in lines.said)


def _written(content: ArticleContent, source: ExportSource) -> Written:
    return Standoff(content, _names(source.scheme, source.chosen.get("names", ""))).written()


@lru_cache(maxsize=1)
def _names(scheme: Scheme, names: str) -> Names:
    """Return the names of a scheme, which are the same for all articles."""
    return Names(scheme, is_polnear=names == "polnear")


FORMAT = Format(
    "brat",
    "brat standoff (a folder of .txt and .ann)",
    SUFFIXES,
    BratImporter(),
    BratExporter(),
    about=(
        "Texts with stand-off annotation beside them, as brat, PolNeAR and many corpora have it. "
        "Positions are characters. A folder holds one .txt and one .ann per article, and annotation.conf; "
        "names of labels and attributes that brat cannot have stand in visual.conf: it shows them, and they "
        "come back. A "
        "span that goes over the end of a line (for brat, U+2028 and U+0085 are such, too) is in pieces, as "
        "brat has it, and in one when it comes back. "
        "BioNLP's pairs of .a1 and .a2 are read as one file, its lines counted on."
    ),
    example=(
        "T1\tSOURCE 0 9\tThe mayor\n"
        "T2\tCUE 10 14\tsaid\n"
        "T3\tCLAIM 15 33;39 46\tthe bridge is safe for now\n"
        "T4\tATTRIBUTION 10 14\tsaid\n"
        "E1\tATTRIBUTION:T4 claim:T3 source:T1 cue:T2\n"
        "A1\ttype T3 fact\n"
        "#1\tAnnotatorNotes T3\tsaid twice"
    ),
    lost=(
        "title, language and facts of the article, and the kinds of its paragraphs",
        "who made a record, when, and whether it was suggested",
        "actors and claim cards, and ends of frames that are such; frames that no words show",
        "labels of whole articles, recorded emptiness, suggestions",
        "line breaks in notes, at the ends of spans, and as gaps in spans",
        "characters of names other than letters a to z, figures, _ and -",
    ),
    options_in=(WHOSE_STANDOFF,),
    options_out=(
        Option("names", "Names of labels", ("scheme", "polnear"), ("as in the scheme", "as in PolNeAR")),
    ),
)
