"""Languages that sources are written in, by their tags (BCP 47)."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = {
    "af": "Afrikaans",
    "sq": "Albanian · shqip",
    "am": "Amharic · አማርኛ",
    "ar": "Arabic · العربية",
    "hy": "Armenian · հայերեն",
    "az": "Azerbaijani · azərbaycanca",
    "eu": "Basque · euskara",
    "be": "Belarusian · беларуская",
    "bn": "Bengali · বাংলা",
    "bs": "Bosnian · bosanski",
    "bg": "Bulgarian · български",
    "my": "Burmese · မြန်မာ",
    "ca": "Catalan · català",
    "zh": "Chinese · 中文",
    "hr": "Croatian · hrvatski",
    "cs": "Czech · čeština",
    "da": "Danish · dansk",
    "nl": "Dutch · Nederlands",
    "en": "English",
    "et": "Estonian · eesti",
    "fi": "Finnish · suomi",
    "fr": "French · français",
    "gl": "Galician · galego",
    "ka": "Georgian · ქართული",
    "de": "German · Deutsch",
    "el": "Greek · ελληνικά",
    "gu": "Gujarati · ગુજરાતી",
    "ha": "Hausa",
    "he": "Hebrew · עברית",
    "hi": "Hindi · हिन्दी",
    "hu": "Hungarian · magyar",
    "is": "Icelandic · íslenska",
    "ig": "Igbo",
    "id": "Indonesian · Bahasa Indonesia",
    "ga": "Irish · Gaeilge",
    "it": "Italian · italiano",
    "ja": "Japanese · 日本語",
    "kn": "Kannada · ಕನ್ನಡ",
    "kk": "Kazakh · қазақша",
    "km": "Khmer · ខ្មែរ",
    "rw": "Kinyarwanda",
    "ko": "Korean · 한국어",
    "ku": "Kurdish · kurdî",
    "ky": "Kyrgyz · кыргызча",
    "lo": "Lao · ລາວ",
    "lv": "Latvian · latviešu",
    "lt": "Lithuanian · lietuvių",
    "mk": "Macedonian · македонски",
    "ms": "Malay · Bahasa Melayu",
    "ml": "Malayalam · മലയാളം",
    "mt": "Maltese · Malti",
    "mr": "Marathi · मराठी",
    "mn": "Mongolian · монгол",
    "ne": "Nepali · नेपाली",
    "no": "Norwegian · norsk",
    "ps": "Pashto · پښتو",
    "fa": "Persian · فارسی",
    "pl": "Polish · polski",
    "pt": "Portuguese · português",
    "pa": "Punjabi · ਪੰਜਾਬੀ",
    "ro": "Romanian · română",
    "ru": "Russian · русский",
    "sr": "Serbian · српски",
    "si": "Sinhala · සිංහල",
    "sk": "Slovak · slovenčina",
    "sl": "Slovenian · slovenščina",
    "so": "Somali · Soomaali",
    "es": "Spanish · español",
    "sw": "Swahili · Kiswahili",
    "sv": "Swedish · svenska",
    "tl": "Tagalog",
    "ta": "Tamil · தமிழ்",
    "te": "Telugu · తెలుగు",
    "th": "Thai · ไทย",
    "ti": "Tigrinya · ትግርኛ",
    "tr": "Turkish · Türkçe",
    "uk": "Ukrainian · українська",
    "ur": "Urdu · اردو",
    "uz": "Uzbek · oʻzbek",
    "vi": "Vietnamese · Tiếng Việt",
    "cy": "Welsh · Cymraeg",
    "xh": "Xhosa · isiXhosa",
    "yi": "Yiddish · ייִדיש",
    "yo": "Yoruba · Yorùbá",
    "zu": "Zulu · isiZulu",
}
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)


def name_of(tag: str) -> str:
    """Name a language by its tag, "pt-BR" as "Portuguese · português (BR)"; what is not known is its own name."""
    base, _, rest = tag.partition("-")
    name = NAMES.get(base.lower(), "")
    if not name:
        return tag
    return f"{name} ({rest})" if rest else name


def is_tag(words: str) -> bool:
    """Tell whether words have the form of a tag: en, pt-BR, zh-Hant."""
    return _TAG.fullmatch(words) is not None


def tag_of(words: str) -> str:
    """Find the tag that is meant: a tag stays as it is, a name in either language gives its tag; "" when none does."""
    wanted = words.strip()
    for tag, name in NAMES.items():
        if wanted.casefold() in (name.casefold(), *(part.casefold() for part in name.split(" · "))):
            return tag
    return wanted if is_tag(wanted) else ""
