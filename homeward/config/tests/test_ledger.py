"""`homeward ledger`: the entries as a file for who may have it, and every sum counted again."""

import pytest

from homeward.assistance.tests.money import accounts, commit, pay
from homeward.config.cli import make_parser
from homeward.config.cli.problems import NotReady
from homeward.organisations import demo

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture(autouse=True)
def set_up_already(monkeypatch):
    monkeypatch.setattr("homeward.config.cli.ledger.ready", lambda: None)


def run(*arguments):
    chosen = make_parser().parse_args(["ledger", *arguments])
    return chosen.act(chosen)


def test_who_does_not_pay_exports_nothing(tmp_path):
    with pytest.raises(NotReady):
        run("export", str(tmp_path / "ledger.csv"), "--as", demo.NORA.email)
    with pytest.raises(NotReady):
        run("export", str(tmp_path / "ledger.pdf"), "--as", demo.FRIDA.email)


def test_the_ledger_is_exported_and_counted_again(tmp_path, capsys, sami):
    pay(commit(*accounts(sami)))
    run("export", str(tmp_path / "ledger.csv"), "--as", demo.FRIDA.email, "--since", "2026-01-01")
    lines = (tmp_path / "ledger.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert sami.reference in lines[1]
    run("export", str(tmp_path / "none.csv"), "--as", demo.FRIDA.email, "--until", "2026-01-01")
    assert len((tmp_path / "none.csv").read_text("utf-8-sig").splitlines()) == 1
    assert run("check") == 0
    assert "3 accounts counted again from 2 entries" in capsys.readouterr().out
