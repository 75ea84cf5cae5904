"""Example notices in plain words, one for each purpose.

They are examples: lawyers and native speakers of whoever runs this installation review them before use, and
until then every page that shows one says so.
"""

from collections.abc import Mapping

from homeward.sharing.rules import Purpose

# What every notice says after its own first sentences: title, what it is about, the question.
ALWAYS: Mapping[str, str] = {
    "en": (
        "They see only what is listed here, and only until the day that is named here.\n\n"
        "You can say no. If you say no, you get the same help.\n\n"
        "You can change your mind at any time. Tell us, or press a button on your own page. From then on "
        "they can no longer open it."
    ),
    "fr": (
        "Ils ne voient que ce qui est indiqué ici, et seulement jusqu’au jour indiqué ici.\n\n"
        "Vous pouvez dire non. Si vous dites non, vous recevez la même aide.\n\n"
        "Vous pouvez changer d’avis à tout moment. Dites-le-nous, ou appuyez sur un bouton de votre page. À "
        "partir de là, ils ne peuvent plus l’ouvrir."
    ),
    "ar": (
        "لا يرون إلا ما هو مذكور هنا، وحتى اليوم المذكور هنا فقط.\n\n"
        "يمكنك أن تقول لا. إذا قلت لا فستحصل على المساعدة نفسها.\n\n"
        "يمكنك تغيير رأيك في أي وقت. أخبرنا بذلك، أو اضغط زرًا في صفحتك الخاصة. ومنذ تلك اللحظة لن يستطيعوا "
        "فتح هذه البيانات."
    ),
}
Said = tuple[str, str, str]
EXAMPLES: Mapping[Purpose, Mapping[str, Said]] = {
    Purpose.REFERRAL: {
        "en": (
            "A service that can help you",
            "We want to send you to a service, for example a clinic, a school or a lawyer. So that they can "
            "prepare, we would show them something about you.",
            "May we show them what is listed?",
        ),
        "fr": (
            "Un service qui peut vous aider",
            "Nous voulons vous adresser à un service, par exemple une clinique, une école ou un avocat. Pour "
            "qu’il puisse se préparer, nous lui montrerions quelque chose à votre sujet.",
            "Pouvons-nous lui montrer ce qui est indiqué ?",
        ),
        "ar": (
            "خدمة يمكن أن تساعدك",
            "نريد أن نوجّهك إلى خدمة، مثل عيادة أو مدرسة أو محامٍ. ولكي يستعدّوا لاستقبالك نطلعهم على شيء من "
            "بياناتك.",
            "هل تسمح لنا بأن نطلعهم على ما هو مذكور؟",
        ),
    },
    Purpose.REINTEGRATION_ASSISTANCE: {
        "en": (
            "Help after your return",
            "Another organisation can help you build your life after you return. To help you well, it would "
            "see something about you.",
            "May we show it what is listed?",
        ),
        "fr": (
            "L’aide après votre retour",
            "Une autre organisation peut vous aider à construire votre vie après votre retour. Pour bien "
            "vous aider, elle verrait quelque chose à votre sujet.",
            "Pouvons-nous lui montrer ce qui est indiqué ?",
        ),
        "ar": (
            "المساعدة بعد عودتك",
            "يمكن لمنظمة أخرى أن تساعدك على بناء حياتك بعد عودتك. ولكي تساعدك جيدًا تطّلع على شيء من بياناتك.",
            "هل تسمح لنا بأن نطلعها على ما هو مذكور؟",
        ),
    },
    Purpose.RECEPTION_ON_ARRIVAL: {
        "en": (
            "Being met when you arrive",
            "Somebody can meet you when you arrive and help with the first days. They would know that you "
            "come, and when.",
            "May we tell them what is listed?",
        ),
        "fr": (
            "Être accueilli à l’arrivée",
            "Quelqu’un peut vous accueillir à votre arrivée et vous aider les premiers jours. Il saurait que "
            "vous venez, et quand.",
            "Pouvons-nous lui dire ce qui est indiqué ?",
        ),
        "ar": (
            "استقبالك عند الوصول",
            "يمكن أن يستقبلك شخص عند وصولك ويساعدك في الأيام الأولى. سيعرف أنك قادم ومتى.",
            "هل تسمح لنا بأن نخبره بما هو مذكور؟",
        ),
    },
    Purpose.HANDOVER: {
        "en": (
            "New people who help you",
            "Other people will go on with your case after us. So that you need not tell everything again, "
            "they would see what we wrote down.",
            "May we show them what is listed?",
        ),
        "fr": (
            "De nouvelles personnes pour vous aider",
            "D’autres personnes suivront votre dossier après nous. Pour que vous n’ayez pas à tout raconter "
            "à nouveau, elles verraient ce que nous avons noté.",
            "Pouvons-nous leur montrer ce qui est indiqué ?",
        ),
        "ar": (
            "أشخاص آخرون يساعدونك",
            "سيتابع أشخاص آخرون حالتك من بعدنا. وحتى لا تضطر إلى رواية كل شيء من جديد يطّلعون على ما كتبناه.",
            "هل تسمح لنا بأن نطلعهم على ما هو مذكور؟",
        ),
    },
    Purpose.TRAVEL_DOCUMENTS: {
        "en": (
            "Papers for your journey",
            "To travel you need papers. Whoever issues them must know who you are.",
            "May we show them what is listed?",
        ),
        "fr": (
            "Les papiers pour votre voyage",
            "Pour voyager, il vous faut des papiers. Ceux qui les délivrent doivent savoir qui vous êtes.",
            "Pouvons-nous leur montrer ce qui est indiqué ?",
        ),
        "ar": (
            "أوراق سفرك",
            "تحتاج إلى أوراق لكي تسافر. ومن يصدرها يجب أن يعرف من أنت.",
            "هل تسمح لنا بأن نطلعهم على ما هو مذكور؟",
        ),
    },
    Purpose.MONITORING: {
        "en": (
            "Asking later how you are",
            "Some months after your return somebody would ask you how you are and whether the help was good.",
            "May we show them what is listed, so that they can ask you?",
        ),
        "fr": (
            "Vous demander plus tard comment vous allez",
            "Quelques mois après votre retour, quelqu’un vous demanderait comment vous allez et si l’aide "
            "était bonne.",
            "Pouvons-nous lui montrer ce qui est indiqué, pour qu’il puisse vous le demander ?",
        ),
        "ar": (
            "سؤالك لاحقًا عن أحوالك",
            "بعد أشهر من عودتك قد يسألك شخص عن أحوالك وهل كانت المساعدة جيدة.",
            "هل تسمح لنا بأن نطلعه على ما هو مذكور لكي يسألك؟",
        ),
    },
    Purpose.FAMILY_TRACING: {
        "en": (
            "Looking for your family",
            "Others can help to look for people of your family. To look, they must know something about you.",
            "May we show them what is listed?",
        ),
        "fr": (
            "Rechercher votre famille",
            "D’autres peuvent aider à rechercher des membres de votre famille. Pour cela, ils doivent savoir "
            "quelque chose sur vous.",
            "Pouvons-nous leur montrer ce qui est indiqué ?",
        ),
        "ar": (
            "البحث عن عائلتك",
            "يمكن لآخرين أن يساعدوا في البحث عن أفراد عائلتك. ولكي يبحثوا يجب أن يعرفوا شيئًا عنك.",
            "هل تسمح لنا بأن نطلعهم على ما هو مذكور؟",
        ),
    },
    Purpose.PROTECTION: {
        "en": (
            "Keeping you safe",
            "Some people know how to protect you. To do it, they must know what you are afraid of.",
            "May we show them what is listed?",
        ),
        "fr": (
            "Vous protéger",
            "Certaines personnes savent comment vous protéger. Pour cela, elles doivent savoir de quoi vous "
            "avez peur.",
            "Pouvons-nous leur montrer ce qui est indiqué ?",
        ),
        "ar": (
            "حمايتك",
            "هناك من يعرف كيف يحميك. ولكي يفعل ذلك يجب أن يعرف ممّ تخاف.",
            "هل تسمح لنا بأن نطلعهم على ما هو مذكور؟",
        ),
    },
    Purpose.PAYMENT: {
        "en": (
            "Paying you",
            "A bank or another organisation would pay you. It must know who you are and where "
            "the money goes.",
            "May we show it what is listed?",
        ),
        "fr": (
            "Vous payer",
            "Une banque ou une autre organisation vous paierait. Elle doit savoir qui vous êtes et où va "
            "l’argent.",
            "Pouvons-nous lui montrer ce qui est indiqué ?",
        ),
        "ar": (
            "الدفع لك",
            "يدفع لك مصرف أو منظمة أخرى. ويجب أن يعرف من أنت وإلى أين يذهب المال.",
            "هل تسمح لنا بأن نطلعه على ما هو مذكور؟",
        ),
    },
    Purpose.DUPLICATE_CHECK: {
        "en": (
            "Whether somebody helps you already",
            "Sometimes another organisation already knows a person. We want to ask our partners whether they "
            "may know you, so that you do not have to tell everything twice. They tell us only “perhaps” or "
            "nothing.",
            "May we ask them?",
        ),
        "fr": (
            "Savoir si quelqu’un vous aide déjà",
            "Il arrive qu’une autre organisation connaisse déjà une personne. Nous voulons demander à nos "
            "partenaires s’ils vous connaissent peut-être, pour que vous n’ayez pas à tout raconter deux "
            "fois. Ils nous répondent seulement « peut-être », ou rien.",
            "Pouvons-nous le leur demander ?",
        ),
        "ar": (
            "هل يساعدك أحد من قبل",
            "أحيانًا تكون منظمة أخرى تعرف الشخص من قبل. نريد أن نسأل شركاءنا هل ربما يعرفونك، حتى لا تضطر إلى "
            "أن تحكي كل شيء مرتين. لا يقولون لنا إلا «ربما» أو لا شيء.",
            "هل تسمح لنا بأن نسألهم؟",
        ),
    },
    Purpose.ORIGIN_STATE: {
        "en": (
            "The authorities of your country",
            "This is a question of its own. Nothing is told to the authorities of your country unless you "
            "say yes here. Your help, your turn and your programme do not depend on your answer: it is "
            "no part of any of these decisions.",
            "Do you want us to tell them what is listed? If you are not sure, say no.",
        ),
        "fr": (
            "Les autorités de votre pays",
            "C’est une question à part. Rien n’est dit aux autorités de votre pays, sauf si vous dites oui "
            "ici. Votre aide, votre tour et votre programme ne dépendent pas de votre réponse : elle n’entre "
            "dans aucune de ces décisions.",
            "Voulez-vous que nous leur disions ce qui est indiqué ? En cas de doute, dites non.",
        ),
        "ar": (
            "سلطات بلدك",
            "هذا سؤال مستقل. لا نخبر سلطات بلدك بشيء إلا إذا قلت نعم هنا. لا تتوقف مساعدتك ولا دورك ولا "
            "برنامجك على إجابتك، فهي لا تدخل في أيّ من هذه القرارات.",
            "هل تريد أن نخبرهم بما هو مذكور؟ إذا لم تكن متأكدًا فقل لا.",
        ),
    },
}


def example_texts(purpose: Purpose) -> dict[str, dict[str, str]]:
    """The example notice of a purpose, as `publish_notice` takes it."""
    return {
        language: {"title": title, "body": f"{about}\n\n{ALWAYS[language]}", "question": question}
        for language, (title, about, question) in EXAMPLES[purpose].items()
    }
