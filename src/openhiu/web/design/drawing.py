"""What the templates ask about a form: how a field is drawn, what is wrong, where a link leads."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from openhiu.web.design.dates import BOXES, shown

# How Django's and allauth's own fields are drawn, by their widget; the first that fits.
KINDS: tuple[tuple[type, str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "tick"),
    (forms.Select, "select"),
    (forms.FileInput, "upload"),
)


def kind(bound: Any) -> str:
    """The kind of control: input, textarea, radios, checkboxes, tick, select, date, ..."""
    if bound.is_hidden:
        return "hidden"
    said = getattr(bound.field, "kind", None)
    if said:
        return str(said)
    return next((name for type_, name in KINDS if isinstance(bound.field.widget, type_)), "input")


def look(bound: Any) -> dict[str, Any]:
    """How the field wishes to be drawn; Django's own fields wish what their widget says."""
    said = getattr(bound.field, "look", None)
    if said is not None:
        return dict(said)
    attrs = bound.field.widget.attrs
    kept = {name: attrs[name] for name in ("autocomplete", "inputmode", "rows") if name in attrs}
    return {"type": getattr(bound.field.widget, "input_type", "text"), **kept}


def choices(bound: Any) -> list[dict[str, Any]]:
    """The answers to choose from: value, text, chosen or not, hint and revealed field."""
    wish, given = look(bound), bound.value()
    chosen = {str(item) for item in (given if isinstance(given, list | tuple) else [given])}
    if kind(bound) == "select" and not any(str(value) == "" for value, _ in flat(bound)):
        first = [{"value": "", "text": "Choose one", "chosen": False}]
    else:
        first = []
    hints, reveals = wish.get("hints", {}), wish.get("reveals", {})
    return first + [
        {
            "value": str(value),
            "text": str(text),
            "chosen": str(value) in chosen and given is not None,
            "hint": hints.get(value, hints.get(str(value), "")),
            "reveals": reveals.get(value, reveals.get(str(value), "")),
            "divider": wish.get("divider", {}).get(value, ""),
            "exclusive": str(wish.get("exclusive", "\0")) == str(value),
        }
        for value, text in flat(bound)
    ]


def flat(bound: Any) -> list[tuple[Any, Any]]:
    """The choices without their groups."""
    pairs: list[tuple[Any, Any]] = []
    for value, text in bound.field.choices:
        pairs += list(text) if isinstance(text, list | tuple) else [(value, text)]
    return pairs


def boxes(bound: Any) -> list[dict[str, Any]]:
    """The three boxes of a date: name, label, value, width and whether it is the wrong one."""
    wrong = wrong_boxes(bound)
    return [
        {
            "name": f"{bound.html_name}_{box}",
            "id": f"{bound.auto_id}-{box}",
            "label": box.capitalize(),
            "value": text,
            "width": 4 if box == "year" else 2,
            "wrong": box in wrong,
        }
        for box, text in zip(BOXES, shown(bound.value()), strict=True)
    ]


def wrong_boxes(bound: Any) -> list[str]:
    """Which boxes of a date an error speaks of; all of them when it does not say."""
    found = bound.errors.as_data() if bound.errors else []
    if not found:
        return []
    named = [box for box in str(found[0].code or "").split() if box in BOXES]
    return named or list(BOXES)


def problems(form: Any) -> list[dict[str, str]]:
    """Everything wrong with a form, in its order: the sentence and the id of the control."""
    if not form.errors:
        return []
    whole = [{"text": str(text), "id": ""} for text in form.non_field_errors()]
    return whole + [
        {"text": str(text), "id": first_control(form[name])}
        for name in form.fields
        for text in form[name].errors
    ]


def first_control(bound: Any) -> str:
    """The id of the control that a link in the error summary leads to."""
    if bound.is_hidden:
        return ""
    if kind(bound) == "date":
        return f"{bound.auto_id}-{(wrong_boxes(bound) or list(BOXES))[0]}"
    return str(bound.auto_id)


def visible(form: Any) -> list[Any]:
    """The fields to draw one under another: not the hidden, not those another field reveals."""
    revealed = getattr(form, "revealing", {})
    return [bound for bound in form.visible_fields() if bound.name not in revealed]


def once_token(form: Any = None) -> str:
    """The token that makes a repeated post count once; a form drawn again keeps its own."""
    data = getattr(form, "data", None) or {}
    return str(data.get("posted") or uuid.uuid4())


def page_of(form: Any, request: Any) -> str:
    """The address of the page a form stands on, so that signing in leads back to it."""
    data = getattr(form, "data", None) or {}
    if data.get("page"):
        return str(data["page"])
    return str(request.get_full_path()) if request else ""


def has_files(form: Any) -> bool:
    """True when the form must be sent in parts."""
    return bool(form and form.is_multipart())


def must(value: Any, sentence: str) -> str:
    """Nothing, when the value is there; otherwise the page fails in development, not in use.

    Raises:
        LookupError: the value is missing, with the sentence that says what to do.
    """
    if not value:
        raise LookupError(sentence)
    return ""


GLOBALS = {
    "kind_of": kind,
    "look_of": look,
    "choices_of": choices,
    "boxes_of": boxes,
    "problems_of": problems,
    "visible_of": visible,
    "once_token": once_token,
    "has_files": has_files,
    "page_of": page_of,
    "must": must,
}
