"""Conditions in a small language: compared facts joined by and, or, not. Pure.

A text is read three times before it may decide anything: a filter of our own lets through only the words
and signs below, the library builds a typed tree from it, and only the kinds of node listed here are
accepted. What is left has no calls, no attributes, no patterns and no arithmetic, and takes time in
proportion to its length. A fact that is not known makes a comparison unknown, by Kleene's three values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

import rule_engine
from django.utils.translation import gettext_lazy as _
from rule_engine import ast
from rule_engine.errors import EngineError

from homeward.codelists.countries import is_country, is_nationality
from homeward.lib.problems import Problem
from homeward.programmes.facts import BY_NAME, VOCABULARY, FactKind, Facts, Span

LONGEST = 500  # characters
MOST_TOKENS = 120
DEEPEST = 8  # brackets within brackets
WIDEST = 20  # numbers tried of one that is known only within bounds
TOKEN = re.compile(
    r'\s*(?:(?P<word>[a-z][a-z_]*)|(?P<number>\d{1,6})|"(?P<code>[A-Za-z0-9_-]{1,40})"'
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<sign>==|!=|<=|>=|<|>|,))"
)
WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
TYPES = {
    FactKind.NUMBER: rule_engine.DataType.FLOAT,
    FactKind.YES_NO: rule_engine.DataType.BOOLEAN,
    FactKind.CODE: rule_engine.DataType.STRING,
    FactKind.CODES: rule_engine.DataType.SET(rule_engine.DataType.STRING),
}
USABLE = {fact.name: TYPES[fact.kind] for fact in VOCABULARY if fact.kind in TYPES}
CONTEXT = rule_engine.Context(
    type_resolver=rule_engine.type_resolver_from_dict(USABLE),
    mapping_attribute_lookup=False,
    default_timezone="utc",
)
COMPARISONS = (
    ast.ComparisonExpression,
    ast.ArithmeticComparisonExpression,
    ast.ContainsExpression,
    ast.SymbolExpression,
    ast.BooleanExpression,
)
PARTS = (*COMPARISONS, ast.StringExpression, ast.FloatExpression, ast.ArrayExpression)


class ConditionInvalid(Problem):
    """The text of a condition cannot be used; the message says where or why."""

    status = 422
    code = "condition_invalid"
    message = _("This condition cannot be read.")


@dataclass(frozen=True)
class Condition:
    """A text that was found good, and the facts it speaks of in their order."""

    text: str
    facts: tuple[str, ...]
    tree: Any = field(repr=False, compare=False)

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None when it hangs on a fact that is not known."""
        return _holds(self.tree, facts)


@lru_cache(maxsize=1024)
def read_condition(text: str) -> Condition:
    """Read a condition, or raise ConditionInvalid."""
    tokens = _filter(text)
    named = [token for token in tokens if token in USABLE]
    try:  # joined anew, so that the library sees the words and signs that were let through, and no others
        tree = rule_engine.Rule(" ".join(tokens), context=CONTEXT).statement.expression
    except (EngineError, TypeError, ValueError, ArithmeticError, RecursionError, AssertionError) as problem:
        raise ConditionInvalid(_("The parts of this condition do not fit together.")) from problem
    _check_logic(tree)
    return Condition(text, tuple(dict.fromkeys(named)), tree)


def _filter(text: str) -> list[str]:
    """The words and signs of a text that holds nothing but known ones."""
    if not text.strip() or len(text) > LONGEST:
        raise ConditionInvalid(_("Write a condition of at most 500 characters."))
    stripped, place, depth = text.rstrip(), 0, 0
    tokens: list[str] = []
    while place < len(stripped):
        found = TOKEN.match(stripped, place)
        if found is None:
            raise ConditionInvalid(_("This cannot be read from here on: %s") % stripped[place : place + 20])
        place, depth = found.end(), depth + bool(found["open"]) - bool(found["close"])
        tokens.append(_known(found[0].strip(), is_word=bool(found["word"])))
        if depth > DEEPEST or len(tokens) > MOST_TOKENS:
            raise ConditionInvalid(_("This condition is too long. Make two rules of it."))
    return tokens


