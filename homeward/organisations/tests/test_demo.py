"""The demonstration's organisations."""

import pytest

from homeward.access.acting import acting_alone, acting_as
from homeward.organisations import demo
from homeward.organisations.demo import make_demo_organisations
from homeward.organisations.models import Membership, Organisation, User
from homeward.organisations.queries import actor_for, memberships_of
from homeward.organisations.rules import may_give
from tests.cast import actor_of, nora

pytestmark = pytest.mark.django_db


def test_making_it_twice_adds_nothing_and_keeps_what_people_changed():
    make_demo_organisations()
    User.objects.filter(id=demo.NORA.id).update(language="fr")
    make_demo_organisations()
    assert User.objects.get(id=demo.NORA.id).language == "fr"
    assert User.objects.count() == len({hat.person for hat in demo.HATS})


def test_nobody_of_it_has_a_password():
    make_demo_organisations()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_tests_cast_has_the_rows_that_the_demonstration_makes(cast):
    before = {hat.id: _actor(hat) for hat in demo.HATS}
    make_demo_organisations()
    assert {hat.id: actor_of(hat) for hat in demo.HATS} == before
    with acting_as(nora):
        assert Organisation.objects.filter(is_synthetic=True).count() == len(demo.ORGANISATIONS) + 1


def test_every_role_of_it_is_one_that_its_organisation_may_give():
    assert all(may_give(hat.organisation.organisation_class, hat.role) for hat in demo.HATS)


def _actor(hat):
    with acting_alone(hat.person.id):
        return actor_for(memberships_of(hat.person.id).get(id=hat.id))


def test_an_organisation_sees_no_membership_of_another(cast):
    with acting_as(nora):
        seen = set(Membership.objects.values_list("organisation_id", flat=True))
    assert seen == {nora.organisation_id}
