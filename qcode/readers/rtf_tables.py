"""The words of rich text (RTF) that matter for its text, as its specification lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\", re.DOTALL
)
HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|titulo|заголовок|kop|rubrik|nagłówek)[\s_]*([1-9])", re.IGNORECASE
)
NOTE_KIND = re.compile(r"\s*\\ftnalt\b")
DEEPEST = 5_000

# Groups that hold no words of the text, whatever is in them.
NO_TEXT = frozenset([
    "fonttbl", "colortbl", "stylesheet", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "pict", "fldinst", "xe",
    "tc", "txe", "rxe", "nonesttables", "sp", "filetbl", "nonshppict", "annotation",
])  # fmt: skip
# Groups that programs of our kind pass over, but for some of the groups within them.
PASSED_OVER = frozenset(("object", "upr", "do"))
TEXT_AGAIN = frozenset(("footnote", "shptxt", "dptxbxtext", "ud", "result"))
NOTED = {"annotation": "comments", "pict": "pictures", "header": "heads", "footer": "heads"}

CHARSETS: Mapping[int, str] = {
    77: "mac_roman", 78: "shift_jis", 79: "big5", 80: "euc_kr", 81: "mac_greek", 128: "cp932", 129: "cp949",
    130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
FAMILIES: Mapping[str, str] = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
SIGNS: Mapping[str, str] = {
    "emdash": "\u2014", "endash": "\u2013", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
ESCAPED: Mapping[str, str] = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011"}
BREAKS: Mapping[str, str] = {
    "par": "par", "sect": "par", "page": "par", "column": "par", "line": "line", "softline": "line", "lbr": "line",
    "tab": "tab", "cell": "cell", "row": "row", "nestcell": "gap", "nestrow": "gap",
}  # fmt: skip
BULLETS = {"\uf0b7": "\u2022", "\uf0a7": "\u25aa"}
