"""Nothing is handed out by code that the table of ways out does not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import openhiu.web
from openhiu.tables.leaving import DOORS
from openhiu.web.access.lawful import CASE, CROSSINGS
from openhiu.web.assurance.ways_out import WAYS

WEB = Path(openhiu.web.__file__).parent
# Acts by which something of somebody is given away, and the marks of a file that is downloaded.
ACTS = {"SHARED", "SHARED_WITHOUT_CONSENT", "EXPORTED", "PRINTED", "GAVE_COPY"}
FILES = {"FileResponse", "StreamingHttpResponse", "add_attachment"}


def hands_out(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="Did"), attr=act):
            return act in ACTS
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in FILES
        case ast.Constant(value="Content-Disposition"):
            return True
    return False


def handing_out(source: str) -> Iterator[str]:
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef) and any(map(hands_out, ast.walk(function))):
            yield function.name


def found() -> set[str]:
    return {
        f"{'.'.join(path.relative_to(WEB).with_suffix('').parts)}:{name}"
        for path in WEB.rglob("*.py")
        if "migrations" not in path.parts
        for name in handing_out(path.read_text("utf-8"))
    }


def test_a_function_that_hands_something_out_stands_in_the_table() -> None:
    known = {one for way in WAYS for one in way.by}
    assert sorted(found() - known) == [], "add each to openhiu/web/assurance/ways_out.py"


def test_what_the_table_names_is_there() -> None:
    for way in WAYS:
        for one in way.by:
            module, _, name = one.partition(":")
            path = (WEB / module.replace(".", "/")).with_suffix(".py")
            functions = {
                node.name for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.FunctionDef)
            }  # fmt: skip
            assert name in functions, one


def test_a_new_way_out_would_be_noticed() -> None:
    made = (
        "def send(by):\n    record(by, Did.SHARED)\n\ndef draw(by):\n    record(by, Did.LOOKED)\n"
    )
    assert list(handing_out(made)) == ["send"]
    filed = "def take():\n    answer['Content-Disposition'] = 'attachment'\n"
    assert list(handing_out(filed)) == ["take"]


def test_every_door_between_the_halves_is_one_way_out_and_no_other() -> None:
    doors = [door for way in WAYS for door in way.doors]
    assert sorted(doors) == sorted(door.key for door in DOORS)
    assert {way.crossing for way in WAYS} - {""} == set(CROSSINGS) - {CASE}
    assert len({way.key for way in WAYS}) == len(WAYS)
