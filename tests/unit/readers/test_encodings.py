"""A transcript arrives as it was written, whatever program wrote it; where that was a guess, it is said."""

from __future__ import annotations

import pytest

from qcode.errors import FormatProblem
from qcode.readers import ReadingChoices, read

WESTERN = [
    "Café",
    "Straße",
    "déjà vu",
    "El niño comió mañana en España.",
    "Müller sagte: „Das weiß ich nicht.“",
    "L’été dernier, nous avons été très étonnés.",
    "naïve – “quoted”",
    "It’s here",
    "Não é possível, amanhã à noite estarei só.",
    "Ærø ligger i Østersøen",
    "It cost £5 in ½ an hour",
]
CENTRAL = [
    "Łódź",
    "Zażółć gęślą jaźń",
    "Příliš žluťoučký kůň",
    "Nezaměstnanost je problém",
    "Szép jó napot! Őszintén szólva",
]
RUSSIAN = ["да", "Привет", "Я пришёл домой", "Вчера я был у врача, который сказал, что всё хорошо."]
JAPANESE = ["こんにちは", "日本語", "昨日、私は医者に行きました。", "インタビュー：はい、そうです。"]
SAMPLES = [
    *(("cp1252", text) for text in WESTERN),
    *(("iso8859-15", text) for text in ["Le prix : 5 € pour l'œuf", "déjà vu"]),
    *(("mac-roman", text) for text in ["Café", "Müller weiß es nicht", "L’été dernier, nous avons été très étonnés."]),
    *(("cp850", text) for text in ["Müller weiß es nicht", "déjà vu", "El niño"]),
    *(("cp1250", text) for text in CENTRAL),
    *(("iso8859-2", text) for text in ["Zażółć gęślą jaźń", "Pracownik powiedział, że może"]),
    *(("cp1251", text) for text in [*RUSSIAN, "Україна є її домівкою", "Власть и авторитет"]),
    *(("koi8-r", text) for text in RUSSIAN[1:]),
    *(("cp866", text) for text in RUSSIAN[1:]),
    *(("iso8859-5", text) for text in RUSSIAN[3:]),
    ("cp1253", "Χθες πήγα στον γιατρό."),
    ("cp1253", "Η εξουσία και το κύρος"),
    ("cp1254", "Nasılsınız? Teşekkür ederim."),
    ("cp1255", "אתמול הלכתי לרופא והוא אמר שהכל יהיה בסדר"),
    ("cp1256", "ذهبت أمس إلى الطبيب"),
    ("cp1257", "Ačiū už pagalbą, žmonės, viskas bus gerai"),
    ("cp874", "เมื่อวานฉันไปหาหมอ"),
    *(("shift_jis", text) for text in JAPANESE),
    *(("euc-jp", text) for text in JAPANESE[2:]),
    ("iso2022_jp", JAPANESE[2]),
    *(("gb18030", text) for text in ["你好", "昨天我去看医生，他说一切都会好的。"]),
    *(("big5", text) for text in ["你好", "昨天我去看醫生，他說一切都會好的。"]),
    *(("euc-kr", text) for text in ["안녕하세요", "어제 저는 의사에게 갔습니다."]),
    *(("utf-16-le", text) for text in ["Interview", "Вчера я был дома.", "昨天我去看医生 12\n"]),
    *(("utf-16-be", text) for text in ["Interview", "Вчера я был дома.", "昨天我去看医生 12\n"]),
    ("utf-32-le", "Interview"),
    ("utf-32-be", "Вчера я был дома."),
]


@pytest.mark.parametrize(("encoding", "text"), SAMPLES)
def test_short_texts_in_old_encodings_are_told_and_said_to_be_guessed(encoding: str, text: str) -> None:
    document = read(text.encode(encoding), "talk.txt")
    assert document.text == text
    assert document.encoding_guessed
    assert document.encoding in document.notes[0].lower()
    assert document.notes[0].startswith("The encoding was guessed: ")


@pytest.mark.parametrize(("encoding", "text"), SAMPLES)
def test_a_whole_talk_of_such_lines_is_told_too(encoding: str, text: str) -> None:
    talk = "\r\n".join(f"A: {text} {number}" for number in range(400))
    document = read(talk.encode(encoding), "talk.txt")
    assert document.text == talk.replace("\r\n", "\n")


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_at_the_beginning_is_believed_and_left_out(mark: str) -> None:
    document = read("Łódź 😀".encode(mark), "talk.txt")
    assert document.text == "Łódź 😀"
    assert not document.encoding_guessed
    assert document.notes == ()


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-32-be"])
def test_marks_of_the_other_byte_order(codec: str) -> None:
    assert read("\ufeffŁódź".encode(codec), "talk.txt").text == "Łódź"


def test_utf8_needs_no_guess_however_short() -> None:
    document = read("é".encode(), "e.txt")
    assert (document.text, document.encoding, document.encoding_guessed) == ("é", "utf-8", False)


def test_the_researcher_may_know_better() -> None:
    data = "приВЕТ".encode("koi8-r")
    assert read(data, "a.txt", ReadingChoices(encoding="koi8-r")).text == "приВЕТ"
    document = read(data, "a.txt", ReadingChoices(encoding="KOI8_R"))
    assert (document.encoding, document.encoding_guessed, document.notes) == ("koi8-r", False, ())


@pytest.mark.parametrize("encoding", ["no-such", "hex", "rot13", "base64", "x\0y"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(FormatProblem, match="is not an encoding known here"):
        read(b"abc", "a.txt", ReadingChoices(encoding=encoding))


def test_a_wrong_encoding_says_where_it_does_not_fit() -> None:
    with pytest.raises(FormatProblem) as caught:
        read("eins\nzwei\nSträuße".encode("cp1252"), "talk.txt", ReadingChoices(encoding="utf-8"))
    assert caught.value.line == 3
    assert str(caught.value) == (
        "talk.txt is not UTF-8 throughout: line 3 (byte 14) does not fit. "
        "Name its encoding, or open it in the program it comes from and save it as UTF-8."
    )
    with pytest.raises(FormatProblem, match="not ASCII throughout"):
        read("é".encode(), "talk.txt", ReadingChoices(encoding="ascii"))


@pytest.mark.parametrize("encoding", ["idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape", "undefined"])
def test_odd_encodings_end_in_a_text_or_a_sentence(encoding: str) -> None:
    for data in (b"\xff\\x", b"a" * 80, b"xn--\xe9", b"+AGE"):
        try:
            assert isinstance(read(data, "a.txt", ReadingChoices(encoding=encoding)).text, str)
        except FormatProblem as problem:
            assert str(problem).startswith("a.txt")


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"])
def test_a_mark_that_lies_is_said(mark: bytes) -> None:
    with pytest.raises(FormatProblem, match="throughout"):
        read(mark + b"\xd8\xd8\xd8", "a.txt")


def test_halves_of_characters_in_utf8_are_put_together_or_counted() -> None:
    document = read(b"\xed\xa0\xbd\xed\xb8\x80 and \xed\xa0\xbd alone", "a.txt")
    assert (document.text, document.encoding, document.encoding_guessed) == ("😀 and  alone", "utf-8", False)
    assert document.notes == ("1 unpaired surrogate (half of a character) was left out.",)
    assert read(b"\xed\xa0\xbd alone", "a.txt", ReadingChoices(encoding="utf-8")).text == " alone"
