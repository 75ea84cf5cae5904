"""What a person may need a service for: one list for assessments, the directory and referrals."""

NEEDS: dict[str, dict[str, str]] = {
    "shelter": {"en": "Emergency shelter", "fr": "Hébergement d’urgence", "ar": "مأوى طارئ"},
    "housing": {"en": "Housing", "fr": "Logement", "ar": "السكن"},
    "food": {"en": "Food", "fr": "Aide alimentaire", "ar": "الغذاء"},
    "cash": {
        "en": "Money for first needs",
        "fr": "Argent pour les premiers besoins",
        "ar": "مال للحاجات الأولى",
    },
    "health": {"en": "Health care", "fr": "Soins de santé", "ar": "الرعاية الصحية"},
    "mental_health": {"en": "Mental health", "fr": "Santé mentale", "ar": "الصحة النفسية"},
    "disability": {
        "en": "Support with a disability",
        "fr": "Aide en cas de handicap",
        "ar": "دعم ذوي الإعاقة",
    },
    "protection": {"en": "Protection and safety", "fr": "Protection et sécurité", "ar": "الحماية والأمان"},
    "children": {"en": "Care of children", "fr": "Protection de l’enfance", "ar": "رعاية الأطفال"},
    "family": {
        "en": "Family tracing and reunion",
        "fr": "Recherche et réunion de la famille",
        "ar": "البحث عن الأسرة ولمّ شملها",
    },
    "legal": {"en": "Legal advice", "fr": "Conseil juridique", "ar": "مشورة قانونية"},
    "documents": {"en": "Identity papers", "fr": "Papiers d’identité", "ar": "أوراق الهوية"},
    "social_protection": {"en": "Social benefits", "fr": "Prestations sociales", "ar": "الإعانات الاجتماعية"},
    "schooling": {"en": "School and study", "fr": "École et études", "ar": "المدرسة والدراسة"},
    "language": {"en": "Language course", "fr": "Cours de langue", "ar": "دورة لغة"},
    "training": {"en": "Training for a trade", "fr": "Formation professionnelle", "ar": "تدريب مهني"},
    "work": {"en": "Finding work", "fr": "Recherche d’emploi", "ar": "البحث عن عمل"},
    "business": {"en": "Starting a business", "fr": "Création d’entreprise", "ar": "بدء مشروع"},
    "credit": {
        "en": "Small loans and saving",
        "fr": "Microcrédit et épargne",
        "ar": "القروض الصغيرة والادخار",
    },
    "transport": {"en": "Transport", "fr": "Transport", "ar": "النقل"},
    "community": {"en": "Meeting people", "fr": "Rencontres et vie locale", "ar": "لقاء الناس"},
}


def is_need(code: str) -> bool:
    return code in NEEDS


def need_name(code: str, language: str) -> str:
    """The need in the reader's language; the code itself when it is unknown."""
    named = NEEDS.get(code, {})
    return named.get(language) or named.get("en", code)


def need_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Needs for a select, in the order people meet them."""
    return tuple((code, need_name(code, language)) for code in NEEDS)
