"""A program plans a sample, draws it, and reads whom it asks by pseudonym."""

from homeward.access.roles import Role
from homeward.config.cli import main
from homeward.followup.sampling.tests.samples import a_sample
from homeward.followup.tests.visits import a_visit
from tests.cast import rosa
from tests.programs import program_of
from tests.sami import samis_case

PLAN = {
    "name": "Autumn",
    "rule": {"round": "six_months"},
    "size": {"aim": "share", "margin": 0.3, "response": 0.9},
    "seed": "2026",
}


def test_a_sample_from_its_plan_to_whom_to_try_next(cast, settings):
    settings.FEWEST_IN_A_GROUP = 3
    for _number in range(5):
        a_visit(samis_case())
    program = program_of(Role.COORDINATOR)
    assert program.call("post", "/samples/frame", {"rule": PLAN["rule"]}).json()["count"] == 5
    planned = program.call("post", "/samples/", PLAN).json()
    assert (planned["size"], planned["state"]) == (5, "planned")
    at = f"/samples/{planned['id']}"
    drawn = program.call("post", f"{at}/draw", {"expected_version": 1}).json()
    assert drawn["groups"] == [{"name": "Saltfield", "people": 5, "drawn": 5}]
    members = program.call("get", f"{at}/members").json()
    assert [one["weight"] for one in members] == [1] * 5
    progress = program.call("get", f"{at}/progress").json()
    assert (progress["response"], progress["groups"][0]["ended"]) == (0, {"not_tried": 5})
    following = program.call("get", f"{at}/next").json()
    assert {one["key"] for one in following} == {one["key"] for one in members}
    again = program.call("post", f"{at}/draw", {"expected_version": 2})
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_whoever_keeps_the_installation_checks_a_sample_by_drawing_it_again(cast, capsys):
    for _number in range(3):
        a_visit(samis_case())
    made = a_sample(rosa, number=2)
    organisation = ["--organisation", "Return Partners Demo"]
    assert main(["samples", "list", *organisation]) == 0
    assert main(["samples", "show", str(made.id), *organisation]) == 0
    shown = capsys.readouterr().out
    assert str(made.id) in shown
    assert "Drawn again, it is the same." in shown
