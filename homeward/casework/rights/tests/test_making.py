"""A copy in the making, and the page in it: progress shows, and every line has a name."""

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.casework.rights.copying import copied_tables, copy_of, withheld
from homeward.casework.rights.making import TOLD, make_copy
from homeward.casework.rights.names import NAMES, is_told
from homeward.casework.rights.walk import columns_of
from homeward.privacy.commands.copies import ask_copy
from tests.cast import ines

pytestmark = pytest.mark.django_db


def test_every_column_on_the_page_has_a_name_that_people_understand():
    told = {
        field.attname
        for table, model in copied_tables().items()
        for field in columns_of(model)
        if not withheld(table, field.attname) and is_told(field.attname)
    }
    assert told <= set(NAMES), f"name these in casework/rights/names.py: {sorted(told - set(NAMES))}"
    for language in ("fr", "ar"):
        with override(language):
            assert not [name for name in told if str(NAMES[name]) == name.replace("_", " ")]


def test_while_a_copy_is_made_its_progress_shows(sami):
    asked = ask_copy(ines, subject_id=sami.person_id, language="en")
    seen = []
    with acting_as(ines):
        copy_of(ines, sami.person_id, language="en", at=now(), progress=lambda *how_far: seen.append(how_far))
    assert seen[-1] == (len(copied_tables()), len(copied_tables()))
    make_copy(ines, export_id=asked.id)
    with acting_as(ines):
        assert Entry.objects.filter(action="subject.export", subject_id=asked.id).count() >= TOLD
