"""Text in any script, turned to keys that find it again: in its own script, and in rough Latin."""

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

from homeward.lib.digits import ascii_digits

APOSTROPHES = "'`´’‘‛ʼʻʿʾʹʽ′՚׳"  # written inside names
INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
SAME_LETTERS = str.maketrans(
    {
        # Arabic script as typed on Arabic, Persian, Kurdish, Pashto and Urdu keyboards
        **dict.fromkeys("ىیېۍے", "ي"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ةەہھۃ", "ه"),
        **dict.fromkeys("ٱ", "ا"),
        **dict.fromkeys("ۆۇۋ", "و"),
        **dict.fromkeys("ټٹ", "ت"),
        **dict.fromkeys("ډڈ", "د"),
        **dict.fromkeys("ړڑڕ", "ر"),
        **dict.fromkeys("ڵ", "ل"),
        **dict.fromkeys("ںڼ", "ن"),
        **dict.fromkeys("ـء", ""),
        # Latin letters that are not a letter with a mark
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ə": "e",
        "æ": "ae",
        "œ": "oe",
        **dict.fromkeys(APOSTROPHES, ""),
    }
)
KEEPS_MARK = frozenset({0, 7, 8, 9})  # nukta, kana voicing, virama: letters, not accents

ARABIC = re.compile(r"[\u0600-\u06ff]")
# fmt: off
ARABIC_CONSONANTS = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh",
    "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "ښ": "sh", "ځ": "z", "څ": "ts", "ږ": "zh",
}
# fmt: on
ARABIC_WEAK = {"ا": "aa", "ع": "aa", "و": "wu", "ي": "yi"}  # as a consonant, as a vowel


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """The search key of a name in its own script: no case, accents, apostrophes or invisible signs."""
    text = unicodedata.normalize("NFKC", name).casefold()
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    plain = "".join(map(_plain, marked)).translate(SAME_LETTERS)
    return " ".join(unicodedata.normalize("NFC", ascii_digits(plain)).split())


@lru_cache(maxsize=65_536)
def latin(name: str) -> str:
    """A rough Latin form, a to z only; Arabic script, which omits short vowels, keeps omitting them."""
    words = (_latin_word(word) for word in folded(name).split())
    return " ".join(" ".join(words).split())


def _plain(sign: str) -> str:
    """Letters, digits and the marks that are letters stay; accents and invisible signs go; the rest parts."""
    kind = unicodedata.category(sign)
    if sign.isspace():
        return " "
    if kind in INVISIBLE or unicodedata.combining(sign) not in KEEPS_MARK:
        return ""
    return sign if kind[0] in "LNM" or sign in APOSTROPHES else " "


def _latin_word(word: str) -> str:
    if ARABIC.search(word):
        word = _latin_of_arabic(word)
    return re.sub(r"[^a-z0-9 ]", "", unidecode(word).lower())


def _latin_of_arabic(word: str) -> str:
    """Weak letters are read by their place: waw and yeh as consonants only before a vowel or in front."""
    letters = ""
    for before, letter, after in zip(" " + word, word, word[1:] + " ", strict=False):
        weak = before != " " and after not in "اوي"
        if letter == "ه":
            letters += _latin_heh(letters, last=after == " ")
        elif letter in ARABIC_WEAK:
            letters += ARABIC_WEAK[letter][weak]
        else:
            letters += ARABIC_CONSONANTS.get(letter, letter)
    return letters


def _latin_heh(letters: str, *, last: bool) -> str:
    """A last heh is an a (Fatma); after s, z, t … it must not make one sound with them (Zahra)."""
    before = letters[-1:]
    if last:
        return "a" if before and before not in "aiuwy" else "h"
    return "ah" if before and before in "sztdkgcp" else "h"