def _known(token: str, *, is_word: bool) -> str:
    if is_word and token not in WORDS and token not in USABLE:
        raise ConditionInvalid(_("There is no fact called “%s”.") % token)
    return token


def _check_logic(node: Any) -> None:
    if isinstance(node, ast.LogicExpression):
        _check_logic(node.left)
        _check_logic(node.right)
    elif isinstance(node, ast.UnaryExpression) and node.type == "not":
        _check_logic(node.right)
    elif isinstance(node, COMPARISONS) and node.result_type == rule_engine.DataType.BOOLEAN:
        _check_comparison(node)
    else:
        raise ConditionInvalid(_("Each part of a condition is a question that is answered by yes or no."))


def _check_comparison(node: Any) -> None:
    parts = list(_parts(node))
    if not all(isinstance(part, PARTS) for part in parts):
        raise ConditionInvalid(_("The parts of this condition do not fit together."))
    if not _fits(node):
        raise ConditionInvalid(
            _("Compare numbers with numbers and codes with codes, or with a list of them.")
        )
    facts = [BY_NAME[part.name] for part in parts if isinstance(part, ast.SymbolExpression)]
    codes = [part.value for part in parts if isinstance(part, ast.StringExpression)]
    for fact in facts:
        for code in codes:
            is_known = (is_country(code) or is_nationality(code)) if fact.is_country else code in fact.codes
            if not is_known and (fact.codes or fact.is_country):
                raise ConditionInvalid(
                    _("“%(code)s” is not a value of “%(fact)s”.") % {"code": code, "fact": fact.name}
                )


def _fits(node: Any) -> bool:
    """Whether both sides of a comparison are of one kind; only numbers have an order."""
    if isinstance(node, ast.ContainsExpression):
        return _fits_in(node.member, node.container)
    if isinstance(node, ast.ArithmeticComparisonExpression):
        return bool(node.left.result_type == node.right.result_type == rule_engine.DataType.FLOAT)
    if isinstance(node, ast.ComparisonExpression):
        scalars = (TYPES[kind] for kind in (FactKind.NUMBER, FactKind.YES_NO, FactKind.CODE))
        return node.left.result_type == node.right.result_type and node.left.result_type in tuple(scalars)
    return True


def _fits_in(member: Any, container: Any) -> bool:
    """Whether something is looked for in a list of its kind, or a code among a person's codes."""
    if isinstance(container, ast.ArrayExpression):
        return all(one.result_type == member.result_type for one in container.value)
    is_codes = container.result_type == TYPES[FactKind.CODES]
    return is_codes and bool(member.result_type == rule_engine.DataType.STRING)


def _parts(node: Any) -> Iterator[Any]:
    """A node of the tree and everything under it."""
    yield node
    for name in ("left", "right", "container", "member"):
        below = getattr(node, name, None)
        if below is not None:
            yield from _parts(below)
    if isinstance(node, ast.ArrayExpression):
        for below in node.value:
            yield from _parts(below)


def _holds(node: Any, facts: Facts) -> bool | None:
    if isinstance(node, ast.LogicExpression):
        return _joined(node.type, _holds(node.left, facts), _holds(node.right, facts))
    if isinstance(node, ast.UnaryExpression):
        below = _holds(node.right, facts)
        return None if below is None else not below
    needed = [part.name for part in _parts(node) if isinstance(part, ast.SymbolExpression)]
    if any(facts.get(name) is None for name in needed):
        return None
    possible = product(*(_possible(facts[name]) for name in needed))
    answers = {bool(node.evaluate(dict(zip(needed, values, strict=True)))) for values in possible}
    return answers.pop() if len(answers) == 1 else None


def _joined(how: str, left: bool | None, right: bool | None) -> bool | None:
    """Kleene: one side may decide, else what is unknown stays unknown."""
    deciding = how == "or"
    if deciding in (left, right):
        return deciding
    return None if left is None or right is None else not deciding


def _possible(value: object) -> list[object]:
    """The values a fact may have, as the library takes them."""
    if isinstance(value, Span):
        return list(range(value.least, min(value.most, value.least + WIDEST) + 1))
    return [set(value)] if isinstance(value, frozenset) else [value]
