"""A researcher corrects a text on the command line, and decides what becomes of its passages."""

from __future__ import annotations

from pathlib import Path

from cli_runner import Run

CORRECTED = "They asked us at the very first.\n\nWe knew how.\n"


def _coded(study: Run) -> None:
    for words in ("They asked us first.", "We knew how", "They asked us again."):
        done = study("code", "study.qcode", "--source", "talk", "--quote", words, "--code", "Ground > Skill")
        assert done.code == 0


def _guids(study: Run) -> dict[str, str]:
    return {one["quote"]: one["guid"] for one in study("passages", "study.qcode", "--json").json}


def test_a_correction_tells_what_became_of_each_passage(study: Run, tmp_path: Path) -> None:
    _coded(study)
    guids = _guids(study)
    (tmp_path / "new.txt").write_text(CORRECTED)
    asked = "correct", "study.qcode", "--source", "talk", "--with", "new.txt"
    told = study(*asked, "--dry-run").out
    assert told == "Would correct “talk”: 2 passages follow the text, and 1 waits for review.\n"
    done = study(*asked, "--json").json
    first, second, third = (guids[words] for words in ("They asked us first.", "We knew how", "They asked us again."))
    assert done == {"kept": [first, second], "moved": [], "review": [third], "changed": True}
    assert study("text", "study.qcode", "talk").out == CORRECTED
    assert study("text", "study.qcode", "talk", "--revision", "1").out == (tmp_path / "talk.txt").read_text()
    listed = study("text", "study.qcode", "talk", "--revisions").out.splitlines()
    assert [line.split()[0] for line in listed] == ["revision", "1", "2"]
    (waits,) = study("review", "study.qcode", "--json").json
    assert (waits["guid"], waits["quote"], waits["revision"], waits["start"]) == (third, "They asked us again.", 1, 35)
    assert "1 passage waits for review." in study("review", "study.qcode").out
    assert "waits for review" in study("passages", "study.qcode").out
    assert study(*asked).out == "The text is the same; nothing was changed.\n"
    assert study("undo", "study.qcode").out == "Undid: correct “talk”.\n"
    assert study("review", "study.qcode", "--json").json == []
    assert study("verify", "study.qcode").code == 0


def test_what_waits_is_accepted_placed_or_removed(study: Run, tmp_path: Path) -> None:
    _coded(study)
    (tmp_path / "new.txt").write_text("They asked of us, and first.\n\nWho knew?\n")
    assert study("correct", "study.qcode", "--source", "talk", "--with", "new.txt", "--coder", "Tom").code == 0
    waits = {one["quote"]: one for one in study("review", "study.qcode", "--source", "talk", "--json").json}
    one, other, third = waits["We knew how"], waits["They asked us again."], waits.get("They asked us first.")
    assert third is None
    placed = study("review", "study.qcode", "--place", one["guid"], "30:38")
    assert placed.out == "The passage is at 30:38 now, “Who knew”.\n"
    assert study("review", "study.qcode", "--remove", other["guid"]).out == "Removed the passage.\n"
    assert study("review", "study.qcode", "--json").json == []
    assert study("correct", "study.qcode", "--source", "talk", "--revision", "1").code == 0
    assert study("verify", "study.qcode").code == 0


def test_a_guess_is_accepted_by_its_guid(study: Run, tmp_path: Path) -> None:
    _coded(study)
    old = (tmp_path / "talk.txt").read_text()
    (tmp_path / "new.txt").write_text(old.replace("We knew how. ", "We knew how. We knew how. "))
    done = study("correct", "study.qcode", "--source", "talk", "--with", "new.txt", "--json").json
    (guid,) = done["review"]
    assert study("review", "study.qcode", "--accept", guid).out == "The passage is at 35:46 now, “We knew how”.\n"


def test_what_makes_no_sense_is_refused(study: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    for words, why in (
        (("correct", "study.qcode", "--source", "talk"), "Say what the new text is"),
        (("correct", "study.qcode", "--source", "talk", "--with", "no.txt"), "no.txt"),
        (("correct", "study.qcode", "--source", "talk", "--with", "empty.txt"), "holds no text"),
        (("correct", "study.qcode", "--source", "nobody", "--with", "empty.txt"), "no source called"),
        (("correct", "study.qcode", "--source", "talk", "--revision", "9"), "no revision 9"),
        (("review", "study.qcode", "--accept", "x", "--remove", "x"), "one passage at a time"),
        (("review", "study.qcode", "--accept", "x"), "No passage x waits"),
        (("text", "study.qcode", "talk", "--revision", "0"), "0"),
    ):
        refused = study(*words)
        assert (refused.code, refused.out) == (2, ""), words
        assert why in refused.err
