"""The fixed people of every test: the demonstration's cast, and a stranger with no part in anything.

Ask for the fixture `cast` to have their rows in the database; the actors here work without it in pure tests.
"""

from homeward.access.actor import Actor, Reach
from homeward.access.roles import Role
from homeward.organisations import demo
from homeward.organisations.demo import DemoHat, DemoOrganisation, DemoPerson, fixed_id
from homeward.organisations.rules import OrganisationClass

SOMEWHERE_ELSE = DemoOrganisation(
    fixed_id(1, 99), "Somewhere Else Demo", OrganisationClass.IMPLEMENTING_PARTNER, demo.MARENIA
)
STRANGER = DemoPerson(fixed_id(3, 99), "Stranger Nobody")

ORGANISATIONS = (*demo.ORGANISATIONS, SOMEWHERE_ELSE)
HATS = (*demo.HATS, DemoHat(fixed_id(4, 99), STRANGER, SOMEWHERE_ELSE, Role.CASE_MANAGER))

# Organisations, by id
NORDHOLM = demo.RETURN_OFFICE.id
HARBOUR = demo.HARBOUR_ADVICE.id
RETURN_PARTNERS = demo.RETURN_PARTNERS.id
MARENIA = demo.REINTEGRATION_OFFICE.id
CLINIC = demo.PORT_CLINIC.id
EVALUATORS = demo.EVALUATORS.id
DONORS = demo.DONORS.id
ELSEWHERE = SOMEWHERE_ELSE.id

# Offices of RETURN_PARTNERS
SALTFIELD = demo.SALTFIELD.id
OLD_HARBOUR = demo.OLD_HARBOUR.id


def actor_of(hat: DemoHat) -> Actor:
    """The actor that a hat makes of its person."""
    return Actor(
        user_id=hat.person.id,
        organisation_id=hat.organisation.id,
        role=hat.role,
        name=hat.person.name,
        membership_id=hat.id,
        reach=Reach(hat.office.id if hat.office else None),
    )


def _worn_by(person: DemoPerson, role: Role) -> Actor:
    return next(actor_of(hat) for hat in HATS if hat.person == person and hat.role == role)


jonas = _worn_by(demo.JONAS, Role.RETURN_COUNSELLOR)  # counsellor at HARBOUR
nora = _worn_by(demo.NORA, Role.CASE_MANAGER)  # case manager at RETURN_PARTNERS
tarek = _worn_by(demo.TAREK, Role.CASE_MANAGER)  # the same, limited to OLD_HARBOUR
vera = _worn_by(demo.VERA, Role.COORDINATOR)  # coordinator at NORDHOLM
salma = _worn_by(demo.SALMA, Role.ORIGIN_AUTHORITY)  # at MARENIA
ines = _worn_by(demo.INES, Role.DATA_PROTECTION_OFFICER)  # at RETURN_PARTNERS
adil = _worn_by(demo.ADIL, Role.ADMINISTRATOR)  # at RETURN_PARTNERS
karim = _worn_by(demo.KARIM, Role.SERVICE_PROVIDER)  # at CLINIC
mira = _worn_by(demo.MIRA, Role.EVALUATOR)  # at EVALUATORS
otto = _worn_by(demo.OTTO, Role.DONOR)  # at DONORS
lina = _worn_by(demo.LINA, Role.RETURN_COUNSELLOR)  # two hats: this one at HARBOUR,
lina_as_case_manager = _worn_by(demo.LINA, Role.CASE_MANAGER)  # and this one at RETURN_PARTNERS
rosa = _worn_by(demo.ROSA, Role.COORDINATOR)  # coordinator at RETURN_PARTNERS
frida = _worn_by(demo.FRIDA, Role.FINANCE_OFFICER)  # pays at RETURN_PARTNERS
wanda = _worn_by(demo.WANDA, Role.ADMINISTRATOR)  # at NORDHOLM; publishes what Vera drafted
hana = _worn_by(demo.HANA, Role.FIELD_OFFICER)  # goes to people at RETURN_PARTNERS; sees her own visits only
mona = _worn_by(demo.MONA, Role.EVALUATOR)  # measures at RETURN_PARTNERS, by pseudonym only
stranger = _worn_by(STRANGER, Role.CASE_MANAGER)  # case manager at ELSEWHERE

ACTORS = {
    "jonas": jonas,
    "nora": nora,
    "tarek": tarek,
    "vera": vera,
    "salma": salma,
    "ines": ines,
    "adil": adil,
    "karim": karim,
    "mira": mira,
    "otto": otto,
    "lina": lina,
    "rosa": rosa,
    "frida": frida,
    "stranger": stranger,
}
