"""What was replaced and erased is in no byte: words that wait for review, and words that were taken for names."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict
from qcode.project import correcting, erasing, passages, pseudonyms, reviewing, revisions, sources
from qcode.text.names import Finder, Name

MARSH = [Name("Ann Marsh", "Person 1")]
TALK = (
    "The clinic moved twice in one year.\n\nAnn Marsh told us that nobody was informed about it at all.\n\n"
    "The end of the matter came quietly.\n"
)
TOLD = "Ann Marsh told us that nobody was informed"
OTHER = "Something wholly different is written here now, by another hand."
DOUBTS = [Name("Müller", "Person 1"), Name("Maria Keller", "Person 2")]
HOUSE = "In that year the clinic moved.\n\nMueller’s house still stands, MK said softly.\n"


def bytes_of(project):
    return project.path.read_bytes().decode("utf-8", "replace")


def replaced(project, names, *, only=lambda place: True):
    found = [place for place in pseudonyms.find(project, names) if only(place)]
    with project.change("replace names") as tx:
        return pseudonyms.replace(tx, found)


def waiting(project):
    with project.read() as r:
        return [
            (one.quote, revisions.text(r, one.source, one.number)[slice(*one.place)]) for one in reviewing.listing(r)
        ]


def told(project, put_source, expert, text=TALK):
    """Bring in a talk, code a quote of it, and then take the words away."""
    with project.change("import") as tx:
        source = put_source(tx, "Talk", text)
        start = text.index(TOLD)
        passages.apply(tx, source, start, start + len(TOLD), [expert])
    with project.change("correct") as tx:
        correcting.correct(tx, source, text.replace(f"{TOLD} about it at all.", OTHER))
    assert waiting(project) == [(TOLD, TOLD)]
    return source


def test_the_words_of_a_passage_that_waits_are_found_replaced_and_erased(project, put_source, expert):
    source = told(project, put_source, expert)
    (place,) = pseudonyms.find(project, MARSH)
    assert (place.where, place.hit.found, place.after) == ("Talk, a passage to review", "Ann Marsh", TALK[46:106])
    done = replaced(project, MARSH)
    assert (done.places, done.fields, done.waiting) == (1, 0, 0)
    assert waiting(project) == [(TOLD.replace("Ann Marsh", "Person 1"),) * 2]
    assert project.verify() == []
    project.undo()
    assert waiting(project) == [(TOLD, TOLD)]
    project.redo()
    erased = erasing.forget(project, Finder(MARSH))
    assert (erased.texts, erased.files) == (1, 1)
    assert "Marsh" not in bytes_of(project)
    assert waiting(project) == [(TOLD.replace("Ann Marsh", "Person 1"),) * 2]
    assert project.verify() == []
    with project.change("correct again") as tx:  # from the words that are left of the earlier text
        correcting.correct(tx, source, TALK.replace("Ann Marsh", "Person 1"))
    assert waiting(project) == []
    assert project.verify() == []


def test_an_earlier_text_that_names_others_too_goes_and_the_passage_keeps_its_words(project, put_source, expert):
    told(project, put_source, expert, TALK.replace("The clinic", "Marsh’s clinic"))
    replaced(project, MARSH)
    assert erasing.forget(project, Finder(MARSH)).texts == 3
    assert "Marsh" not in bytes_of(project)
    with project.read() as r:
        assert [one.quote for one in reviewing.listing(r)] == [TOLD.replace("Ann Marsh", "Person 1")]
    assert project.verify() == []


def test_the_words_of_a_passage_whose_earlier_text_was_erased_before_are_replaced_too(project, put_source, expert):
    told(project, put_source, expert)
    erasing.forget(project, Finder(MARSH))
    (place,) = pseudonyms.find(project, MARSH)
    assert place.where == "the words of a passage to review"
    assert replaced(project, MARSH).fields == 1
    assert project.verify() == []
    erasing.forget(project, Finder(MARSH))
    assert "Marsh" not in bytes_of(project)
    assert project.verify() == []


def test_a_passage_that_came_to_wait_by_the_replacing_keeps_no_name(project, put_source, expert):
    """Two passages of a coder, in the name and in a part of it, fall together when the name is replaced."""
    with project.change("import") as tx:
        source = put_source(tx, "Talk", TALK)
        start = TALK.index("Ann Marsh")
        passages.apply(tx, source, start, start + len("Ann Marsh"), [expert])
        passages.apply(tx, source, start, start + len("Ann Mar"), [expert])
    assert replaced(project, MARSH).waiting == 1
    assert waiting(project) == [("Person 1", "Person 1")]
    assert project.verify() == []
    erasing.forget(project, Finder(MARSH))
    assert "Mar" not in bytes_of(project)
    assert project.verify() == []


def test_a_place_that_waits_is_not_replaced_in_an_earlier_text_that_changed_meanwhile(project, put_source, expert):
    told(project, put_source, expert)
    found = pseudonyms.find(project, MARSH)
    replaced(project, MARSH)
    with pytest.raises(Conflict, match="changed or taken away"), project.change("again") as tx:
        pseudonyms.replace(tx, found)


# ---- words that may be others ----------------------------------------------------------------------------------------


@pytest.fixture
def house(project, put_source, expert):
    """A talk in which names are only written so that they may be other words, and one that was removed."""
    with project.change("import") as tx:
        source = put_source(tx, "House", HOUSE)
        gone = put_source(tx, "Gone", "The MKS system.\n\nA muellers word, and M. K. too.\n")
        start = HOUSE.index("house")
        passages.apply(tx, source, start, start + 5, [expert], reason="as Mueller says")
    with project.change("remove") as tx:
        sources.remove(tx, [gone])
    return source


def test_doubtful_words_that_were_replaced_are_erased_with_the_others(project, house):
    assert all(not place.hit.sure for place in pseudonyms.find(project, DOUBTS))
    replaced(project, DOUBTS)
    with project.change("edit") as tx:
        correcting.correct(tx, house, sources.text(tx, house) + "More.\n")
    erased = erasing.forget(project, Finder(DOUBTS))
    assert (erased.texts, erased.files) == (1, 1)
    words = bytes_of(project)
    assert "Mueller" not in words
    assert "MK said" not in words
    assert "A muellers word" in words  # nobody took that for a name
    assert project.verify() == []


def test_doubtful_words_that_nobody_replaced_keep_their_texts(project, house):
    with project.change("edit") as tx:
        correcting.correct(tx, house, HOUSE.replace("MK said softly", "he said"))
    erased = erasing.forget(project, Finder(DOUBTS))
    assert (erased.texts, erased.files, erased.rows) == (0, 0, 0)
    project.undo()
    with project.read() as r:
        assert sources.text(r, house) == HOUSE


def test_only_the_words_that_were_chosen_count(project, house):
    replaced(project, DOUBTS, only=lambda place: place.mention is not None)  # in the reason alone
    with project.change("edit") as tx:
        correcting.correct(tx, house, HOUSE.replace("Mueller’s house", "It"))
        correcting.correct(tx, house, "It still stands, MK said.\n")
        correcting.correct(tx, house, "It still stands.\n")
    erased = erasing.forget(project, Finder(DOUBTS))
    assert erased.texts == 1  # with the very word; those with “MK” alone stay
    assert "as Mueller says" not in bytes_of(project)
    assert "MK said.\n" in bytes_of(project)
    assert project.verify() == []


def test_a_replacement_that_was_taken_back_erases_nothing(project, house):
    replaced(project, DOUBTS)
    project.undo()
    with project.change("edit") as tx:
        correcting.correct(tx, house, HOUSE.replace("house", "yard"))
    assert erasing.forget(project, Finder(DOUBTS)).texts == 0
    with project.read() as r:
        assert revisions.text(r, house, 1) == HOUSE
