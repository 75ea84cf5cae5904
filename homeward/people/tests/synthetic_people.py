"""Invented families, written down carelessly, some of them twice. Nobody here exists."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from homeward.lib.dates import PartialDate
from homeward.people.matching import Traits

# for each country: first names and family names, each with the spellings clerks use, commonest first
NAMES = {
    "TN": (
        "Mohamed/Muhamed/محمد Ahmed/Ahmad/أحمد Youssef/Yusuf/يوسف Khaled/Khalid/خالد Hichem/Hisham/هشام "
        "Sami/Samy Walid/Oualid/وليد Ines/Inès Amina/آمنة Amin/Amine Salma/Selma/سلمى Nour/Noor/نور "
        "Hassen/Hasan/حسن Hussein/Houcine/حسين Mariem/Maryam/مريم",
        "Trabelsi/Trabulsi Bouazizi/Buazizi/بوعزيزي Jaziri/Djaziri Hammami/حمامي Chaouch/Shawsh "
        "Mejri Ayari/Ayary",
    ),
    "GM": (
        "Lamin/Lamine Ebrima/Ibrima Ousman/Usman Fatoumatta/Fatumata Isatou/Aisatu Binta/Bintou "
        "Modou/Modu Musa/Moussa Kaddy/Kadi Alieu/Aliou Amadou/Amadu Sulayman/Souleymane",
        "Jallow/Jalloh Ceesay/Sesay Touray/Turay Bah/Ba Camara/Kamara Sanneh/Saneh Njie/N'Jie "
        "Jobe/Diop Darboe",
    ),
    "GE": (
        "Giorgi/Georgi/გიორგი Nino/ნინო Davit/David/დავით Levan/ლევან Tamar/Thamar/თამარ "
        "Luka/Luca/ლუკა Irakli/Irakly/ირაკლი Ana/Anna/ანა Zurab/Zourab/ზურაბ Natia/Nathia/ნათია",
        "Beridze Kapanadze Gelashvili Maisuradze/Maysuradze Lomidze Tsiklauri/Ciklauri Chkheidze/Chxeidze",
    ),
    "ET": (
        "Abebe/አበበ Tesfaye/Tesfay/ተስፋዬ Hiwot/Hiwet/ሕይወት Selam/Salam/ሰላም Dawit/Dawitt Meron/Meron "
        "Bekele/Bekelle Yonas/Jonas Mulu/Mullu Almaz/Almas Kidane/Kidan Tigist/Tegest",
        "Haile/Hayle Tadesse/Tadese Gebre/Gebere Girma/Ghirma Alemu/Alemou Wolde/Welde Desta/Dessta",
    ),
    "BD": (
        "Md/Mohammad Rahim/Raheem Karim/Kareem Nasrin/Nasreen Shahida/Shaheda Jahangir/Jahangeer "
        "Rafiq/Rafique Farhana/Farhanah Abdul/Abdool Salma/Selma Kamal/Kamaal Sumon/Suman",
        "Islam/Eslam Hossain/Hussain Rahman/Rohman Uddin/Uddeen Akter/Akhter Begum/Begom Miah/Mia "
        "Sarkar/Sarker",
    ),
    "UA": (
        "Oleksandr/Olexandr/Олександр Iryna/Irina/Ірина Serhii/Serhiy/Сергій Olena/Olenna/Олена "
        "Andrii/Andriy/Андрій Yuliia/Yulia/Юлія Dmytro/Dmitro/Дмитро Kateryna/Katerina/Катерина",
        "Shevchenko/Chevtchenko Kovalenko/Kowalenko Bondarenko Tkachenko/Tkatchenko Melnyk/Melnik "
        "Kravets/Kravetz",
    ),
}
DIALLING = {"TN": "216", "GM": "220", "GE": "995", "ET": "251", "BD": "880", "UA": "380"}
PLACES = {
    "TN": "Tunis Sfax/Safaqis Sousse/Susa",
    "GM": "Banjul Serekunda/Serrekunda Brikama",
    "GE": "Tbilisi/Tiflis Kutaisi Batumi",
    "ET": "Addis Mekelle/Mekele Gondar/Gonder",
    "BD": "Dhaka/Dacca Sylhet Khulna",
    "UA": "Kyiv/Kiev Lviv/Lvov Odesa/Odessa",
}
SYLLABLES = [consonant + vowel for consonant in "bdgklmnrst" for vowel in "aeiou"]
MADE_UP = 60  # further family names for each country, of syllables, so that lists are as varied as real ones
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Told:
    """Rows in the order of a list, and the positions (i < j) of rows that tell of one person."""

    rows: list[Traits]
    doubles: set[tuple[int, int]]


def told_people(families: int, *, seed: int, twice: float = 0.08) -> Told:
    """Families of one to five, of whom the share `twice` appear once more in a later journey."""
    random = Random(seed)  # noqa: S311
    people: list[tuple[int, Traits]] = []
    person = 0
    for number in range(families):
        for member in _family(random, number):
            person += 1
            people.append((person, _written(random, member)))
            if random.random() < twice:
                people.append((person, _written(random, _next_journey(random, member))))
    random.shuffle(people)
    seen: dict[int, int] = {}
    doubles = set()
    for position, (person, _) in enumerate(people):
        if person in seen:
            doubles.add((seen[person], position))
        seen.setdefault(person, position)
    return Told([traits for _, traits in people], doubles)


def _family(random: Random, number: int) -> list[Traits]:
    country = random.choice(list(NAMES))
    first, last = _names(country)
    surname, phone, place = (
        _zipf(random, last),
        _phone(random, country),
        random.choice(PLACES[country].split()),
    )
    departure = PartialDate.of_day(date(2023, 1, 1) + timedelta(random.randrange(900)))
    used = random.sample(first, min(random.choice([1, 1, 1, 2, 3, 4, 5]), len(first)))
    used[0] = _zipf(random, first) if len(used) == 1 else used[0]
    born = [_birth(random) for _ in used]
    if len(used) > 3 and random.random() < 0.1:
        born[-1] = born[-2]  # twins
    return [
        Traits(
            given_names=given,
            family_name=surname,
            birth=PartialDate.of_day(day),
            sex=random.choice(["female", "male"]),
            nationalities=(country,),
            documents=(random.choice("ABNP") + f"{random.randrange(10**7):07}",),
            phones=(phone,) if random.random() < 0.8 else (_phone(random, country),),
            place=place,
            file=f"F-{number}",
            departure=departure,
        )
        for given, day in zip(used, born, strict=True)
    ]


@cache
def _names(country: str) -> tuple[list[str], list[str]]:
    first, last = (part.split() for part in NAMES[country])
    random = Random(country)  # noqa: S311
    made_up = [
        "".join(random.choices(SYLLABLES, k=random.choice([2, 3, 3, 4]))).title() for _ in range(3 * MADE_UP)
    ]
    made_up = list(dict.fromkeys(made_up))[: 2 * MADE_UP]
    return first + made_up[:MADE_UP], last + made_up[MADE_UP:]


def _zipf(random: Random, names: list[str]) -> str:
    return random.choices(names, [1 / (rank + 1) for rank in range(len(names))])[0]


def _birth(random: Random) -> date:
    day = date(1960, 1, 1) + timedelta(int(random.triangular(0, 60 * 365, 32 * 365)))
    return day.replace(month=1, day=1) if random.random() < 0.06 else day


def _phone(random: Random, country: str) -> str:
    return f"+{DIALLING[country]}{random.randrange(10**8, 10**9)}"


def _next_journey(random: Random, person: Traits) -> Traits:
    changes = {
        "file": f"G-{random.randrange(10**6)}",
        "departure": PartialDate.of_day(date(2024, 6, 1) + timedelta(random.randrange(500))),
    }
    if random.random() < 0.3:
        changes["phones"] = (_phone(random, person.nationalities[0]),)
    if random.random() < 0.08:
        country = person.nationalities[0]
        changes["family_name"] = _zipf(random, _names(country)[1])  # married
    if random.random() < 0.15:
        changes["place"] = random.choice(PLACES[person.nationalities[0]].split())
    return replace(person, **changes)


def _written(random: Random, person: Traits) -> Traits:
    given, family = _spelled(random, person.given_names), _spelled(random, person.family_name)
    if random.random() < 0.04:
        given, family = family, given
    if random.random() < 0.03:
        given, family = f"{given} {family}", ""
    sex = random.choice(["female", "male", ""]) if random.random() < 0.2 else person.sex
    return replace(
        person,
        given_names=given,
        family_name=family,
        native_name=_native(person.given_names) if random.random() < 0.5 else "",
        birth=_told_date(random, person.birth.earliest),
        sex=sex,
        documents=_told_document(random, person.documents[0]),
        phones=_told_phone(random, person.phones[0]) if random.random() < 0.65 else (),
        place=random.choice(person.place.split("/")) if random.random() < 0.9 else "",
        file=person.file if random.random() < 0.9 else "",
    )


def _spelled(random: Random, spellings: str) -> str:
    written = random.choice(spellings.split("/"))
    if random.random() < 0.04 and len(written) > 4 and written.isascii():
        place = random.randrange(1, len(written))
        written = written[:place] + random.choice(LETTERS) + written[place + 1 :]
    return random.choice([written, written, written, written.upper(), f"  {written} "])


def _native(spellings: str) -> str:
    return next((spelling for spelling in spellings.split("/") if not spelling.isascii()), "")


def _told_date(random: Random, day: date) -> PartialDate | None:
    chance = random.random()
    if chance < 0.05:
        return None
    if chance < 0.12:
        return PartialDate.of_year(day.year)
    if chance < 0.17:
        return PartialDate.of_month(day.year, day.month)
    if chance < 0.22 and day.day <= 12:
        return PartialDate.of_day(date(day.year, day.day, day.month))
    if chance < 0.24:
        return PartialDate.of_day(date(day.year + random.choice([-10, -1, 1]), day.month, min(day.day, 28)))
    return PartialDate.of_day(day)


def _told_document(random: Random, number: str) -> tuple[str, ...]:
    chance = random.random()
    if chance < 0.5:
        return ()
    if chance < 0.55:
        place = random.randrange(1, len(number))
        return (number[:place] + random.choice("0123456789") + number[place + 1 :],)
    return (random.choice([number, f"{number[0]} {number[1:]}", number.lower()]),)


def _told_phone(random: Random, number: str) -> tuple[str, ...]:
    digits = number[1:]
    return (
        random.choice([number, f"00{digits}", f"0{digits[3:]}", f"+{digits[:3]} {digits[3:6]} {digits[6:]}"]),
    )
