"""What was promised and given is seen by organisations with which a case's money is shared, and by who spent it."""

from django.db import migrations

SPENT = {
    "commitment": "organisation_id = (SELECT homeward_organisation())",
    "entry": "organisation_id = (SELECT homeward_organisation())",
    "entitlement": "EXISTS (SELECT 1 FROM assistance_commitment c WHERE c.entitlement_id = assistance_entitlement.id"
    " AND c.organisation_id = (SELECT homeward_organisation()))",
    "instalment": "EXISTS (SELECT 1 FROM assistance_commitment c WHERE c.id = commitment_id"
    " AND c.organisation_id = (SELECT homeward_organisation()))",
    "delivery": "EXISTS (SELECT 1 FROM assistance_entry e WHERE e.id = entry_id"
    " AND e.organisation_id = (SELECT homeward_organisation()))",
    "proof": "organisation_id = (SELECT homeward_organisation())",
    "intent": "organisation_id = (SELECT homeward_organisation())",
    "answer": "organisation_id = (SELECT homeward_organisation())",
}
SHARED = " AND (l.categories IS NULL OR 'money' = ANY (l.categories))"


def policies(narrowed: str) -> str:
    said = []
    for name, spent in SPENT.items():
        table = f"assistance_{name}"
        listed = f"""EXISTS (SELECT 1 FROM cases_listing l
            WHERE l.organisation_id = (SELECT homeward_organisation()) AND l.case_id = {table}.case_id
            AND (l.until IS NULL OR l.until > now()) AND l.scope <> 'arrival'{narrowed})"""  # noqa: S608 (names of ours)
        said.append(f"""
        DROP POLICY listed_or_spent ON {table};
        DROP POLICY added_on_listed_case ON {table};
        CREATE POLICY listed_or_spent ON {table} FOR SELECT USING ({listed} OR {spent});
        CREATE POLICY added_on_listed_case ON {table} FOR INSERT WITH CHECK ({listed});
        """)
    return "".join(said)


class Migration(migrations.Migration):
    dependencies = [("assistance", "0003_wait_for_gates_of_services"), ("cases", "0017_share_by_disclosure")]
    operations = [migrations.RunSQL(policies(SHARED), policies(""))]
