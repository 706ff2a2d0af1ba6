"""Variables leave as a table and come back as they were; what does not fit is named with its line."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from qcode.errors import FormatProblem, InvalidInput
from qcode.exchange import variables as exchange
from qcode.progress import Cancelled
from qcode.project import sources, variables
from qcode.readers import Document
from qcode.text.values import Kind, settled

NAMES = ("Interview 1", "=Interview 2", "Field, note")


@pytest.fixture
def study(project):
    with project.change("bring in") as tx:
        for name in NAMES:
            document = Document("words", (), "", "text/plain", "utf-8", False)
            sources.add(tx, document, name=name, original=b"words", original_name=f"{name}.txt")
    return project


def ids(project):
    with project.read() as r:
        return {source.name: source.id for source in sources.listing(r)}


def written(project, suffix=".csv"):
    with project.read() as r:
        return exchange.table(r).written_as(suffix)


def bring_in(project, data, name="table.csv"):
    loaded = exchange.load(data if isinstance(data, bytes) else data.encode(), name)
    with project.change("import variables") as tx:
        return exchange.merge(tx, loaded)


def kept(project):
    with project.read() as r:
        names = {source.id: source.name for source in sources.listing(r)}
        return {names[source]: values for source, values in variables.values(r).items()}


def kinds(project):
    with project.read() as r:
        return {variable.name: variable.kind.value for variable in variables.listing(r)}


def fill(project, columns):
    with project.change("fill in") as tx:
        for name, kind, values in columns:
            made = variables.add(tx, name, kind=kind)
            variables.set_values(tx, [(ids(project)[s], made, v) for s, v in zip(NAMES, values, strict=False)])


def test_numbers_are_numbers_and_formulas_are_harmless(study):
    fill(study, [("Age", "number", ["34", "-5.50"]), ("=Place", "text", ["=1+1", "-5"]), ("Asked", "yes/no", ["yes"])])
    assert written(study).decode("utf-8-sig").splitlines() == [
        "source,Age,'=Place,Asked",
        "'=Interview 2,-5.50,'-5,",
        '"Field, note",,,',
        "Interview 1,34,'=1+1,yes",
    ]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(written(study, ".xlsx"))).get_sheet_by_index(0).to_python()
    assert [row[1:] for row in sheet if row[0] == "=Interview 2"] == [[-5.5, "-5", ""]]


values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    st.sampled_from(["-5", "34", "=1", "'-5", "2026-01-31", "yes", "007", "a;b", "a\tb", "\r", "\n", '"', "’", " "]),
)
columns = st.lists(
    st.tuples(values.filter(str.strip), st.sampled_from(Kind), st.lists(values, max_size=3)),
    max_size=4,
    unique_by=lambda column: column[0],
)


def fitting(kind, cells):
    try:
        return kind, [settled(cell, kind) for cell in cells]
    except InvalidInput:
        return Kind.TEXT, cells


# All of an example happens in one change that is given up, so that each begins with the same project.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(columns=columns)
def test_what_goes_out_comes_back_letter_for_letter(study, columns):
    by_name = ids(study)
    with contextlib.suppress(Cancelled), study.change("an example") as tx:
        for name, wanted, given_ in columns:
            kind, cells = fitting(wanted, given_)
            made = variables.add(tx, name, kind=kind)
            filled = zip(NAMES, cells, strict=False)
            variables.set_values(tx, [(by_name[source], made, value) for source, value in filled])
        data = exchange.table(tx).to_csv()
        known = [variable.name for variable in variables.listing(tx)]
        merged = exchange.merge(tx, exchange.load(data, "table.csv", known))
        assert (merged.sources, merged.values, merged.made, merged.nowhere) == (3, 0, (), ())
        for variable in variables.listing(tx):
            variables.remove(tx, variable.id)
        assert exchange.merge(tx, exchange.load(data, "table.csv")).made == tuple(known), "into a project without them"
        assert exchange.table(tx).to_csv() == data
        raise Cancelled


def test_a_table_from_a_spreadsheet_comes_in_with_a_report_of_what_matches_nothing(study):
    made = bring_in(
        study, "Age;Source;Asked;;\n34;interview 1;yes;;\n41;Field, note;no\n50;Nobody;no\n;=Interview 2.TXT;;;\n"
    )
    assert (made.sources, made.values, made.made) == (3, 4, ("Age", "Asked"))
    assert made.nowhere == ((4, "Nobody"),)
    assert kept(study) == {"Interview 1": {"Age": "34", "Asked": "yes"}, "Field, note": {"Age": "41", "Asked": "no"}}
    assert kinds(study) == {"Age": "number", "Asked": "yes/no"}
    bring_in(study, "source,Age\nInterview 1,\n")
    assert kept(study)["Interview 1"] == {"Asked": "yes"}, "an empty cell takes a value away, another column stays"
    study.undo()
    study.undo()
    assert kinds(study) == {}


def test_a_workbook_comes_back_too(study):
    fill(
        study, [("Age", "number", ["34", "-5.5"]), ("When", "date", ["2026-01-31"]), ("Place", "text", ["=1+1", "07"])]
    )
    before, book = kept(study), written(study, ".xlsx")
    with study.change("clear") as tx:
        for variable in variables.listing(tx):
            variables.remove(tx, variable.id)
    assert bring_in(study, book, "table.xlsx").made == ("Age", "When", "Place")
    assert kept(study) == before
    assert kinds(study) == {"Age": "number", "When": "date", "Place": "text"}


BROKEN = (
    ("", "empty"),
    ("source,Age\nInterview 1,old\n\n=Interview 2,older\n", "Line 2: Age: “old” is no number; line 4: Age"),
    ("source,Age,Age\nInterview 1,1,2\n", "two columns are called “Age”"),
    ("source,Age\nInterview 1,1,2\n", "column 3 has no name, and line 2"),
    ("source,Age\n,1\n", "Line 2: it names no source"),
    ("source,Age\nInterview 1,1\nInterview 1,2\n", "stands in line 2 already"),
    ("source,Age\nInterview 1,1\ninterview 1,2\n", "the same source as line 2"),
    ('source,Age\nInterview 1,"1\n', "quotes"),
)


def test_a_broken_table_is_refused_whole_with_its_lines(study):
    with study.change("add Age") as tx:
        variables.add(tx, "Age", kind="number")
    for text, told in BROKEN:
        with pytest.raises(FormatProblem) as refused:
            bring_in(study, text)
        assert told in str(refused.value)
    assert kept(study) == {}


def test_what_is_no_workbook_is_refused(study):
    with pytest.raises(FormatProblem):
        bring_in(study, b"PK\x03\x04 and nothing more", "table.xlsx")
