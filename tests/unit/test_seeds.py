"""The starter content keeps its promises: whole codebooks, readable texts, and a sample whose every quote is there."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
CODEBOOKS = sorted((SEEDS / "codebooks").glob("*.csv"))
TEXTS = sorted(path for path in (SEEDS / "corpus").iterdir() if path.suffix in {".md", ".txt"})

COLUMNS = re.findall(
    r"\w+",
    "guid, path, parent, level, position, name, color, is_codable, shortcut, short_definition, definition, "
    "when_to_use, when_not_to_use, boundary, example, near_miss, origin, theory_reference, memo, properties, "
    "passages, codings, sources, cases, coders, created_by, created_at, modified_at",
)
TEXT_FIELDS = COLUMNS[COLUMNS.index("short_definition") : COLUMNS.index("properties")]
SIX = [
    "Authority > Delegated",
    "Authority > Moral",
    "Authority > Expert",
    "Power > Compulsory",
    "Power > Institutional",
    "Power > Productive",
]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the sample, with where its quote stands in the text as shown."""

    file: str
    start: int
    end: int
    codes: tuple[str, ...]
    reason: str


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def shown(path: Path) -> str:
    """Give the text as a reader sees it: Markdown's headings and emphasis without their marks."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = re.sub(r"(?m)^#{1,6} ", "", text)
        text = re.sub(r"(\*\*|\*)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return text


def places(text: str, quote: str) -> list[int]:
    return [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)]


def sample() -> list[Passage]:
    found = []
    for source in tomllib.loads((SEEDS / "sample.toml").read_text(encoding="utf-8"))["source"]:
        text = shown(SEEDS / "corpus" / source["file"])
        for told in source["passage"]:
            start = places(text, told["quote"])[told.get("nth", 1) - 1]
            end = start + len(told["quote"])
            found.append(Passage(source["file"], start, end, tuple(told["codes"]), told["reason"]))
    return found


def codings_whose_reason_says(pattern: str) -> int:
    return sum(len(passage.codes) for passage in sample() if re.search(pattern, passage.reason))


def contrast_with_white(color: str) -> float:
    """Compute the contrast ratio of WCAG 2.1 against a white page."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


# --- codebooks


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_a_codebook_is_written_in_our_own_format(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert list(rows(path)[0]) == COLUMNS
    for row in rows(path):
        assert row["path"] == " > ".join(filter(None, [row["parent"], row["name"]]))
        assert row["level"] == str(row["path"].count(" > ") + 1)
        assert UUID(row["guid"]).version == 4
        assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠'")) for cell in row.values())


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_a_codebook_leaves_no_field_of_a_code_unwritten(path: Path) -> None:
    for row in rows(path):
        assert [field for field in TEXT_FIELDS if not row[field].strip()] == [], row["path"]
        assert len(row["short_definition"]) <= 110, row["path"]
        assert row["boundary"].count(". ") <= 1, row["path"]
        assert row["origin"] == "theory"
        assert [row[field] for field in ("passages", "codings", "sources", "cases", "coders")] == ["0"] * 5
        assert not any(row[field] for field in ("properties", "created_by", "created_at", "modified_at"))


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)
def test_every_colour_stands_out_on_white_and_codes_differ_in_it(path: Path) -> None:
    for row in rows(path):
        assert re.fullmatch("#[0-9a-f]{6}", row["color"])
        assert contrast_with_white(row["color"]) >= 3, row["path"]
    colors = [row["color"] for row in rows(path) if row["is_codable"] == "true"]
    assert len(set(colors)) == len(colors)


def test_authority_and_power_has_two_groups_and_six_codes_under_the_keys_1_to_6() -> None:
    book = rows(SEEDS / "codebooks" / "authority-and-power.csv")
    assert [row["path"] for row in book] == ["Authority", *SIX[:3], "Power", *SIX[3:]]
    assert [row["path"] for row in book if row["is_codable"] == "true"] == SIX
    assert [row["shortcut"] for row in book] == ["", "1", "2", "3", "", "4", "5", "6"]
    assert [row["position"] for row in book] == ["1", "1", "2", "3", "2", "1", "2", "3"]


