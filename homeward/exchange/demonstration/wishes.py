"""What drawn people want, in their own words, and what is done for it: stock to draw plans from. Invented."""

from dataclasses import dataclass

from homeward.plans.rules import Dimension, Level, PayForm, Picture, ProviderKind

FR, AR = "fr", "ar"


@dataclass(frozen=True)
class Deed:
    """An activity: its share of the package in percent (0: costs it nothing), and the days until it."""

    what: str
    kind: ProviderKind
    provider: str
    days: int
    picture: Picture
    fr: str
    ar: str
    percent: int = 0
    form: PayForm = PayForm.KIND
    level: Level = Level.INDIVIDUAL
    matching_percent: int = 0
    feasibility: str = ""
    needs_first: bool = False  # the first deed of the goal has to be done before


@dataclass(frozen=True)
class Wish:
    """A goal in the words of who has it."""

    dimension: Dimension
    fr: str
    ar: str
    deeds: tuple[Deed, ...]

    def words(self, language: str) -> str:
        return self.fr if language == FR else self.ar


P, D = ProviderKind, Deed
ECONOMIC = (
    Wish(
        Dimension.ECONOMIC,
        "Je veux une petite boutique qui nourrisse la famille.",
        "أريد دكانا صغيرا يطعم العائلة.",
        (
            D(
                "Advice on buying, prices and book-keeping",
                *(P.PROGRAMME, "Market Chamber Demo", 10, Picture.TALK),
                *("Apprendre à acheter et à compter", "تعلم الشراء والحساب"),
                *(10, PayForm.SERVICE),
            ),
            D(
                "Shelves, scales and the first stock",
                *(P.PROGRAMME, "Harbour Tools Demo", 30, Picture.SHOP),
                *("Étagères, balance et première marchandise", "رفوف وميزان وبضاعة أولى"),
                65,
                feasibility="Two shops in the street; none sells vegetables.",
                needs_first=True,
            ),
            D(
                "Rent of the shop for three months",
                *(P.OWN_MEANS, "", 25, Picture.HOME, "Le loyer de trois mois", "إيجار ثلاثة أشهر"),
            ),
        ),
    ),
    Wish(
        Dimension.ECONOMIC,
        "Coudre, je sais le faire. Il me faut une machine à moi.",
        "أعرف الخياطة. أحتاج إلى ماكينة لي.",
        (
            D(
                "Sewing machine and cloth",
                *(P.PROGRAMME, "Needle and Thread Demo", 20, Picture.TOOLS),
                *("Machine à coudre et tissu", "ماكينة خياطة وقماش"),
                55,
                feasibility="School uniforms are ordered every summer; three schools were asked.",
            ),
            D(
                "A table in the workshop of the women's group",
                *(P.COMMUNITY_PROJECT, "Stonewell Women's Workshop", 30, Picture.WORK),
                *("Une place à l'atelier des femmes", "مكان في مشغل النساء"),
                level=Level.COMMUNITY,
            ),
        ),
    ),
    Wish(
        Dimension.ECONOMIC,
        "Je veux un tricycle pour porter les marchandises du port.",
        "أريد دراجة بثلاث عجلات لنقل بضائع الميناء.",
        (
            D(
                "Cargo tricycle, paid together with the fund",
                *(P.MATCHING_FUND, "Marenia Matching Fund", 40, Picture.ROAD),
                *("Le tricycle, payé avec le fonds", "الدراجة، يدفع الصندوق جزءا"),
                70,
                matching_percent=50,
                feasibility="Twenty carriers at the port; the morning boats lack some.",
            ),
            D(
                "Licence to carry goods",
                *(P.PUBLIC_SERVICE, "District Transport Desk", 15, Picture.PAPERS),
                *("Le permis de transport", "رخصة النقل"),
            ),
        ),
    ),
    Wish(
        Dimension.ECONOMIC,
        "Avec quelques chèvres et le champ de mon père, on vivra.",
        "ببعض الماعز وحقل أبي سنعيش.",
        (
            D(
                "Six goats, fodder and a visit of the vet",
                *(P.PROGRAMME, "Hill Farmers Demo", 25, Picture.FIELD),
                *("Six chèvres, le fourrage et le vétérinaire", "ست عنزات وعلف وطبيب بيطري"),
                60,
                feasibility="The field has water in summer; two neighbours keep goats.",
            ),
            D(
                "Water from the village's new channel",
                *(P.COMMUNITY_PROJECT, "Hill Districts Water", 60, Picture.FIELD),
                *("L'eau du nouveau canal", "ماء من القناة الجديدة"),
                level=Level.COMMUNITY,
            ),
        ),
    ),
    Wish(
        Dimension.ECONOMIC,
        "Souder, c'est mon métier. Je voudrais d'abord un patron, puis mon atelier.",
        "اللحام مهنتي. أريد أولا عملا عند صاحب ورشة، ثم ورشتي.",
        (
            D(
                "Three months at the boatyard, with half of the wage paid",
                *(P.EMPLOYER, "Old Harbour Boatyard", 20, Picture.WORK),
                *("Trois mois au chantier", "ثلاثة أشهر في حوض السفن"),
            ),
            D(
                "Welding set and safety clothes",
                *(P.PROGRAMME, "Harbour Tools Demo", 50, Picture.TOOLS),
                *("Poste à souder et vêtements", "عدة لحام وملابس واقية"),
                60,
                feasibility="Has worked as a welder for six years; the boatyard gives references.",
                needs_first=True,
            ),
        ),
    ),
    Wish(
        Dimension.ECONOMIC,
        "Je voudrais reprendre le four à pain de mon oncle.",
        "أود أن أعيد فتح فرن عمي.",
        (
            D(
                "Repair of the oven and flour for a month",
                *(P.PROGRAMME, "Northford Builders", 30, Picture.SHOP),
                *("Réparer le four, farine pour un mois", "إصلاح الفرن ودقيق لشهر"),
                60,
                feasibility="The nearest bakery is half an hour away.",
            ),
            D(
                "Loan for a second oven",
                *(P.MICROCREDIT, "Saltfield Savings Circle", 120, Picture.MONEY),
                *("Un prêt pour un second four", "قرض لفرن ثان"),
                feasibility="Only when the first oven pays for itself: there is a debt from the journey.",
                needs_first=True,
            ),
        ),
    ),
    Wish(
        Dimension.ECONOMIC,
        "Réparer des téléphones: j'ai appris un peu là-bas, je veux apprendre bien.",
        "تصليح الهواتف: تعلمت قليلا هناك وأريد أن أتقنه.",
        (
            D(
                "Course in repairing telephones, three months",
                *(P.PROGRAMME, "Reedmouth Training Centre", 15, Picture.SCHOOL),
                *("Le cours de trois mois", "دورة ثلاثة أشهر"),
                *(30, PayForm.SERVICE),
                feasibility="The centre places four of five of its trainees.",
            ),
            D(
                "Tools for a market stall",
                *(P.PROGRAMME, "Harbour Tools Demo", 110, Picture.TOOLS),
                *("Les outils pour un étal", "عدة لكشك في السوق"),
                30,
                feasibility="A stall on market days costs little and can be given up.",
                needs_first=True,
            ),
        ),
    ),
)
OTHER = (
    Wish(
        Dimension.SOCIAL,
        "Le toit prend l'eau. Les enfants dorment chez ma sœur.",
        "السقف يسرب الماء. الأطفال ينامون عند أختي.",
        (
            D(
                "Repair of the roof",
                *(P.PROGRAMME, "Northford Builders", 35, Picture.HOME),
                *("Réparer le toit", "إصلاح السقف"),
                25,
                level=Level.FAMILY,
            ),
        ),
    ),
    Wish(
        Dimension.SOCIAL,
        "Sans papiers je ne peux rien signer.",
        "بدون أوراق لا أستطيع أن أوقع شيئا.",
        (
            D(
                "Identity card and entry in the health insurance",
                *(P.PUBLIC_SERVICE, "Marenia Civil Registry", 14, Picture.PAPERS),
                *("La carte d'identité et l'assurance", "بطاقة الهوية والتأمين"),
            ),
            D(
                "Fares and fees of the registry",
                *(P.PROGRAMME, "Return Partners Demo", 12, Picture.ROAD),
                *("Le voyage et les frais", "أجرة الطريق والرسوم"),
                4,
            ),
        ),
    ),
    Wish(
        Dimension.PSYCHOSOCIAL,
        "Je dors mal. Je voudrais parler à quelqu'un qui ne connaît pas ma famille.",
        "لا أنام جيدا. أريد أن أتحدث مع شخص لا يعرف عائلتي.",
        (
            D(
                "Ten talks with a counsellor",
                *(P.OTHER_ORGANISATION, "Port Clinic Demo", 14, Picture.TALK),
                *("Dix entretiens", "عشر جلسات حديث"),
                form=PayForm.SERVICE,
            ),
        ),
    ),
    Wish(
        Dimension.PSYCHOSOCIAL,
        "Mes amis d'avant sont partis. Je veux connaître des gens.",
        "أصدقائي القدامى رحلوا. أريد أن أتعرف على الناس.",
        (
            D(
                "Football and evening meals of those who came back",
                *(P.COMMUNITY_PROJECT, "Saltfield Circle of Returnees", 10, Picture.FAMILY),
                *("Le football et les repas du soir", "كرة القدم ووجبات المساء"),
                level=Level.COMMUNITY,
            ),
        ),
    ),
)
CHILDREN = (
    Wish(
        Dimension.SOCIAL,
        "Je veux retourner à l'école avec mes cousins.",
        "أريد أن أعود إلى المدرسة مع أولاد عمي.",
        (
            D(
                "A place at the school",
                *(P.PUBLIC_SERVICE, "Marenia School Board", 10, Picture.SCHOOL),
                *("Une place à l'école", "مكان في المدرسة"),
            ),
            D(
                "Uniform, books and lessons to catch up",
                *(P.PROGRAMME, "Reedmouth Training Centre", 20, Picture.SCHOOL),
                *("L'uniforme, les livres, des cours", "الزي والكتب ودروس التقوية"),
                60,
                level=Level.FAMILY,
            ),
        ),
    ),
    Wish(
        Dimension.PSYCHOSOCIAL,
        "Je veux jouer et ne plus avoir peur la nuit.",
        "أريد أن ألعب وألا أخاف في الليل.",
        (
            D(
                "Children's group twice a week, with the way there",
                *(P.PROGRAMME, "Port Clinic Demo", 14, Picture.FAMILY),
                *("Le groupe d'enfants, deux fois par semaine", "مجموعة الأطفال مرتين في الأسبوع"),
                *(45, PayForm.SERVICE),
            ),
        ),
    ),
)
AMENDMENTS = (
    "The shop next door opened; the money is better spent on another line.",
    "The price has risen by a third since the plan was agreed.",
    "Has found a place to live; the repair is needed no more.",
)
SENT_BACK = (
    "Say who else sells this in the street, and add the second quote.",
    "The dates come before the training ends. Put them in order with the person.",
)
DECLINED = "The person has moved to a district where the programme does not work. Close this plan and refer."
