"""Tell in which of the usual older encodings a text was written, by how well its letters then fit together.

General detectors need paragraphs to be sure and take a short French note for Polish. Ours looks at each letter beyond
ASCII with its neighbours: is it one its languages use, is a capital in the middle of a word, is a sign between two
letters, does an opening quote open anything. A few words are mostly enough; where two encodings read the same, the
more usual one is named.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

_SAMPLE = 4_096
_LARGEST_SAMPLE = 65_536
_ENOUGH = 200
_ASCII = bytes(range(128))
_ASCII_LETTER = re.compile("[A-Za-z]")
_UNREADABLE = -9.0
_TOO_BAD = -0.5


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding to try: Python's name for it, the name a person knows, and what its texts are made of."""

    codec: str
    name: str
    alphabets: tuple[str, ...]  # a language each: its lower-case letters beyond ASCII, those that are frequent
    seldom: str = ""  # further letters of these languages
    ahead: float = 0.0  # how much likelier than others, before a letter is read


# French, German, Spanish, Portuguese, Italian, Catalan, Dutch, Danish and Norwegian, Swedish and Finnish
_WESTERN = ("éèêàâçîïôùûœë", "äöüßé", "áéíñóúü", "áàâãçéêíóôõú", "àèéìòù", "àçéèíïóòúü", "ëéïèöü", "æøåé", "åäöé")
_WESTERN_SELDOM = "éèêëáàâäãåæçíìîïñóòôöõøœúùûüßýÿðþ"
# Polish, Czech and Slovak, Hungarian, Romanian, Croatian and Slovene
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýžľĺôä", "áéíóöőúüű", "ăâîşţșț", "čćđšž")
_CENTRAL_SELDOM = "áäâăąčćçďđéëěęíîĺľłňńóôöőŕřśšşťţúůűüýźžżß"
# Russian, Ukrainian and Bulgarian; Serbian and Macedonian
_CYRILLIC = ("оеаинтсрвлкмдпуяыі", "аеиносртвујкмдлпзгљњћђџ")
_CYRILLIC_SELDOM = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяієїґў"
_CHINESE = (
    "的一是不了在人有我他這这個个們们來来到時时大地為为子中你說说生國国年着就那和要她出也得里后自以會会家可下而过過天去能对對小多"
    "然于心学學么之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開美总總从從无無情己面最女但现現前些所同日手又行意动動方期它"
    "头頭经經长長儿兒回位分爱愛老因很给給名法间間斯知世什两兩次使身者被高已亲親其进進此话話常与與活正感请請问問谈談访訪者权權力",
)
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_JAPANESE = (_KANA + "日人年大会国一本出中時行見私者言思生事自分上間何今語力権",)
_KOREAN = (
    "이다는을의에가고하지은를도기로사서나한그리시어자인수아대있것정게라스부해니보들과일전장제만면습안여요었우저렇게말권력했되",
)

