"""The answers to a survey are read respondent by respondent."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from packed_kit import xlsx

from qcode.errors import FormatProblem
from qcode.readers import Document, ReadingChoices, SurveyChoices, read, sources_of
from qcode.text.span import SpanKind


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    return [(span.value, document.text[span.start : span.end]) for span in document.spans if span.kind is kind]


ANSWERS = 'Key,What do you think?,Age\nR-1,"The ropes, all of them,\nwere ""counted"".",34\nR-2,,35\n'
TOLD = 'Key R-1\n\nWhat do you think? The ropes, all of them,\nwere "counted".\n\nAge: 34\n\nKey R-2\n\nAge: 35'


class TestCsv:
    def test_a_row_is_a_respondent_and_a_cell_an_answer(self) -> None:
        document = read(ANSWERS.encode(), "a.csv")
        assert document.text == TOLD
        assert spans(document, SpanKind.HEADING) == [("1", "Key R-1"), ("1", "Key R-2")]
        assert [words for _, words in spans(document, SpanKind.BOLD)] == ["What do you think?", "Age:", "Age:"]
        assert (document.media_type, document.encoding) == ("text/csv", "utf-8")

    def test_how_it_was_read_is_said(self) -> None:
        assert read(ANSWERS.encode(), "a.csv").notes == (
            "Read as a survey of 2 rows, a respondent each.",
            "“Key” names the respondents; answers are in “What do you think?”, “Age”.",
            "Empty answers were left out: 1.",
            "Columns are set apart by commas.",
        )

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_whatever_sets_the_cells_apart(self, delimiter: str) -> None:
        rows = [["Key", "Thought, if any", "Age"], ["R-1", "This, that, and more", "34"], ["R-2", "No", "35"]]
        data = "\r\n".join(delimiter.join(row) for row in rows)
        expected = (
            "Key R-1\n\nThought, if any: This, that, and more\n\nAge: 34\n\nKey R-2\n\nThought, if any: No\n\nAge: 35"
        )
        assert read(data.encode(), "a.csv").text == expected
        assert read(f"sep={delimiter}\r\n{data}".encode("utf-16"), "a.CSV").text == expected

    def test_respondents_without_a_name_are_counted(self) -> None:
        document = read(b"Mood,Why\ngood,sun\ngood,rain\n", "a.csv")
        assert document.text == "Respondent 1\n\nMood: good\n\nWhy: sun\n\nRespondent 2\n\nMood: good\n\nWhy: rain"
        assert "The respondents are counted from 1; answers are in “Mood”, “Why”." in document.notes

    def test_one_column_is_a_survey_too(self) -> None:
        document = read(b"Opinion\nFine, as ever\nBad, as ever\n", "a.csv")
        assert document.text == "Respondent 1\n\nOpinion: Fine, as ever\n\nRespondent 2\n\nOpinion: Bad, as ever"

    def test_cells_beyond_the_named_ones_are_kept(self) -> None:
        assert read(b"Key,A\n1,x,more\n2,y\n", "a.csv").text == "Key 1\n\nA: x\n\nColumn 3: more\n\nKey 2\n\nA: y"

    def test_only_the_suffix_makes_it_a_survey(self) -> None:
        assert read(ANSWERS.encode(), "a.txt").text == ANSWERS

    def test_old_encodings_can_be_named(self) -> None:
        assert read("Key,Ö\n1,ä\n".encode("cp437"), "a.csv", ReadingChoices(encoding="cp437")).text == "Key 1\n\nÖ: ä"

    def test_a_quotation_without_end_is_refused_by_its_line(self) -> None:
        with pytest.raises(FormatProblem) as caught:
            read(b'Key,A\n1,x\n2,"never\nended\n', "a.csv")
        assert caught.value.message == (
            "a.csv: the row that begins in line 3 cannot be read: its quotation marks do not match."
        )
        assert caught.value.line == 3

    def test_names_of_columns_alone_are_no_answers(self) -> None:
        with pytest.raises(FormatProblem, match="has no answers"):
            read(b"Key,A,B\n\n", "a.csv")


ROWS: list[list[object]] = [
    ["Key", "Thought", "Age", "Again"],
    ["R-1", "Fine 😀 &amp; well", 34, True],
    ["R-2", "", 35.5, False],
]


class TestXlsx:
    def test_the_first_sheet_with_content_is_read(self) -> None:
        document = read(xlsx(Empty=[], Data=ROWS, Other=[["x"]]), "a.xlsx")
        assert document.text == (
            "Key R-1\n\nThought: Fine 😀 & well\n\nAge: 34\n\nAgain: TRUE\n\nKey R-2\n\nAge: 35.5\n\nAgain: FALSE"
        )
        assert document.notes == (
            "Read from the sheet “Data”.",
            "Read as a survey of 2 rows, a respondent each.",
            "“Key” names the respondents; answers are in “Thought”, “Age”, “Again”.",
            "Empty answers were left out: 1.",
            "Other sheets were left out: “Other”.",
        )

    def test_it_is_known_by_what_it_holds(self) -> None:
        assert read(xlsx(Data=ROWS), "a.txt").media_type.endswith("spreadsheetml.sheet")

    def test_an_empty_or_damaged_one_is_refused(self) -> None:
        with pytest.raises(FormatProblem, match="holds no sheet with anything in it"):
            read(xlsx(Data=[]), "a.xlsx")
        with pytest.raises(FormatProblem, match=r"a\.xlsx is"):
            read(xlsx(Data=ROWS)[:-30], "a.xlsx")

    def test_one_cell_far_away_does_not_fill_the_memory(self) -> None:
        data = xlsx(Data=ROWS).replace(b"", b"")
        source = io.BytesIO(data)
        target = io.BytesIO()
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b'r="D3"', b'r="XFD1048576"'))
        with pytest.raises(FormatProblem, match="has a sheet of 1,048,576 rows and 16,384 columns"):
            read(target.getvalue(), "a.xlsx")

    def test_damaged_workbooks_end_in_a_sentence_or_in_a_text(self) -> None:
        dice = random.Random(3)
        sound = {}
        with zipfile.ZipFile(io.BytesIO(xlsx(Data=ROWS))) as archive:
            sound = {name: archive.read(name) for name in archive.namelist()}
        for _ in range(300):
            name = dice.choice(list(sound))
            part = bytearray(sound[name])
            for _ in range(dice.randint(1, 6)):
                at = dice.randrange(len(part))
                part[at : at + dice.randint(0, 8)] = dice.choice(
                    [b"<", b">", b'"', b"9" * 12, b"&#x0;", b"</c>", b"", b"\xff"]
                )
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w") as archive:
                for member, content in (sound | {name: bytes(part)}).items():
                    archive.writestr(member, content)
            try:
                read(target.getvalue(), "a.xlsx").text.encode("utf-8")
            except FormatProblem as problem:
                assert problem.message.startswith("a.xlsx")


def test_damaged_tables_end_in_a_sentence_or_in_a_text() -> None:
    dice = random.Random(5)
    for _ in range(400):
        data = bytearray(ANSWERS.encode())
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(data))
            data[at : at + dice.randint(0, 5)] = dice.choice(
                [b'"', b",", b";", b"\n", b"\r", b"\0", b"\xff", b'"",', b"\t"]
            )
        try:
            document = read(bytes(data), "a.csv")
        except FormatProblem as problem:
            assert problem.message.startswith("a.csv")
            continue
        assert all(0 <= span.start < span.end <= len(document.text) for span in document.spans)


class TestChosenColumns:
    """Some columns are what people said, the others are who they are."""

    DATA = (
        b"Who,Sex,What did you see?,Comments,Code\nA1,f,I saw the whole of the ship go down,None at all,9\n"
        b"A2,m,,,9\nA3,,There was nothing that I could see,They never told us a word,7\n"
    )

    def read(self, *, texts: tuple[str, ...] = (), apart: bool = False) -> Document:
        return read(self.DATA, "a.csv", ReadingChoices(survey=SurveyChoices(texts, ("Code",), apart=apart)))

    def test_the_table_is_given_to_choose_by(self) -> None:
        survey = read(self.DATA, "a.csv").survey
        assert survey is not None
        assert survey.columns == ("Who", "Sex", "What did you see?", "Comments", "Code")
        assert (survey.count, survey.respondent) == (3, "Who")
        assert survey.texts == survey.columns[1:]
        assert survey.sentences == ("What did you see?", "Comments")
        assert survey.rows[1] == ("A2", "m", "", "", "9")

    def test_each_respondent_becomes_a_source_with_variables(self) -> None:
        document = self.read(apart=True)
        first, third = sources_of(document)
        assert first.text == "What did you see? I saw the whole of the ship go down\n\nComments: None at all"
        assert (first.part, first.variables) == ("A1", (("Sex", "f"),))
        assert (third.part, third.variables) == ("A3", ())
        assert [third.text[span.start : span.end] for span in third.spans] == ["What did you see?", "Comments:"]
        assert document.notes[1:] == (
            "“Who” names the respondents; answers are in “What did you see?”, “Comments”.",
            "Kept as variables: “Sex”.",
            "Columns that were left out: “Code”.",
            "Empty answers were left out: 2.",
            "Respondents who answered nothing were left out, with their variables: 1.",
            "Columns are set apart by commas.",
        )

    def test_all_together_hold_the_chosen_texts_alone(self) -> None:
        document = self.read(texts=("Comments",))
        assert document.text.startswith("Who A1\n\nComments: None at all\n\nWho A2\n\nWho A3\n\n")
        assert sources_of(document) == (document,)
        assert "Columns that were left out: “Sex”, “What did you see?”, “Code”." in document.notes

    def test_columns_of_one_name_are_told_apart_and_unknown_ones_refused(self) -> None:
        twice = read(b"A,A,A (2),\nx,y,z,w\n", "a.csv")
        assert twice.survey is not None and twice.survey.columns == ("A", "A (2)", "A (2) (2)", "Column 4")
        with pytest.raises(FormatProblem, match=r"a\.csv has no column “Colour”\. Its columns are “Who”"):
            self.read(texts=("Colour",))
        with pytest.raises(FormatProblem, match="no answers in the columns that were chosen"):
            read(b"A,B\n,x\n", "a.csv", ReadingChoices(survey=SurveyChoices(texts=("A",), apart=True)))
