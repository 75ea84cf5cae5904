"""Every field of every table of ours has a privacy class: a new one is closed until somebody thought."""

import pytest
from django.apps import apps

from homeward.lib.privacy_classes import PrivacyClass

OURS = [model for model in apps.get_models() if model.__module__.startswith("homeward.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_has_one_privacy_class_and_every_class_a_field(model):
    assert set(model.PRIVACY) == {field.name for field in model._meta.concrete_fields}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_many_to_many_relations_have_a_table_of_their_own_with_classes(model):
    assert [field.name for field in model._meta.local_many_to_many] == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_is_sealed_is_kept_as_bytes(model):
    plain = {
        name
        for name, privacy_class in model.PRIVACY.items()
        if privacy_class is PrivacyClass.SEALED
        and model._meta.get_field(name).get_internal_type() != "BinaryField"
    }
    assert plain <= {"password"}, "a password is kept as a slow hash; everything else sealed is bytes"
