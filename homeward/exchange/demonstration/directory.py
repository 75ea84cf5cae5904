"""The demonstration's directory: sixty invented services in six places, some old, some full, some hidden."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.exchange.demonstration.country import PLACES, RETURN
from homeward.organisations import demo
from homeward.services.commands import add_provider, add_service, propose_change, read_feedback, say_feedback
from homeward.services.queries import visible_services
from homeward.services.rules import (
    ForWhom,
    Opening,
    PlaceDetails,
    ProviderDetails,
    RoomDetails,
    ServiceDetails,
    Status,
)

if TYPE_CHECKING:
    from homeward.services.models import Provider

SALMA = Actor(demo.SALMA.id, demo.REINTEGRATION_OFFICE.id, Role.ORIGIN_AUTHORITY, name=demo.SALMA.name)
NORA = Actor(demo.NORA.id, demo.RETURN_PARTNERS.id, Role.CASE_MANAGER, name=demo.NORA.name)
TOWNS = tuple(PLACES)
POINTS = {  # on no map: Marenia lies in the sea
    "Saltfield": (0.52, -9.21),
    "Old Harbour": (0.31, -9.44),
    "Northford": (0.98, -9.02),
    "Hill Districts": (0.77, -8.61),
    "Reedmouth": (0.12, -9.05),
    "Stonewell": (0.45, -8.72),
}
STREETS = ("Quay", "Market Street", "School Lane", "Mill Road")
WEEK = ("MO", "TU", "WE", "TH", "SU")


@dataclass(frozen=True)
class Kind:
    """A sort of service and the places that have one."""

    provider: str
    name: str
    fr: str
    ar: str
    needs: tuple[str, ...]
    description: str
    described_ar: str
    towns: tuple[str, ...]
    unit: str = ""
    room: int = 0
    languages: tuple[str, ...] = ("ar",)
    is_free: bool | None = True
    facts: dict[str, object] = field(default_factory=dict)


BIG = TOWNS[:3]
SOME = TOWNS[:4]
KINDS = (
    Kind(
        "Port Clinic Demo",
        "Open clinic",
        "Consultation ouverte",
        "عيادة مفتوحة",
        ("health",),
        "A nurse sees you first, a doctor the same day if needed. Bring any medicine you take.",
        "تستقبلك ممرضة أولًا ثم طبيب في اليوم نفسه عند الحاجة. أحضر الأدوية التي تتناولها.",
        BIG,
        "Visit",
        30,
        ("ar", "fr", "en"),
    ),
    Kind(
        "Port Clinic Demo",
        "Talking helps",
        "Parler aide",
        "الكلام يساعد",
        ("mental_health",),
        "Talks with a psychologist, alone or in a small group. What you say stays there.",
        "جلسات مع أخصائي نفسي، فردية أو في مجموعة صغيرة. ما تقوله يبقى سرًا.",
        BIG,
        "Appointment",
        8,
        ("ar", "fr", "ku"),
    ),
    Kind(
        "Harbour Shelter Demo",
        "Beds for the first nights",
        "Lits pour les premières nuits",
        "أسرّة لليالي الأولى",
        ("shelter", "housing"),
        "A bed, a meal and a place to wash for up to fourteen nights after arrival.",
        "سرير ووجبة ومكان للاغتسال مدة تصل إلى أربع عشرة ليلة بعد الوصول.",
        SOME,
        "Bed",
        12,
        ("ar", "en"),
    ),
    Kind(
        "Quiet House Demo",
        "Safe house for women",
        "Maison sûre pour femmes",
        "بيت آمن للنساء",
        ("shelter", "protection"),
        "A protected stay for women and their children who are not safe at home.",
        "إقامة محميّة للنساء وأطفالهن ممن لسن آمنات في البيت.",
        BIG,
        "Bed",
        6,
        ("ar", "fr"),
        facts={"is_restricted": True, "for_whom": ForWhom.WOMEN, "minimum_age": 16},
    ),
    Kind(
        "Quiet House Demo",
        "Help after trafficking",
        "Aide après la traite",
        "مساعدة بعد الاتجار بالبشر",
        ("protection", "legal"),
        "Protection, a lawyer and a doctor for people who were exploited.",
        "حماية ومحامٍ وطبيب لمن تعرضوا للاستغلال.",
        ("Saltfield", "Northford"),
        "Place",
        4,
        ("ar", "fr", "en"),
        facts={"is_restricted": True},
    ),
    Kind(
        "Legal Aid Union Demo",
        "Legal advice",
        "Conseil juridique",
        "مشورة قانونية",
        ("legal", "documents"),
        "A lawyer looks at your papers with you and says what you can do.",
        "يراجع محامٍ أوراقك معك ويقول لك ما يمكنك فعله.",
        SOME,
        "Appointment",
        10,
        ("ar", "fr"),
    ),
    Kind(
        "Civil Registry Demo",
        "Identity papers",
        "Papiers d’identité",
        "أوراق الهوية",
        ("documents",),
        "Birth certificates, identity cards and certified copies.",
        "شهادات ميلاد وبطاقات هوية ونسخ مصدّقة.",
        TOWNS,
        is_free=False,
        facts={"fees": "From 5; nothing in the first three months after return."},
    ),
    Kind(
        "Workers' Bureau Demo",
        "Finding work",
        "Recherche d’emploi",
        "البحث عن عمل",
        ("work",),
        "We look at what you can do, write a CV with you and know who is hiring.",
        "ننظر معك في مهاراتك ونكتب سيرتك الذاتية ونعرف من يوظّف.",
        SOME,
        "Appointment",
        15,
        ("ar", "fr", "en"),
        facts={"minimum_age": 18, "maximum_age": 64},
    ),
    Kind(
        "Bakers' Guild Demo",
        "Learn to bake",
        "Apprendre la boulangerie",
        "تعلّم الخَبز",
        ("training", "work"),
        "Three months in a bakery with a certificate at the end.",
        "ثلاثة أشهر في مخبز مع شهادة في النهاية.",
        BIG,
        "Seat",
        12,
        facts={"minimum_age": 16},
    ),
    Kind(
        "Technical Institute Demo",
        "Electrician's course",
        "Formation d’électricien",
        "دورة كهربائي",
        ("training",),
        "Six months, evenings, with practice in real houses.",
        "ستة أشهر مساءً مع تدريب في بيوت حقيقية.",
        BIG,
        "Seat",
        16,
        is_free=False,
        facts={"minimum_age": 18, "fees": "40 a month; grants on request."},
    ),
    Kind(
        "Open School Demo",
        "Back to school",
        "Retour à l’école",
        "العودة إلى المدرسة",
        ("schooling", "children"),
        "Places in the nearest school and extra lessons for children who were away.",
        "مقاعد في أقرب مدرسة ودروس إضافية للأطفال العائدين.",
        SOME,
        "Seat",
        25,
        facts={"minimum_age": 6, "maximum_age": 18},
    ),
    Kind(
        "Open School Demo",
        "Arabic again",
        "L’arabe à nouveau",
        "العربية من جديد",
        ("language", "schooling"),
        "Reading and writing for people who grew up elsewhere.",
        "القراءة والكتابة لمن نشأوا في الخارج.",
        BIG,
        "Seat",
        14,
        ("ar", "fr", "en"),
    ),
    Kind(
        "Seed Fund Demo",
        "Start a small business",
        "Créer une petite entreprise",
        "ابدأ مشروعًا صغيرًا",
        ("business",),
        "A course of two weeks, a plan on paper and somebody who visits you for a year.",
        "دورة أسبوعين وخطة مكتوبة ومن يزورك مدة سنة.",
        SOME,
        "Seat",
        20,
        ("ar", "fr"),
        facts={"minimum_age": 18},
    ),
    Kind(
        "Seed Fund Demo",
        "Small loans",
        "Petits prêts",
        "قروض صغيرة",
        ("credit", "business"),
        "Loans without interest up to 2,000 for a shop, tools or animals.",
        "قروض بلا فوائد حتى 2000 لمتجر أو أدوات أو ماشية.",
        BIG,
        languages=("ar",),
        is_free=None,
        facts={"minimum_age": 18},
    ),
    Kind(
        "Red Sail Demo",
        "Food parcels",
        "Colis alimentaires",
        "سلال غذائية",
        ("food", "cash"),
        "Food for a family for two weeks, once a month, for the first half year.",
        "غذاء لأسرة مدة أسبوعين، مرة كل شهر، خلال نصف السنة الأول.",
        SOME,
        "Parcel",
        40,
    ),
    Kind(
        "Red Sail Demo",
        "Looking for family",
        "Rechercher sa famille",
        "البحث عن الأسرة",
        ("family",),
        "We search for relatives you lost on the way, here and abroad.",
        "نبحث عن أقارب فقدتهم في الطريق، هنا وفي الخارج.",
        ("Saltfield", "Old Harbour"),
        languages=("ar", "fr", "en", "ku"),
    ),
    Kind(
        "Able Together Demo",
        "Aids and wheelchairs",
        "Aides et fauteuils roulants",
        "وسائل مساعدة وكراسٍ متحركة",
        ("disability", "health"),
        "Wheelchairs, hearing aids and a visit at home to see what helps.",
        "كراسٍ متحركة وسماعات وزيارة منزلية لمعرفة ما يساعد.",
        ("Saltfield", "Northford"),
        "Chair",
        5,
    ),
    Kind(
        "Social Insurance Demo",
        "Family benefits",
        "Prestations familiales",
        "إعانات الأسرة",
        ("social_protection", "cash"),
        "Who may have benefits, and the forms for them.",
        "من يحق له الحصول على الإعانات، والاستمارات اللازمة.",
        ("Saltfield", "Old Harbour", "Northford"),
    ),
)


def tell_directory(today: date) -> None:
    """Fill the directory of the country of return, once."""
    with acting_as(SALMA):
        if visible_services(SALMA).exists():
            return
    drawn = Random(f"directory {today.year}")  # noqa: S311 - drawing examples
    providers = {name: _provider(name) for name in dict.fromkeys(kind.provider for kind in KINDS)}
    made = [
        _service(kind, town, providers[kind.provider], drawn, today) for kind in KINDS for town in kind.towns
    ]
    for service in made[::9]:
        said = say_feedback(NORA, service_id=service, rating=drawn.randint(3, 5), words=drawn.choice(SAID))
        if drawn.random() < 0.7:
            read_feedback(SALMA, feedback_id=said.id, is_shown=True)
    propose_change(NORA, service_id=made[2], words="They moved to the market square in Saltfield last week.")


SAID = (
    "They called back the same day.",
    "Friendly, but bring time: the queue is long in the morning.",
    "The interpreter helped a lot.",
    "Ask for the entrance at the side, the front door is closed.",
)


def _provider(name: str) -> "Provider":
    account = demo.PORT_CLINIC.id if name == demo.PORT_CLINIC.name else None
    mail = f"{name.split()[0].lower().strip(chr(39))}@{demo.MAIL}"
    details = ProviderDetails(name, "An invented organisation.", email=mail, account_id=account)
    return add_provider(SALMA, details=details)


def _service(kind: Kind, town: str, provider: "Provider", drawn: Random, today: date) -> UUID:
    longitude = POINTS[town][1] + drawn.uniform(-0.02, 0.02)
    place = PlaceDetails(
        f"{kind.provider.removesuffix(' Demo')}, {town}",
        address=f"{drawn.randint(1, 90)} {drawn.choice(STREETS)}",
        city=town,
        region=town,
        country=RETURN,
        latitude=round(POINTS[town][0] + drawn.uniform(-0.02, 0.02), 5),
        longitude=round(longitude, 5),
        directions=drawn.choice(("", "Bus 4 stops in front.", "Ten minutes on foot from the bus station.")),
        is_step_free=drawn.choice((True, True, False, None)),
    )
    free = drawn.choice((0, 2, kind.room // 3 or 1, kind.room // 2, kind.room, kind.room)) if kind.room else 0
    rooms = [RoomDetails(kind.unit, kind.room, free)] if kind.unit else []
    days_ago = drawn.choice((3, 12, 30, 45, 80, 120, 150, 230, 400))
    return add_service(
        SALMA,
        provider_id=provider.id,
        details=_details(kind, town, drawn),
        places=[place],
        rooms=rooms,
        verified_on=today - timedelta(days=days_ago),
    ).id


def _details(kind: Kind, town: str, drawn: Random) -> ServiceDetails:
    opens = drawn.choice(("08:00", "08:30", "09:00"))
    told: dict[str, object] = {
        "name": f"{kind.name}, {town}",
        "description": kind.description,
        "translations": {
            "fr": {"name": f"{kind.fr}, {town}"},
            "ar": {"name": f"{kind.ar}، {town}", "description": kind.described_ar},
        },
        "status": Status.TEMPORARILY_CLOSED if drawn.random() < 0.04 else Status.ACTIVE,
        "needs": kind.needs,
        "countries": (RETURN,),
        "areas": (town,),
        "languages": kind.languages,
        "is_free": kind.is_free,
        "how_to_apply": drawn.choice(("Come during opening hours.", "Call first.", "By referral only.")),
        "phone": f"+999 55 {drawn.randint(100, 999)} {drawn.randint(100, 999)}",
        "opening": (Opening(WEEK, opens, "16:00"), Opening(("SA",), opens, "12:00")),
        "reply_days": drawn.choice((2, 3, 5, 5, 7)),
        **kind.facts,
    }
    return ServiceDetails(**told)  # type: ignore[arg-type]
