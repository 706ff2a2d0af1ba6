"""The key to pseudonyms lies in a file that is worth nothing without its pass phrase."""

from __future__ import annotations

import json
import zlib

import pytest

from qcode.errors import FormatProblem, InvalidInput
from qcode.exchange import key_file
from qcode.text.names import Name

NAMES = [Name("Zoë Ångström", "Interviewee 1"), Name("Юлия", "Interviewee 2")]
PHRASE = "ein Satz, den ich weiß"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return key_file.save(tmp_path_factory.mktemp("keys") / "study.qcodekey", NAMES, PHRASE)


def altered(key, tmp_path, **changes):
    other = tmp_path / "other.qcodekey"
    other.write_text(json.dumps({**json.loads(key.read_text()), **changes}))
    return other


def test_names_come_back_with_the_pass_phrase_alone(key):
    assert key_file.load(key, PHRASE) == NAMES
    with pytest.raises(InvalidInput, match=r"not the pass phrase of study\.qcodekey"):
        key_file.load(key, PHRASE.upper())


def test_a_pass_phrase_may_be_typed_composed_or_not(tmp_path):
    key_file.save(tmp_path / "k.qcodekey", NAMES, "Zoe\u0308 geht heim")
    assert key_file.load(tmp_path / "k.qcodekey", "Zo\u00eb geht heim") == NAMES


def test_the_file_gives_nothing_away_and_is_another_each_time(key, tmp_path):
    again = key_file.save(tmp_path / "again.qcodekey", NAMES, PHRASE).read_bytes()
    assert again != key.read_bytes()
    for secret in ("Zoë", "ngstr", "Interviewee", PHRASE):
        assert secret.encode() not in again
    assert len(zlib.compress(again)) > 200


@pytest.mark.parametrize("part", ["n", "salt", "nonce", "secret"])
def test_an_altered_file_is_refused(key, tmp_path, part):
    was = json.loads(key.read_text())[part]
    with pytest.raises((InvalidInput, FormatProblem)):
        key_file.load(altered(key, tmp_path, **{part: was // 2 if part == "n" else "AAAA" + was[4:]}), PHRASE)


@pytest.mark.parametrize(
    "changes", [{"n": 2**30}, {"n": 1000}, {"r": 10**6}, {"salt": 7}, {"secret": "*"}, {"is": "x"}]
)
def test_a_file_that_asks_too_much_or_is_no_key_is_refused(key, tmp_path, changes):
    with pytest.raises(FormatProblem, match="not a key file"):
        key_file.load(altered(key, tmp_path, **changes), PHRASE)


@pytest.mark.parametrize("data", [b"\x00\xff", b"[]", b"{}", b'"x"', b"name,replacement\r\n"])
def test_another_file_is_no_key(tmp_path, data):
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(FormatProblem):
        key_file.load(tmp_path / "x", PHRASE)


def test_a_short_pass_phrase_or_a_broken_list_writes_nothing(tmp_path):
    for names, phrase in ((NAMES, "short"), ([*NAMES, NAMES[0]], PHRASE)):
        with pytest.raises(InvalidInput):
            key_file.save(tmp_path / "new.qcodekey", names, phrase)
    assert list(tmp_path.iterdir()) == []


def test_a_list_is_read_from_a_table_and_written_again():
    assert key_file.read_list(key_file.write_list(NAMES), "names.csv") == NAMES
    assert key_file.read_list(b"Replacement;Name\nA;Ann\n", "names.csv") == [Name("Ann", "A")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no columns"),
        ("name,other\na,b", "no columns"),
        ("name,replacement\nAnn,A\nBob", "line 3"),
        ("name,replacement\n,A", "line 2"),
    ],
)
def test_a_broken_table_is_named_with_its_line(text, said):
    with pytest.raises(FormatProblem, match=said):
        key_file.read_list(text.encode(), "names.csv")
