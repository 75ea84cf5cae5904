"""Rules to begin with. They are examples nobody verified for your country: have your lawyer confirm each."""

from dataclasses import dataclass

from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import TransferBasis

EEA = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
ADEQUATE = ("AD", "AR", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "UY")


@dataclass(frozen=True)
class RuleTerms:
    """What a transfer rule says."""

    bases: tuple[TransferBasis, ...]
    from_countries: tuple[str, ...] = ()
    to_countries: tuple[str, ...] = ()
    receiver_class: OrganisationClass | None = None
    covers_special: bool = False
    source: str = ""


EXAMPLES = (
    RuleTerms(
        (TransferBasis.SAME_LAW,), EEA, EEA, covers_special=True, source="GDPR Art. 1(3): inside the EEA"
    ),
    RuleTerms((TransferBasis.ADEQUACY,), EEA, ADEQUATE, covers_special=True, source="GDPR Art. 45: adequacy"),
    RuleTerms(
        (TransferBasis.PUBLIC_BODY_INSTRUMENT,),
        EEA,
        receiver_class=OrganisationClass.ORIGIN_AUTHORITY,
        source="GDPR Art. 46(2)(a)",
    ),
    *(
        RuleTerms(
            (TransferBasis.STANDARD_CLAUSES,),
            EEA,
            receiver_class=receiver,
            covers_special=True,
            source="GDPR Art. 46(2)(c)",
        )
        for receiver in (OrganisationClass.IMPLEMENTING_PARTNER, OrganisationClass.SERVICE_PROVIDER)
    ),
)
