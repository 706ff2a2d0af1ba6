"""A codebook leaves one project and arrives in another as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import FormatProblem
from qcode.exchange import codebook_csv
from qcode.model.values import DEFAULT_COLORS
from qcode.project import Change, CodeId, Project, coders, codes, info

HEADER = (
    "guid,path,parent,level,position,name,color,is_codable,shortcut,short_definition,definition,when_to_use,"
    "when_not_to_use,boundary,example,near_miss,origin,theory_reference,memo,properties,passages,codings,sources,"
    "cases,coders,created_by,created_at,modified_at"
)
NASTY = [
    "Commas, and more, commas",
    'Quotes "inside"',
    "Lines\nin\r\nmany\rways",
    "👩‍👩‍👧 family",
    "سلطة أخلاقية",
    "=SUM(A1:A9)",
    "＝full width",
    "'apostrophe",
    "''two",
    "+",
    "a > b",
    ">",
    " > ",
    "back\\slash\\",
    "\\>",
    " spaces around ",
    "x" * 300,
    "\tb",
    "\rb",
    "\ufeffmark",
]


@dataclass(frozen=True)
class Made:
    """A code as a property test makes it, below one of those made before it."""

    parent: int
    name: str
    given: dict[str, Any] = field(default_factory=dict)


def _words() -> st.SearchStrategy[str]:
    any_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    return st.one_of(st.sampled_from(NASTY), any_words)


def _codes() -> st.SearchStrategy[list[Made]]:
    name = _words().filter(str.strip)
    moments = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1))
    optional = {
        "is_codable": st.booleans(),
        "color": st.sampled_from(DEFAULT_COLORS),
        "created_by": name,
        "created_at": moments,
        "modified_at": moments,
        "guid": st.uuids().map(str),
        **{text: _words() for text in codes.TEXT_FIELDS},
    }
    return st.lists(st.builds(Made, st.integers(-1, 9), name, st.fixed_dictionaries({}, optional=optional)), max_size=9)


class TakenBackError(Exception):
    """Ends a change so that nothing of it stays."""


@contextmanager
def for_a_moment(project: Project) -> Any:
    """Change a project and forget it: quicker than a new project for each try."""
    with suppress(TakenBackError), project.change("try") as tx:
        yield tx
        raise TakenBackError


def _fill(tx: Change, wanted: Sequence[Made]) -> None:
    ids: list[CodeId] = []
    taken = set()
    for one in wanted:
        parent = ids[one.parent] if 0 <= one.parent < len(ids) else None
        guid = one.given.get("guid")
        if (parent, one.name) in taken or guid in taken:
            continue
        taken |= {(parent, one.name), guid} - {None}
        ids.append(codes.add(tx, one.name, parent=parent, **one.given))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(wanted=_codes())
def test_out_in_and_out_again_gives_the_same_bytes(project: Project, another: Project, wanted: list[Made]) -> None:
    with for_a_moment(project) as tx:
        _fill(tx, wanted)
        first = codebook_csv.write(tx)
    with for_a_moment(another) as tx:
        codebook_csv.merge(tx, codebook_csv.read(first))
        assert codebook_csv.write(tx) == first


def test_every_nasty_name_survives(project: Project, another: Project) -> None:
    with project.change("make codes") as tx:
        top = None
        for name in NASTY:
            codes.add(tx, name, parent=top, shortcut="", memo=name)
            top = codes.add(tx, name + ".", parent=top, is_codable=False)
        first = codebook_csv.write(tx)
    with another.change("import") as tx:
        merged = codebook_csv.merge(tx, codebook_csv.read(first))
        assert codebook_csv.write(tx) == first
        assert len(merged.added) == 2 * len(NASTY)
        assert {code.name for code in codes.codebook(tx)} >= set(NASTY)
    assert another.verify() == []


def test_the_columns_are_those_that_were_promised(project: Project) -> None:
    with project.change("make codes") as tx:
        group = codes.add(tx, "Ground", is_codable=False, color="#0072b2")
        codes.add(tx, "Skill, learnt", parent=group, shortcut="1", definition="=knows", memo="a > b")
        data = codebook_csv.write(tx)
    assert data.startswith(b"\xef\xbb\xbfguid,path,")
    header, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == HEADER.split(",")
    ground, skill = dict(zip(header, first, strict=True)), dict(zip(header, second, strict=True))
    assert [ground[key] for key in ("path", "parent", "level", "position", "is_codable")] == [
        "Ground",
        "",
        "1",
        "1",
        "false",
    ]
    assert [skill[key] for key in ("path", "parent", "level", "is_codable")] == [
        "Ground > Skill, learnt",
        "Ground",
        "2",
        "true",
    ]
    assert skill["definition"] == "'=knows"
    assert skill["memo"] == "a > b"
    assert [skill[key] for key in ("properties", "passages", "codings", "cases")] == ["", "0", "0", "0"]
    assert skill["created_by"] == "Rosa"
    assert skill["created_at"].endswith("Z")


def test_the_byte_order_mark_can_be_left_out(project: Project) -> None:
    with project.read() as r:
        assert codebook_csv.write(r, bom=False) == codebook_csv.write(r)[3:]


@pytest.mark.parametrize(
    "data",
    [
        b"path,memo\nGround,x\nGround > Skill,y\n",
        b"\xef\xbb\xbfmemo;path\r\nx;Ground\r\ny;Ground > Skill\r\n",
        b"Parent\tName\tMemo\r\tGround\tx\rGround\tSkill\ty\r",
        "path,memo\nGround,x\nGround > Skill,y\n".encode("utf-16"),
        b"level,name,parent,memo\n2,Skill,Ground,y\n1,Ground,,x\n\n,,,\n",
    ],
)
def test_a_hand_made_codebook_in_any_shape_is_read(project: Project, data: bytes) -> None:
    with project.change("import") as tx:
        codebook_csv.merge(tx, codebook_csv.read(data))
        found = {code.path: code.memo for code in codes.codebook(tx)}
    assert found == {"Ground": "x", "Ground > Skill": "y"}


def test_what_a_file_leaves_open_is_chosen(project: Project) -> None:
    with project.change("import") as tx:
        codebook_csv.merge(tx, codebook_csv.read(b"name\nSkill\nTrust\n"))
        skill, trust = codes.codebook(tx)
    assert {skill.color, trust.color} <= set(DEFAULT_COLORS)
    assert skill.color != trust.color
    assert skill.guid != trust.guid
    assert (skill.is_codable, skill.created_by) == (True, "Rosa")


def test_a_new_coder_comes_with_their_codes(project: Project) -> None:
    with project.change("import") as tx:
        codebook_csv.merge(tx, codebook_csv.read(b"name,created_by,created_at\nSkill,Mira,2019-05-01T10:00:00+02:00\n"))
        (skill,) = codes.codebook(tx)
        assert coders.find(tx, "Mira")
    assert skill.created_by == "Mira"
    assert skill.created_at == skill.modified_at == datetime(2019, 5, 1, 8)


def test_siblings_follow_their_positions_and_then_the_file(project: Project) -> None:
    with project.change("import") as tx:
        codebook_csv.merge(tx, codebook_csv.read(b"name,position\nlast,\nsecond,7\nfirst,2\nvery last,\n"))
        assert [code.name for code in codes.codebook(tx)] == ["first", "second", "last", "very last"]


def test_a_codebook_in_an_older_encoding_is_read_and_the_guess_is_told(project: Project) -> None:
    memo = "Beschreibung für Präsenz: Größe und Können; später mehr über Vermögen"
    loaded = codebook_csv.load(f"name,memo\nGröße,{memo}\n".encode("cp1252"), "book.csv")
    assert (loaded.rows[0].names, loaded.rows[0].texts["memo"]) == (("Größe",), memo)
    assert any("guessed" in note for note in loaded.notes)


def test_columns_that_are_not_ours_are_told(project: Project) -> None:
    loaded = codebook_csv.load(b"name,Frequency,passages,properties\nSkill,7,3,extent\n")
    assert len(loaded.rows) == 1
    assert any("Frequency" in note for note in loaded.notes)
    assert any("Properties" in note for note in loaded.notes)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (b"Skill,#12,,,,", "not a colour"),
        (b"Skill,,maybe,,,", "not true or false"),
        (b"Skill,,,three,,", "not a whole number"),
        (b"Skill,,,,123,", "not a guid"),
        (b"Skill,,,,,yesterday", "not a time"),
        (b"Skill,,,", "has 4 cells"),
        (b"Skill,,,,,,more", "has 7 cells"),
        (b"A>B,,,,,", "without spaces"),
        (b"A > ,,,,,", "no name"),
        (b" > B,,,,,", "above it has no name"),
        (b",#0072b2,,,,", "no name"),
        (b"Fine,,,,,", "on line 2 already"),
        (b" > ".join([b"x"] * 101) + b",,,,,", "levels deep"),
    ],
)
def test_a_broken_row_is_named_with_its_line(row: bytes, told: str) -> None:
    header = b"path,color,is_codable,position,guid,created_at\n"
    with pytest.raises(FormatProblem, match=told) as caught:
        codebook_csv.read(header + b"Fine,,,,,\n\n" + row + b"\n")
    assert caught.value.line == 4
    assert "Line 4" in caught.value.message


@pytest.mark.parametrize(
    ("row", "told"),
    [(b"A > B,A,C,2", "the name is"), (b"A > B,C,B,2", "parent is"), (b"A > B,A,B,3", "level is 3")],
)
def test_cells_that_contradict_each_other_are_told(row: bytes, told: str) -> None:
    with pytest.raises(FormatProblem, match=told):
        codebook_csv.read(b"path,parent,name,level\n" + row + b"\n")


def test_all_broken_rows_are_told_at_once() -> None:
    rows = "".join(f"code {n},nonsense\n" for n in range(8))
    with pytest.raises(FormatProblem) as caught:
        codebook_csv.read(f"name,color\n{rows}".encode())
    assert "line 6" in caught.value.message
    assert "and 3 more" in caught.value.message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"tag,description\nSkill,x\n", "neither a column"),
        (b"name,name\nSkill,x\n", "twice"),
    ],
)
def test_a_file_that_is_no_codebook_is_told(data: bytes, told: str) -> None:
    with pytest.raises(FormatProblem, match=told):
        codebook_csv.read(data)


def _refused(project: Project, data: bytes) -> FormatProblem:
    with project.read() as r:
        before = codebook_csv.write(r), info.counts(r).codes
    with pytest.raises(FormatProblem) as caught, project.change("import") as tx:
        codebook_csv.merge(tx, codebook_csv.read(data))
    with project.read() as r:
        assert (codebook_csv.write(r), info.counts(r).codes) == before
    return caught.value


@pytest.fixture
def skilled(project: Project) -> Project:
    """A project with the code Ground > Skill."""
    with project.change("make codes") as tx:
        group = codes.add(tx, "Ground", is_codable=False)
        codes.add(tx, "Skill", parent=group, shortcut="1", memo="knows how", color="#0072b2")
    return project


def test_codes_that_are_there_just_the_same_are_passed_over_and_named(skilled: Project) -> None:
    with skilled.read() as r:
        data = codebook_csv.write(r)
    with skilled.change("import") as tx:
        merged = codebook_csv.merge(tx, codebook_csv.read(data))
    assert merged.added == ()
    assert merged.already == ("Ground", "Ground > Skill")
    assert tx.done is None


def test_new_codes_find_a_parent_that_is_there(skilled: Project) -> None:
    with skilled.change("import") as tx:
        merged = codebook_csv.merge(tx, codebook_csv.read(b"path\nGround > Trust\nGround > Skill\n"))
        assert [code.path for code in codes.codebook(tx)] == ["Ground", "Ground > Skill", "Ground > Trust"]
    assert merged.already == ("Ground > Skill",)


def test_a_code_that_is_there_but_different_stops_the_import(skilled: Project) -> None:
    problem = _refused(skilled, b"path,memo,color\nGround > New,,\nGround > Skill,can do,#0072b2\n")
    assert problem.line == 3
    assert "“Ground > Skill”" in problem.message
    assert "different memo" in problem.message


def test_a_guid_that_belongs_to_another_code_stops_the_import(skilled: Project) -> None:
    with skilled.read() as r:
        guid = codes.by_path(r, "Ground > Skill").guid
    problem = _refused(skilled, f"path,guid\nGround > Craft,{guid.upper()}\n".encode())
    assert "belongs to “Ground > Skill”" in problem.message


def test_a_parent_that_is_nowhere_stops_the_import(skilled: Project) -> None:
    assert "the parent “Base” is neither" in _refused(skilled, b"path\nGround > New\nBase > Trust\n").message


def test_what_the_project_refuses_is_told_with_its_line(skilled: Project) -> None:
    problem = _refused(skilled, b"path,shortcut\nGround > New,\nGround > Trust,1\n")
    assert problem.line == 3
    assert "Line 3" in problem.message
    assert "key 1" in problem.message


def test_one_import_is_one_step_of_undo(skilled: Project) -> None:
    with skilled.change("import 2 codes") as tx:
        codebook_csv.merge(tx, codebook_csv.read(b"path\nGround > New\nBase\n"))
    assert skilled.undo().label == "import 2 codes"
    with skilled.read() as r:
        assert [code.path for code in codes.codebook(r)] == ["Ground", "Ground > Skill"]


def test_the_counts_are_those_of_the_project(skilled: Project, apply: Callable[..., None]) -> None:
    apply(skilled, "talk", "They knew how. They asked.", {(0, 4): ["Ground > Skill"], (5, 9): ["Ground > Skill"]})
    with skilled.read() as r:
        header, *rows = csv.reader(io.StringIO(codebook_csv.write(r, bom=False).decode(), newline=""))
    skill = dict(zip(header, rows[1], strict=True))
    assert [skill[key] for key in ("passages", "codings", "sources", "coders")] == ["2", "2", "1", "1"]