def test_four_forms_of_power_adds_the_structural_form_and_shares_no_code_with_the_other_book() -> None:
    book = rows(SEEDS / "codebooks" / "four-forms-of-power.csv")
    assert [row["name"] for row in book] == ["Power", "Compulsory", "Institutional", "Productive", "Structural"]
    assert [row["shortcut"] for row in book] == ["", "1", "2", "3", "4"]
    guids = [row["guid"] for path in CODEBOOKS for row in rows(path)]
    assert len(set(guids)) == len(guids)


# --- texts


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_long_enough_to_work_on_and_short_enough_to_read(path: Path) -> None:
    assert 1000 <= len(shown(path).split()) <= 2500
    assert not re.search(r"[^\n]\n[^\n]", path.read_text(encoding="utf-8")), "a paragraph is one line"


@pytest.mark.parametrize("kind", ["Field note", "Interview"])
def test_an_invented_text_says_so_before_anything_else(kind: str) -> None:
    (path,) = (path for path in TEXTS if path.name.startswith(kind))
    opening = "\n".join(shown(path).splitlines()[:3]).casefold()
    assert "invented for practice" in opening
    assert "exists" in opening


# --- the sample


def test_the_sample_uses_every_text_and_the_starter_codebook() -> None:
    told = tomllib.loads((SEEDS / "sample.toml").read_text(encoding="utf-8"))
    assert (SEEDS / "codebooks" / f"{told['project']['codebook']}.csv") in CODEBOOKS
    assert sorted(source["file"] for source in told["source"]) == [path.name for path in TEXTS]
    assert {code for passage in sample() for code in passage.codes} == set(SIX)


def test_every_quote_is_found_once_or_by_its_number() -> None:
    for source in tomllib.loads((SEEDS / "sample.toml").read_text(encoding="utf-8"))["source"]:
        text = shown(SEEDS / "corpus" / source["file"])
        for told in source["passage"]:
            found = len(places(text, told["quote"]))
            assert found == 1 if "nth" not in told else found >= max(2, told["nth"]), told["quote"]
            assert "\n" not in told["quote"]
            assert told["reason"].strip() and "\n" not in told["reason"]


def test_no_passage_cuts_a_word_or_stands_twice() -> None:
    passages = sample()
    for passage in passages:
        text = shown(SEEDS / "corpus" / passage.file)
        before, after = text[: passage.start][-1:], text[passage.end :][:1]
        assert not (before.isalnum() and text[passage.start].isalnum()), text[passage.start : passage.end]
        assert not (after.isalnum() and text[passage.end - 1].isalnum()), text[passage.start : passage.end]
    ranges = [(passage.file, passage.start, passage.end) for passage in passages]
    assert len(set(ranges)) == len(ranges)


def test_there_is_enough_of_each_code_to_compare() -> None:
    uses = Counter(code for passage in sample() for code in passage.codes)
    assert uses.total() >= 125
    assert min(uses.values()) >= 20
    assert sum(not passage.codes for passage in sample()) >= 10


def test_passages_overlap_and_nest() -> None:
    pairs = [
        (one, other)
        for one, other in combinations(sample(), 2)
        if one.file == other.file and one.start < other.end and other.start < one.end
    ]
    assert len(pairs) >= 15


def test_the_reasons_show_lack_power_over_and_through_the_organisation_doubt_and_borders() -> None:
    assert codings_whose_reason_says(r"\bExtent (none|limited)\.") >= 15
    assert codings_whose_reason_says(r"\bOver (IOM|the Office)\.") >= 12
    assert codings_whose_reason_says(r"\bThrough (IOM|the Office)\.") >= 8
    assert codings_whose_reason_says(r"\b(Reported|Disputed)\.") >= 10
    assert codings_whose_reason_says(r"\bBoundary [A-Z]\w+ / [A-Z]\w+:") >= 12
