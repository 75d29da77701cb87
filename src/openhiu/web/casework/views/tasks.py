"""Tasks: one's own, a client's, and the few things that can be done with one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions import tasks as doing
from openhiu.web.casework.forms import work as forms
from openhiu.web.casework.models import Task
from openhiu.web.casework.queries import tasks as found
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.queries.team import colleagues
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.casework.views.client import frame, read


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def my_tasks(request: HttpRequest) -> HttpResponse:
    """What one has said one will do, with a line to add one more."""
    actor = actor_of(request)
    open_ones = list(found.mine(actor))
    record(actor, Did.LISTED, page="tasks", rows=len(open_ones))
    page = Page(
        title="My tasks",
        back=reverse("casework:my_tasks"),
        draft="task:",
        submit="Add the task",
        done="The task is added.",
        template="casework/my_tasks.html",
        extra={"tasks": open_ones, "ended": found.mine_ended(actor)},
    )
    return ask(request, forms.TaskForm, page, lambda said: doing.add_task(by=actor, **said))


@allow(Permission.OPEN_CLIENT)
@require_GET
def client_tasks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A client's tasks, open ones first."""
    reading = read(request, case_id, "tasks")
    tasks = list(found.about(reading.case)[:100])
    told = {
        "tasks": [task for task in tasks if task.done_at is None],
        "ended": [task for task in tasks if task.done_at],
    }
    return render(request, "casework/client_tasks.html", frame(request, reading, "tasks") | told)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def add_client_task(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One more task about a client."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = Page(
        title="Add a task",
        caption=case.person.full_name,
        back=reverse("casework:client_tasks", args=[case.pk]),
        draft=f"task:{case.pk}",
        submit="Add the task",
        done="The task is added.",
    )
    return ask(
        request, forms.TaskForm, page, lambda said: doing.add_task(by=actor, case=case, **said)
    )


@allow(Permission.WRITE_CLIENT)
@require_POST
def finish_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Done, in one press."""
    actor = actor_of(request)
    task = found.task_or_missing(actor, task_id)
    back = _after(request, task)
    return press(request, lambda: doing.finish_task(by=actor, task=task), back, "Done. Well done.")


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def move_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Another day."""
    actor = actor_of(request)
    task = found.task_or_missing(actor, task_id)
    page = _page(task, "Move this task", "Move it", "The task has a new day.")
    return ask(
        request,
        forms.MoveTaskForm,
        page,
        lambda said: doing.move_task(by=actor, task=task, **said),
        initial={"due_on": task.due_on},
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def let_task_go(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """It will not be done, with the reason."""
    actor = actor_of(request)
    task = found.task_or_missing(actor, task_id)
    page = _page(task, "Let this task go", "Let it go", "The task is let go.")
    return ask(
        request, forms.LetGoForm, page, lambda said: doing.let_go(by=actor, task=task, **said)
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def hand_task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Someone else of the team does it."""
    actor = actor_of(request)
    task = found.task_or_missing(actor, task_id)
    page = _page(task, "Hand this task on", "Hand it on", "The task is handed on, and they know.")
    return ask(
        request,
        forms.HandTaskForm,
        page,
        lambda said: doing.hand_task(by=actor, task=task, **said),
        colleagues=colleagues(actor),
    )


def _page(task: Task, title: str, submit: str, done: str) -> Page:
    return Page(title=title, note=task.words, back=_home_of(task), submit=submit, done=done)


def _home_of(task: Task) -> str:
    if task.case_id:
        return reverse("casework:client_tasks", args=[task.case_id])
    return reverse("casework:my_tasks")


def _after(request: HttpRequest, task: Task) -> str:
    """Back to the list where it was pressed."""
    return reverse("casework:my_tasks") if request.POST.get("from") == "mine" else _home_of(task)
