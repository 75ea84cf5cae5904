"""Invented names: common given names of many languages with family names that no register holds."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class InventedName:
    given: str
    family: str
    native: str
    is_female: bool


# Given name, the same in Arabic script, female or not, other ways it is written down.
GIVEN: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("Amina", "أمينة", True, ("Ameena", "Aminah")),
    ("Yusuf", "يوسف", False, ("Youssef", "Yousuf", "Jusuf")),
    ("Mariam", "مريم", True, ("Maryam", "Meriem")),
    ("Omar", "عمر", False, ("Umar", "Omer")),
    ("Layla", "ليلى", True, ("Leila", "Laila")),
    ("Karim", "كريم", False, ("Kareem",)),
    ("Zainab", "زينب", True, ("Zaynab", "Zeinab")),
    ("Hassan", "حسن", False, ("Hasan",)),
    ("Fatima", "فاطمة", True, ("Fatma", "Fatimah")),
    ("Idris", "إدريس", False, ("Idriss", "Edris")),
    ("Salma", "سلمى", True, ("Selma",)),
    ("Tarek", "طارق", False, ("Tariq", "Tarik")),
    ("Noor", "نور", True, ("Nour", "Nur")),
    ("Bilal", "بلال", False, ("Belal",)),
    ("Huda", "هدى", True, ("Hoda",)),
    ("Samir", "سمير", False, ("Sameer",)),
    ("Rania", "رانيا", True, ("Ranya",)),
    ("Ibrahim", "إبراهيم", False, ("Ebrahim", "Brahim")),
    ("Dalia", "داليا", True, ("Dalya",)),
    ("Mustafa", "مصطفى", False, ("Moustapha", "Mostafa")),
    ("Asma", "أسماء", True, ("Asmaa",)),
    ("Khalid", "خالد", False, ("Khaled",)),
    ("Yara", "يارا", True, ("Yarah",)),
    ("Anwar", "أنور", False, ("Anouar",)),
    ("Sana", "سناء", True, ("Sanaa",)),
    ("Jamal", "جمال", False, ("Jamaal", "Gamal")),
    ("Rim", "ريم", True, ("Reem",)),
    ("Nabil", "نبيل", False, ("Nabeel",)),
    ("Hala", "هالة", True, ("Halah",)),
    ("Faris", "فارس", False, ("Fares",)),
)
BEGINNINGS = (
    *(("Mar", "مار"), ("Sal", "سال"), ("Tor", "تور"), ("Ben", "بن"), ("Kal", "كال"), ("Der", "در")),
    *(("Hol", "هول"), ("Vas", "فاس"), ("Nor", "نور"), ("Zar", "زار"), ("Lum", "لوم"), ("Fen", "فن")),
    *(("Gor", "غور"), ("Pel", "بل"), ("Ras", "راس"), ("Tam", "تام"), ("Yel", "يل"), ("Bor", "بور")),
)
MIDDLES = (
    *(("a", "ا"), ("i", "ي"), ("o", "و"), ("an", "ان"), ("el", "يل"), ("or", "ور")),
    *(("im", "يم"), ("ud", "ود"), ("eth", "يث"), ("ash", "اش")),
)
ENDINGS = (
    *(("ven", "فن"), ("dar", "دار"), ("mi", "مي"), ("sen", "سن"), ("rak", "راك"), ("lo", "لو")),
    *(("tani", "تاني"), ("wick", "ويك"), ("shir", "شير"), ("bek", "بك"), ("nour", "نور"), ("fal", "فال")),
)


def family_name(chance: Random) -> tuple[str, str]:
    """An invented family name in Latin and in Arabic script; 2,160 there are."""
    parts = (chance.choice(BEGINNINGS), chance.choice(MIDDLES), chance.choice(ENDINGS))
    return "".join(latin for latin, _ in parts), "".join(native for _, native in parts)


def person_name(chance: Random, family: tuple[str, str]) -> InventedName:
    """A given name with the family's name, in both scripts."""
    given, native, is_female, _ = chance.choice(GIVEN)
    return InventedName(given, family[0], f"{native} {family[1]}", is_female)


def written_differently(chance: Random, name: InventedName) -> InventedName:
    """The same name as another clerk would have written it."""
    variants = next(others for given, _, _, others in GIVEN if given == name.given)
    given, family = chance.choice(variants), name.family
    if chance.random() < 0.3:
        spot = chance.randrange(1, len(family) - 1)
        family = family[:spot] + family[spot + 1] + family[spot] + family[spot + 2 :]
    return InventedName(given, family, name.native if chance.random() < 0.6 else "", name.is_female)
