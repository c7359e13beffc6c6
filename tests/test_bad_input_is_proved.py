"""The list of bad input is whole, and what it names as proof is there."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.bad_input import OF_LATER_PARTS, PROVED

TESTS = Path(__file__).parent


@cache
def read(file: str) -> tuple[str, frozenset[str]]:
    """The text of a file of tests, and the names of those in it."""
    text = (TESTS / file).read_text(encoding="utf-8")
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return text, frozenset(node.name for node in ast.walk(ast.parse(text)) if isinstance(node, functions))


def test_each_of_the_108_is_proved_or_belongs_to_a_later_part() -> None:
    assert sorted([*PROVED, *OF_LATER_PARTS]) == list(range(1, 109))


@pytest.mark.parametrize("number", PROVED)
def test_its_proof_is_there(number: int) -> None:
    for proof in PROVED[number]:
        file, _, rest = proof.partition("::")
        name, _, row = rest.partition("[")
        text, names = read(file)
        assert name in names, proof
        assert row.removesuffix("]") in text, proof
