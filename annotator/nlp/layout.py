"""How a text is laid out, as far as capitals are concerned: sentence starts, headlines, shouting."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.nlp.lexicons import Lexicon
from annotator.nlp.tokens import Tokens

_ENDS = frozenset(".!?:;…•*|·")
_OPENS = frozenset("\"“”‘'«„([{-–—``''")
_QUIET = frozenset(("'s", "’s", ",", "-", "–", "&", "'", "’"))
_SHORT = 4
"""In a line of capitals, shorter words tell nothing: prepositions are small, acronyms are not."""
_LEAST_HEADLINE = 4
_LONGEST_HEADLINE = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """What each token's place says about its capitals."""

    opening: list[bool]
    """Starts a sentence, a line or a quotation, where any word has a capital."""
    headline: list[bool]
    """Stands in a line where most words have a capital."""
    shouted: list[bool]
    """Stands among words that are all capitals."""
    breaks: list[bool]
    """A new line starts before it."""
    small: frozenset[str]
    """Words that the text also writes small."""


def layout(tokens: Tokens, lexicon: Lexicon) -> Layout:
    """Look at every line of the text."""
    breaks = _breaks(tokens)
    headline = [False] * len(tokens.words)
    first = 0
    for at in range(1, len(breaks) + 1):
        if at == len(breaks) or breaks[at]:
            if _is_headline(tokens.words[first:at], lexicon):
                headline[first:at] = [True] * (at - first)
            first = at
    return Layout(
        opening=_opening(tokens, breaks),
        headline=headline,
        shouted=_shouted(tokens.words, breaks, lexicon),
        breaks=breaks,
        small=frozenset(word for word in tokens.words if word.islower()),
    )


def _breaks(tokens: Tokens) -> list[bool]:
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    found = [True] * min(1, len(starts))
    find = text.find
    line = -1
    for before, start in zip(ends, starts[1:], strict=False):
        if line < before:
            line = find("\n", before)
            if line < 0:
                line = len(text)
        found.append(line < start)
    return found


def _opening(tokens: Tokens, breaks: list[bool]) -> list[bool]:
    found: list[bool] = []
    starts, ends = tokens.starts, tokens.ends
    after = True
    for at, (word, is_break) in enumerate(zip(tokens.words, breaks, strict=True)):
        found.append(after or is_break)
        if word[0].isalnum():
            after = word[-1] in "!?…"
        elif word in _ENDS or word in _OPENS or word[-1] in "!?…":
            is_hyphen = word == "-" and at > 0 and starts[at] == ends[at - 1]
            after = after or not is_hyphen
    return found


def _is_headline(words: list[str], lexicon: Lexicon) -> bool:
    if not _LEAST_HEADLINE <= len(words) <= _LONGEST_HEADLINE or words[0] == "(":
        return False
    long = [word for word in words if len(word) >= _SHORT and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    if len(long) < 3 or capitals < 0.8 * len(long):
        return False
    # Capitals alone, or a full stop, may be a list of names or a sentence of few words.
    is_doubtful = words[-1] == "." or not any(word.islower() for word in words)
    small = any(word.islower() and word.isalpha() and word not in lexicon.function_words for word in words)
    return not is_doubtful or (len(long) >= 4 and capitals == len(long) and not small)


def _shouted(words: list[str], breaks: list[bool], lexicon: Lexicon) -> list[bool]:
    """Mark runs of words in capitals that hold an everyday word, which no acronym is."""
    found = [False] * len(words)
    end = 0
    for at in [at for at, word in enumerate(words) if word.isupper() and len(word) > 1]:
        if at < end:
            continue
        end = at + 1
        while end < len(words) and _is_loud(words[end]) and not breaks[end]:
            end += 1
        run = [word for word in words[at:end] if len(word) > 1]
        if len(run) > 1 and any(len(word) >= _SHORT and lexicon.is_common(word) for word in run):
            found[at:end] = [True] * (end - at)
    return found


def _is_loud(word: str) -> bool:
    return word.isupper() or word in _QUIET or word.isdigit()
