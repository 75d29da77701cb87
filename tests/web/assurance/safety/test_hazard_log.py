"""The hazard log is whole: every hazard has what DCB0129 asks, and every test it names exists."""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.web.assurance.safety.log import Hazard, hazards, read
from openhiu.web.assurance.safety.matrix import TOLERABLE, Consequence, Likelihood, rating
from openhiu.web.assurance.safety.proof import Proved, Run, standing
from support.proof import note, plain

ROOT = Path(__file__).parents[4]
# The ratings that the programme's safety requirements propose, initial and with controls.
PROPOSED = {
    "H01": (4, 2), "H02": (3, 2), "H03": (3, 2), "H04": (4, 1), "H05": (3, 2), "H06": (4, 2),
    "H07": (4, 2), "H08": (2, 1), "H09": (4, 2), "H10": (4, 2), "H11": (4, 2), "H12": (4, 2),
    "H13": (3, 2), "H14": (3, 1), "H15": (4, 2), "H16": (4, 2), "H17": (4, 2), "H18": (3, 1),
    "H19": (5, 3), "H20": (3, 2), "H21": (3, 2), "H22": (5, 3), "H23": (4, 2), "H24": (4, 2),
    "H25": (3, 2), "H26": (3, 2), "H27": (2, 1), "H28": (3, 1), "H29": (3, 1), "H30": (5, 2),
    "H31": (4, 2), "H32": (4, 1), "H33": (4, 2), "H34": (3, 2), "H35": (3, 2), "H36": (3, 1),
}  # fmt: skip
EVERY = [(one, control, test) for one in hazards() for control in one.controls
         for test in control.tests]  # fmt: skip


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests a file defines."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return frozenset(name for name in defined if name.startswith("test_"))


@pytest.mark.parametrize("test", sorted({test for _, _, test in EVERY}))
def test_every_test_that_a_control_names_exists(test: str) -> None:
    path, _, name = test.partition("::")
    assert (ROOT / path).is_file()
    assert names_in(path) if name == "*" else name in names_in(path)


@pytest.mark.parametrize("hazard", hazards(), ids=lambda one: one.id)
def test_every_hazard_is_controlled_in_a_module_that_exists(hazard: Hazard) -> None:
    assert hazard.controls
    assert [one.module for one in hazard.controls if find_spec(one.module) is None] == []


@pytest.mark.parametrize(("number", "proposed"), PROPOSED.items())
def test_the_first_hazards_are_rated_as_was_proposed(
    number: str, proposed: tuple[int, int]
) -> None:
    [hazard] = [one for one in hazards() if one.id == number]
    assert (hazard.initial.rating, hazard.residual.rating) == proposed


def test_what_is_left_of_each_risk_can_be_borne() -> None:
    assert [one.id for one in hazards() if one.residual.rating > TOLERABLE] == []


def test_the_matrix_never_falls_with_more_harm_or_more_likelihood() -> None:
    for likelihood in Likelihood:
        row = [rating(grave, likelihood) for grave in Consequence]
        assert row == sorted(row)
    for grave in Consequence:
        column = [rating(grave, likelihood) for likelihood in Likelihood]
        assert column == sorted(column)
    assert rating(Consequence.MINOR, Likelihood.VERY_LOW) == 1
    assert rating(Consequence.CATASTROPHIC, Likelihood.VERY_HIGH) == 5
    assert rating(Consequence.CATASTROPHIC, Likelihood.VERY_LOW) == 3


WHOLE = """
[[hazard]]
id = "H99"
name = "a"
cause = "b"
effect = "c"
initial = { consequence = "major", likelihood = "high" }
residual = { consequence = "major", likelihood = "very_low" }
owner = "d"
deployer = "e"
[[hazard.control]]
words = "f"
module = "openhiu"
tests = ["tests/a.py::test_b"]
"""


def test_a_hazard_that_is_whole_is_read() -> None:
    [hazard] = read(WHOLE)
    assert (hazard.initial.words, hazard.residual.words) == ("4 (major, high)",
                                                             "2 (major, very low)")  # fmt: skip


@pytest.mark.parametrize(
    ("left_out", "what"),
    [
        ('cause = "b"', "has no cause"),
        ('effect = "c"', "has no effect"),
        ('owner = "d"', "has no owner"),
        ('initial = { consequence = "major", likelihood = "high" }', "has no initial"),
        ('residual = { consequence = "major", likelihood = "very_low" }', "has no residual"),
        ('tests = ["tests/a.py::test_b"]', "without words, module or test"),
        ('words = "f"', "without words, module or test"),
        (WHOLE[WHOLE.index("[[hazard.control]]"):], "has no control"),
    ],
)  # fmt: skip
def test_a_hazard_that_lacks_something_is_refused_by_its_number(left_out: str, what: str) -> None:
    with pytest.raises(ConfigurationFault, match=f"hazard H99 {what}|hazard H99 .*{what}"):
        read(WHOLE.replace(left_out, ""))


def test_a_number_twice_and_a_rating_that_rises_are_refused() -> None:
    with pytest.raises(ConfigurationFault, match="is there twice"):
        read(WHOLE + WHOLE)
    risen = WHOLE.replace('likelihood = "very_low"', 'likelihood = "very_high"')
    with pytest.raises(ConfigurationFault, match="rated higher"):
        read(risen)


@pytest.mark.parametrize(
    ("outcomes", "proved"),
    [
        ({"tests/a.py::test_b": "passed"}, Proved.YES),
        ({"tests/a.py::test_b": "failed"}, Proved.NO),
        ({"tests/a.py::test_b": "skipped"}, Proved.NO),
        ({}, Proved.NO),
    ],
)
def test_a_control_is_proved_by_a_passing_test_and_by_nothing_else(
    outcomes: dict[str, str], proved: Proved
) -> None:
    log = read(WHOLE)
    run = Run("abc", outcomes)
    assert standing(log[0].controls[0], run) is proved
    assert bool(run.unproved(log)) is (proved is Proved.NO)
    assert standing(log[0].controls[0], None) is Proved.UNKNOWN


def test_a_run_of_other_files_proves_no_control() -> None:
    log = read(WHOLE)
    run = Run("abc", {"tests/a.py::test_b": "passed"}, of_these=False)
    assert standing(log[0].controls[0], run) is Proved.OTHER
    assert run.unproved(log) == [f"{Proved.OTHER} (commit abc)"]


def test_every_test_of_a_file_has_to_hold() -> None:
    [hazard] = read(WHOLE.replace("test_b", "*"))
    good = {"tests/a.py::test_b": "passed", "tests/a.py::test_c": "skipped"}
    assert Run("", good).standing(hazard.controls[0]) is Proved.YES
    one_bad = {**good, "tests/a.py::test_d": "failed"}
    assert Run("", one_bad).standing(hazard.controls[0]) is Proved.NO
    assert Run("", {"tests/ab.py::test_b": "passed"}).standing(hazard.controls[0]) is Proved.NO


def test_a_test_with_parameters_is_as_good_as_the_worst_of_them() -> None:
    seen: dict[str, str] = {}
    for outcome in ("passed", "failed", "skipped"):
        note(seen, f"tests/a.py::test_b[{outcome}]@spark", outcome)
    assert seen == {"tests/a.py::test_b": "failed"}
    assert plain("tests/a.py::test_b") == "tests/a.py::test_b"
