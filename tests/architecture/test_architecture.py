"""Rules about the code itself that no linter knows."""

import ast
import re
from importlib import import_module
from pathlib import Path

import grimp
import pytest
from django.db.migrations import AlterField

import homeward

ROOT = Path(homeward.__path__[0])
CODE = [path for path in ROOT.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
MIGRATIONS = sorted(path for path in ROOT.glob("*/migrations/*.py") if path.stem != "__init__")
# The trail cannot audit itself.
COMMANDS = sorted(
    path
    for path in CODE
    if (path.name == "commands.py" or path.parent.name == "commands") and path.parent.name != "audit"
)
FACES = {"web", "api", "sync"}
LONGEST_FILE = 400


def tree_of(path):
    return ast.parse(path.read_text())


def public_functions(path):
    return [
        node
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("homeward", exclude_type_checking_imports=True)


def test_a_stage_imports_no_other_stages_models(graph):
    for models in graph.find_matching_modules("homeward.*.models"):
        stage = models.rsplit(".", 1)[0]
        importers = graph.find_modules_that_directly_import(models)
        strangers = {
            importer
            for importer in importers
            if not importer.startswith(stage + ".") and ".tests." not in importer
        }
        assert not strangers, f"{models} is imported from {strangers}"


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_every_public_command_is_checked_and_audited(path):
    for function in public_functions(path):
        marks = [mark.func.id for mark in function.decorator_list if isinstance(mark, ast.Call)]
        assert "command" in marks, f"{function.name} has no @command(Action…)"
        names = [argument.arg for argument in function.args.args]
        assert names == ["actor"], f"{function.name}: actor, then by name"


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_every_public_command_says_what_it_does(path):
    silent = [function.name for function in public_functions(path) if not ast.get_docstring(function)]
    assert silent == []


def test_every_package_says_what_it_is():
    packages = [path for path in CODE if path.name == "__init__.py"]
    assert [name_of(path) for path in packages if not ast.get_docstring(tree_of(path))] == []


def test_every_package_with_tables_is_installed(settings):
    with_models = {f"homeward.{path.parent.name}" for path in ROOT.glob("*/models*") if path.stem == "models"}
    assert with_models <= {name.removesuffix(".apps.Config") for name in settings.INSTALLED_APPS}


def test_faces_hold_no_tables():
    assert [name for name in FACES if (ROOT / name / "models.py").exists()] == []


def test_no_file_is_too_long():
    assert [name_of(path) for path in CODE if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_nothing_overrides_save_or_delete():
    overriding = [
        f"{name_of(path)}:{node.name}.{inner.name}"
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        for inner in node.body
        if isinstance(inner, ast.FunctionDef) and inner.name in {"save", "delete"}
    ]
    assert overriding == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=name_of)
def test_a_migration_is_named_for_what_it_does(path):
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem)
    assert not re.search(r"_(auto|initial|merge|alter_\w+_and_more)(_|$)", path.stem)


@pytest.mark.parametrize("path", MIGRATIONS, ids=name_of)
def test_a_migration_imports_nothing_of_ours(path):
    imported = {
        name
        for node in ast.walk(tree_of(path))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert [name for name in imported if name.split(".")[0] in {"homeward", "tests", ""}] == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=name_of)
def test_a_migration_lets_no_foreign_key_be_checked_anew(path):
    """The owner is bound by the policies too: checking an altered key, it would find no row to point at."""
    module = import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
    altered = [one for one in module.Migration.operations if isinstance(one, AlterField)]
    assert not [one for one in altered if one.field.remote_field], "change the key as SQL, see cases 0007"
