"""Passages are quoted on the command line with where they stand, and their translations along."""

from __future__ import annotations

from cli_runner import Run

CODE = ("code", "study.qcode", "--source", "talk", "--code", "Ground > Skill", "--quote")


def test_quotes_come_in_a_form_with_their_translations(study: Run) -> None:
    study(*CODE, "We knew how", "--translation", "On savait faire", "--translator", "Rosa")
    study(*CODE, "asked us", "--nth", "2")
    usual = "“We knew how” (talk, ¶2)\n“On savait faire” (transl. Rosa)\n\n“asked us” (talk, ¶2)\n"
    assert study("passages", "study.qcode", "--quotes").out == usual
    assert study("passages", "study.qcode", "--code", "Ground", "--form", "{quote}[ / {translation}]").out == (
        "We knew how / On savait faire\n\nasked us\n"
    )
    told = study("passages", "study.qcode", "--json").json[0]
    assert (told["translation"], told["translator"]) == ("On savait faire", "Rosa")


def test_a_form_that_cannot_be_used_is_one_sentence(study: Run) -> None:
    study(*CODE, "We knew how")
    for words, told in (
        (("--form", "nothing"), "{quote}"),
        (("--form", "{quote}{who}"), "no field {who}"),
        (("--quotes", "--json"), "go neither with"),
    ):
        refused = study("passages", "study.qcode", *words)
        assert (refused.code, refused.out) == (2, "")
        assert told in refused.err and refused.err.count("\n") == 1