ENCODINGS = (
    Encoding("cp1252", "Western European, Windows-1252", _WESTERN, _WESTERN_SELDOM, 0.15),
    Encoding("cp1250", "Central European, Windows-1250", _CENTRAL, _CENTRAL_SELDOM, 0.035),
    Encoding("cp1251", "Cyrillic, Windows-1251", _CYRILLIC, _CYRILLIC_SELDOM, 0.1),
    Encoding("koi8_r", "Cyrillic, KOI8-R", _CYRILLIC, _CYRILLIC_SELDOM, 0.05),
    Encoding("koi8_u", "Cyrillic, KOI8-U", _CYRILLIC, _CYRILLIC_SELDOM, 0.04),
    Encoding("cp866", "Cyrillic, DOS 866", _CYRILLIC, _CYRILLIC_SELDOM, 0.0),
    Encoding("mac_cyrillic", "Cyrillic, Mac", _CYRILLIC, _CYRILLIC_SELDOM, 0.0),
    Encoding("iso8859_5", "Cyrillic, ISO 8859-5", _CYRILLIC, _CYRILLIC_SELDOM, 0.0),
    Encoding("iso8859_15", "Western European, ISO 8859-15", _WESTERN, _WESTERN_SELDOM, 0.08),
    Encoding("mac_roman", "Western European, Mac Roman", _WESTERN, _WESTERN_SELDOM, -0.1),
    Encoding("cp850", "Western European, DOS 850", _WESTERN, _WESTERN_SELDOM, -0.2),
    Encoding("iso8859_2", "Central European, ISO 8859-2", _CENTRAL, _CENTRAL_SELDOM, 0.03),
    Encoding("cp1254", "Turkish, Windows-1254", ("çğıöşüi",), "âîûé", 0.14),
    Encoding("cp1257", "Baltic, Windows-1257", ("āčēģīķļņšūž", "ąčęėįšųūž", "äöõüšž"), "āčēģīķļņšūžąęėįųäöõü", 0.0),
    Encoding("cp1253", "Greek, Windows-1253", ("αεηικλμνοπρστυςάέίόή",), "βγδζθξφχψωύώϊϋΐΰ", 0.05),
    Encoding("cp1255", "Hebrew, Windows-1255", ("אבהוילמרשתםנכ",), "גדזחטסעפצקךןףץ", 0.1),
    Encoding("cp1256", "Arabic, Windows-1256", ("ابتلمنويرهدسعفةأ",), "ءآؤإئثجحخذزشصضطظغقكىپچژگ", 0.05),
    Encoding("cp874", "Thai, Windows-874", ("านรอกเงมยลวดทตสปหคบ่้าิีไใพจชขแัื",), "ฉซฌญฎฏฐฑฒณถธผฝฟภศษฬฮะำึุูโ็์ๆ", -0.1),
    Encoding("cp932", "Japanese, Shift JIS", _JAPANESE, "", 0.1),
    Encoding("euc_jp", "Japanese, EUC", _JAPANESE, "", 0.08),
    Encoding("gb18030", "Chinese, GB 18030", _CHINESE, "", 0.1),
    Encoding("big5", "Chinese, Big5", _CHINESE, "", 0.08),
    Encoding("cp949", "Korean, EUC-KR", _KOREAN, "", 0.1),
)
# Where each encoding of Chinese and Japanese has its commoner characters: the first byte of two.
_COMMON_LEAD = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "euc_jp": (0xB0, 0xCF), "cp932": (0x88, 0x97)}

_OPENING = "“„‘«¿¡"
_CLOSING = "”’»…"
_BETWEEN = {"’": 1.0, "—": 1.0, "–": 0.8, "·": 0.8, "\u00ad": 0.8}
_BY_NUMBERS = "°±²³£¥€½¼¾ªº×÷¢‰№"
_BY_SPACES = "§©®µ¶•†‡™´"
_LONELY = frozenset("яисвкоауі")  # words of one letter


def guess(data: bytes) -> Encoding | None:
    """Name the encoding in which the bytes, not UTF-8, read best; None when they read badly in all."""
    sample = _sample(data)
    ranked = sorted(((fit(sample, encoding), encoding) for encoding in ENCODINGS), key=lambda pair: -pair[0])
    return next((encoding for worth, encoding in ranked if worth > _TOO_BAD and _decodes(data, encoding.codec)), None)


def fit(sample: bytes, encoding: Encoding) -> float:
    """Say how well the bytes beyond ASCII read in an encoding: about 1 when they do, below 0 when they do not."""
    try:
        text = codecs.getincrementaldecoder(encoding.codec)().decode(sample)
    except UnicodeDecodeError:
        return _UNREADABLE
    letters: Counter[str] = Counter()
    worth = weight = 0.0
    for at, char in enumerate(text):
        if char < "\x80":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        wide = 2.0 if ord(char) >= 0x2E80 else 1.0  # it accounts for two bytes
        weight += wide
        if char.isalpha() or unicodedata.category(char) == "Mn":
            letters[char.lower()[0]] += 1
            worth += wide * _place_of_letter(char, before, after)
        else:
            worth += wide * _place_of_sign(char, before, after)
    worth -= abs(text.count("«") - text.count("»"))
    if not weight:
        return _UNREADABLE
    foreign = sum(count for char, count in letters.items() if 0x0250 <= ord(char) < 0x2E80)
    if foreign and len(_ASCII_LETTER.findall(text)) > 4 * foreign:
        worth -= 1.5 * foreign  # a lone letter of another script in a Latin text
    best = max(
        sum(n * _worth(char, alphabet, encoding) for char, n in letters.items()) for alphabet in encoding.alphabets
    )
    return (worth + best) / weight + encoding.ahead * min(1.0, 30 / weight)


