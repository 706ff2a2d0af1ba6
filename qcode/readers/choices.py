"""What a researcher may choose about how a file is read. Left alone, each choice is what serves most files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class ReadAs(StrEnum):
    """What the characters of a text file are: what its name and its beginning say, text as it stands, or Markdown."""

    FOUND = ""
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class SurveyChoices:
    """How the columns of a survey are taken; they are named as in `Survey.columns`.

    `texts` are the columns of which the text is made, `left_out` those that nobody needs, `respondent` the one that
    names the respondents (found when empty), all others are variables. With `apart` each respondent becomes a source
    that has these variables, and where no texts are named, they are the columns in which people wrote sentences.
    Else all respondents are one source, under a heading each, made of all columns where no texts are named.
    """

    texts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    respondent: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """How one file is to be read. A reader heeds what concerns its format (`Reader.heeds`) and passes over the rest.

    encoding            Python's name for it; it overrules what is found or guessed
    read_as             text files alone: with marks that mean something, or each character as it stands
    article_only        web pages: the main part alone, where the page marks one
    keep_heads          PDF: running heads and page numbers stay in the text
    keep_hyphens        PDF: words divided at the end of a line keep their hyphen
    keep_pages_apart    PDF: the end of a page or column ends the paragraph
    join_broken         text and Markdown: a paragraph that was broken in the middle of a sentence is made whole
    mark_headings       text and Markdown without headings: short lines that stand alone above what they head are some
    leave_out_comments  Word documents: the comments are not kept as spans
    mark_speakers       any text: a turn that begins with the name of its speaker becomes a speaker span ...
    speakers            ... of these names alone, as `speakers.propose` gives them; of all it proposes when empty
    survey              surveys: how the columns are taken
    """

    encoding: str = ""
    read_as: ReadAs = ReadAs.FOUND
    article_only: bool = False
    keep_heads: bool = False
    keep_hyphens: bool = False
    keep_pages_apart: bool = False
    join_broken: bool = False
    mark_headings: bool = False
    leave_out_comments: bool = False
    mark_speakers: bool = False
    speakers: tuple[str, ...] = ()
    survey: SurveyChoices = SurveyChoices()


AS_USUAL = ReadingChoices()
SPEAKERS = ("mark_speakers", "speakers")
TEXT_CHOICES = frozenset(("encoding", "read_as", "join_broken", "mark_headings", *SPEAKERS))


def told(choices: ReadingChoices) -> dict[str, Any]:
    """Write choices as plain data, for the reading process."""
    return asdict(choices)


def understood(data: Mapping[str, Any]) -> ReadingChoices:
    """Make the choices again that `told` wrote."""
    plain = {field.name: data[field.name] for field in fields(ReadingChoices)}
    survey: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in plain["survey"].items()
    }
    changed = {
        "read_as": ReadAs(plain["read_as"]),
        "speakers": tuple(plain["speakers"]),
        "survey": SurveyChoices(**survey),
    }
    return ReadingChoices(**(plain | changed))
