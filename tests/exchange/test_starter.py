"""A project begins with a codebook, with the sample, or with nothing; never by halves."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import Conflict, FormatProblem, InvalidInput, NotFound
from qcode.exchange import starter
from qcode.exchange.quotes import place_of
from qcode.project import codes, info, passages, sources

TEXT = "They asked us first.\n\nWe knew how. They asked us again.\n"
SAMPLE = """
[project]
name = "Practice"
codebook = "ground"
coder = "Mira"

[[source]]
file = "talk.txt"
title = "A talk"
folder = "Invented"

[[source.passage]]
quote = "They asked us"
nth = 2
codes = ["Ground > Trust"]
reason = "asked again"

[[source.passage]]
quote = "We knew how"
codes = ["Ground > Skill", "Ground > Trust"]
reason = "both"

[[source.passage]]
quote = "first"
codes = []
reason = "nothing fits yet"
"""


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of seeds with one codebook and a small sample."""
    folder = tmp_path / "seeds"
    (folder / "codebooks").mkdir(parents=True)
    (folder / "corpus").mkdir()
    book = "path,is_codable\nGround,false\nGround > Skill,\nGround > Trust,\n"
    (folder / "codebooks" / "ground.csv").write_text(book)
    (folder / "corpus" / "talk.txt").write_text(TEXT)
    (folder / "sample.toml").write_text(SAMPLE)
    monkeypatch.setattr(starter, "asset_dir", lambda _: folder)
    return folder


def test_a_starter_codebook_is_listed_with_what_is_in_it(seeds: Path) -> None:
    (found,) = starter.codebooks()
    assert (found.key, found.name, found.summary) == ("ground", "Ground", "Ground: Skill, Trust")


def test_a_project_starts_with_a_starter_codebook(seeds: Path, tmp_path: Path) -> None:
    with starter.new_project(tmp_path / "p.qcode", codebook="ground", coder="Rosa") as project, project.read() as r:
        assert [code.path for code in codes.codebook(r)] == ["Ground", "Ground > Skill", "Ground > Trust"]
        assert project.coder.name == "Rosa"


def test_a_project_starts_with_a_codebook_of_ones_own(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name\nMine\n")
    with starter.new_project(tmp_path / "p.qcode", codebook=tmp_path / "own.csv") as project, project.read() as r:
        assert [code.path for code in codes.codebook(r)] == ["Mine"]


@pytest.mark.parametrize(("book", "error"), [("missing", NotFound), ("broken.csv", FormatProblem)])
def test_a_codebook_that_cannot_be_used_leaves_no_project(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book: str, error: type[Exception]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.csv").write_text("path\nGround > Skill\n")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(error):
        starter.new_project(tmp_path / "p.qcode", codebook=book)
    assert sorted(tmp_path.iterdir()) == before


def test_a_name_that_is_taken_is_left_alone(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "p.qcode").write_text("mine")
    with pytest.raises(Conflict):
        starter.new_project(tmp_path / "p.qcode", sample=True)
    assert (tmp_path / "p.qcode").read_text() == "mine"


def test_the_sample_has_its_own_codebook(seeds: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="codebook of its own"):
        starter.new_project(tmp_path / "p.qcode", sample=True, codebook="ground")


def test_the_sample_is_coded_as_it_was_told(seeds: Path, tmp_path: Path) -> None:
    with starter.build_sample(tmp_path / "p.qcode", coder="Rosa") as project:
        assert project.coder.name == "Rosa"
        with project.read() as r:
            assert info.project_name(r) == "Practice"
            (talk,) = sources.listing(r)
            again, knew, first = sorted(passages.listing(r), key=lambda passage: -passage.start)
            assert (talk.name, talk.title, talk.folder) == ("talk", "A talk", "Invented")
            assert (again.start, again.codings[0].reason, again.coder) == (35, "asked again", "Mira")
            assert len(knew.codings) == 2
            assert (first.codings, first.comment) == ((), "nothing fits yet")
        assert project.verify() == []


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("nth = 2\n", "", "2 times"),
        ("nth = 2\n", "nth = 3\n", "no number 3"),
        ('"We knew how"', '"We know how"', "is not in talk.txt"),
        ('"Ground > Skill"', '"Ground > Luck"', "no code “Ground > Luck”"),
        ('"Ground > Skill"', '"Ground"', "group"),
    ],
)
def test_a_sample_that_does_not_fit_its_texts_is_not_built(
    seeds: Path, tmp_path: Path, was: str, now: str, told: str
) -> None:
    (seeds / "sample.toml").write_text(SAMPLE.replace(was, now))
    with pytest.raises(FormatProblem, match=told):
        starter.build_sample(tmp_path / "p.qcode")
    assert not (tmp_path / "p.qcode").exists()


def test_a_quote_means_one_place() -> None:
    assert place_of(TEXT, "We knew", None, where="talk") == (22, 29)
    assert place_of(TEXT, "They asked us", 2, where="talk") == (35, 48)
    with pytest.raises(InvalidInput, match="2 times"):
        place_of(TEXT, "They asked us", None, where="talk")
    with pytest.raises(NotFound, match="other capitals"):
        place_of(TEXT, "we knew", None, where="talk")
    with pytest.raises(NotFound, match="line breaks"):
        place_of(TEXT, "first. We knew", None, where="talk")
    with pytest.raises(InvalidInput, match="empty"):
        place_of(TEXT, "", None, where="talk")