def _sample(data: bytes) -> bytes:
    """Take lines that hold more than ASCII, as many as are enough to judge by."""
    if len(data) <= _SAMPLE:
        return data
    lines: list[bytes] = []
    size = high = 0
    for line in data.split(b"\n"):
        if not line.isascii():
            lines.append(line[: _LARGEST_SAMPLE - size])
            size += len(lines[-1])
            high += len(lines[-1].translate(None, _ASCII))
            if size >= _LARGEST_SAMPLE or (size >= _SAMPLE and high >= _ENOUGH):
                break
    return b"\n".join(lines)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _worth(char: str, alphabet: str, encoding: Encoding) -> float:
    """Judge a letter by itself: one of the language's own, one that comes with it, or a stranger."""
    code = ord(char)
    wide = 2.0 if code >= 0x2E80 else 1.0
    if char in alphabet:
        return wide
    if char in encoding.seldom:
        return 0.0 if code < 0x0250 else 0.4
    if 0xAC00 <= code < 0xD7A4:
        return 0.5
    if 0x4E00 <= code < 0xA000:
        low, high = _COMMON_LEAD.get(encoding.codec, (0, 0))
        return 1.0 if low <= char.encode(encoding.codec)[0] <= high else -0.6
    return -2.5 * wide


def _place_of_letter(char: str, before: str, after: str) -> float:
    """Take away for a letter that stands where it hardly can: a capital within a word, another script in it."""
    worth = 0.0
    if char.isupper():
        worth -= 0.2
        if before.islower():
            worth -= 3.0
        elif before.isalpha() and after.islower():
            worth -= 1.0
    elif before.isupper() and after.isupper():
        worth -= 2.0
    if ord(char) >= 0x2E80:
        return worth
    if before.isdigit() or after.isdigit():
        worth -= 0.7
    neighbours = [other for other in (before, after) if other.isalpha()]
    if ord(char) < 0x0250:
        return worth + _place_of_latin(char.lower(), before, after, neighbours)
    if not neighbours and (unicodedata.category(char) == "Mn" or char.lower() not in _LONELY):
        worth -= 0.3
    return worth - 2.0 * sum(other.isascii() for other in neighbours)


def _place_of_latin(char: str, before: str, after: str, neighbours: list[str]) -> float:
    """Judge a Latin letter with a mark: it stands among letters without, seldom alone or with others of its kind."""
    worth = -0.8 * sum(not other.isascii() for other in neighbours) if neighbours else -0.3
    if char in "ìù" and after.isalpha():
        worth -= 1.0  # in Italian and French at the end of a word; within it is another encoding's letter
    if char in "õã" and (not before.isalpha() or (char == "õ" and after != "e")):
        worth -= 1.0  # Portuguese
    return worth


def _place_of_sign(char: str, before: str, after: str) -> float:
    """Judge a sign by where it stands: quotes open and close, a dash or apostrophe joins, others keep out of words."""
    code = ord(char)
    wide = 0x3000 <= code < 0x3020 or 0xFF00 <= code < 0xFF60
    if before.isalpha() and after.isalpha():
        worth = 0.9 if wide else _BETWEEN.get(char, -4.0)
    elif char in _OPENING:
        worth = 0.9 if not before.isalnum() and not after.isspace() else -1.5
    elif char in _CLOSING:
        worth = 0.9 if not before.isspace() else -1.0
    elif char in "–—" or wide:
        worth = 0.9
    elif char == "\xa0":
        worth = 0.2
    elif char in "¹²³" and not after.isalpha():
        worth = 0.8  # a footnote, or a square
    elif char in _BY_NUMBERS:
        worth = 0.8 if before.isdigit() or after.isdigit() or not (before.isalpha() or after.isalpha()) else -1.0
    elif char in _BY_SPACES:
        worth = 0.6 if before.isspace() or after.isspace() else -1.0
        worth -= 2.5 * after.isalpha()
    else:
        worth = -3.0
    return worth
