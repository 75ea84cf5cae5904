"""What to mind and what was promised are rows by themselves, shown where protection or the plan is shared.

They were columns of the case and narrowed in code alone: a policy protects rows, not columns.
"""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
INSERT INTO cases_remark (id, case_id, category, words)
    SELECT gen_random_uuid(), c.id, told.category, told.words FROM cases_case c,
        LATERAL (VALUES ('plan', c.promised), ('protection', c.take_care)) AS told (category, words)
    WHERE told.words <> '';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
"""

MOVE_BACK = """
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
UPDATE cases_case c SET
    promised = coalesce((SELECT words FROM cases_remark r WHERE r.case_id = c.id AND category = 'plan'), ''),
    take_care = coalesce((SELECT words FROM cases_remark r WHERE r.case_id = c.id AND category = 'protection'), '')
WHERE EXISTS (SELECT FROM cases_remark r WHERE r.case_id = c.id);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
"""

# As homeward_protect_by_case(target, category), but each row names the category it belongs to.
PROTECT = """
SELECT homeward_force('cases_remark');
CREATE POLICY listed_case ON cases_remark
    USING (EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = cases_remark.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'
        AND (l.categories IS NULL OR cases_remark.category = ANY (l.categories))))
    WITH CHECK (EXISTS (SELECT 1 FROM cases_listing l
        WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = cases_remark.case_id
        AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'
        AND (l.categories IS NULL OR cases_remark.category = ANY (l.categories))));
"""

BARE = """
DROP POLICY listed_case ON cases_remark;
ALTER TABLE cases_remark NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases_remark DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0025_hear_children_before_they_travel"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=40)),
                ("words", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "category"), name="one_remark_of_a_category")
                ],
            },
        ),
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RemoveField("case", "promised"),
        migrations.RemoveField("case", "take_care"),
        migrations.RunSQL(PROTECT, BARE),
    ]
