"""Words of cause that stay locked below level 3, in each language."""

import re

LOCKED = {
    "en": r"\b(caus(e|es|ed|ing)|impacts?|effects? of|works|worked|led to|thanks to|saves?|saved)\b",
    "fr": r"(\b(causé\w*|causes?|provoqu\w+|impacts?|effets? de|fonctionn\w+|a conduit|a mené)\b"
    r"|\béconomis\w+|grâce [àa])",
    "ar": r"(تسبّ?ب|بسبب|تأثير|أثر|أدّ?ت إلى|أدّ?ى إلى|بفضل|نجح|تنجح|ناجع|يوفّ?ر|توفّ?ر)",
}


def says_too_much(sentence: str, language: str) -> bool:
    """Whether a sentence holds a word of cause."""
    return re.search(LOCKED[language], sentence, re.IGNORECASE) is not None
