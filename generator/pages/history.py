"""Historial: how the work flows, and the tickets that ended long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ..metrics.flow import flow
from ..metrics.progress import effort
from ..metrics.throughput import weekly_throughput
from ..metrics.times import Spread, ages, lead_time
from .charts import Chart, Column, Scale, Table, month_labels, stacked, y_labels
from .parts import (
    Contact,
    Figure,
    Header,
    Link,
    Task,
    contact,
    header,
    history_address,
    tasks,
    working_days,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ..locale import Words
    from ..projects.model import Project
    from .articles import Reading

_WEEKS = 26
"""Weeks of the chart of throughput, the newest ones."""
_AGES = ((0, 5), (6, 10), (11, 20), (21, 40))
"""Bounds of the groups of ages, in working days; one more group holds whatever is older."""


@dataclass(frozen=True, kw_only=True)
class HistoryPage:
    """The view of a page of the history; only the first has figures and charts."""

    title: str
    header: Header
    contact: Contact | None
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    older: tuple[Task, ...]
    pages: tuple[Link, ...]


def history_page(
    project: Project, page: int, words: Words, *, articles: Mapping[str, Reading] | None = None
) -> HistoryPage:
    """Return page number *page*, from 1, of the history of *project*; *articles* as its tickets asked for them."""
    archived = project.archived
    shown = {ticket.ticket: ticket for ticket in project.each if archived.get(ticket.ticket) == page}
    last = max(archived.values(), default=1)
    tab = history_address(page)
    up = "../" * tab.count("/")
    day = project.cut.day if page == 1 else None
    return HistoryPage(
        title=words.text("Historial"),
        header=header(project, words, tab),
        contact=contact(project, words),
        figures=_figures(project, day, words) if day else (),
        charts=tuple(chart for chart in _charts(project, day, words) if chart) if day else (),
        older=tuple(
            tasks((shown[number] for number in archived if number in shown), project, words, articles=articles)
        ),
        pages=tuple(Link(str(number), up + history_address(number), number == page) for number in range(1, last + 1))
        if last > 1
        else (),
    )


def _figures(project: Project, day: date, words: Words) -> tuple[Figure, ...]:
    return (
        _lead_time(lead_time(project.tickets, project.calendar), words),
        _throughput(project, day, words),
        _effort(project, words),
    )


def _lead_time(found: Spread | None, words: Words) -> Figure:
    title = words.text("Tiempo de entrega")
    rule = words.text("Días hábiles desde que se crea una tarea hasta que se culmina.")
    if found is None:
        return Figure(title=title, value=words.text("sin dato"), lines=(rule,))
    high = words.text("85 de cada 100, en {days} o menos.").format(days=working_days(found.high, words))
    half = words.text("La mitad, en {days} o menos.").format(days=working_days(found.median, words))
    return Figure(title=title, value=working_days(found.median, words), lines=(f"{half} {high}", rule))


def _throughput(project: Project, day: date, words: Words) -> Figure:
    weeks = weekly_throughput(project.tickets, day)[-12:]
    title = words.text("Ritmo")
    if not len(weeks):
        return Figure(title=title, value=words.text("sin dato"), lines=())
    each = words.text("{count} por semana").format(count=words.number(round(float(weeks.mean()), 1)))
    span = words.plural("{count} semana", "{count} semanas", len(weeks)).format(count=len(weeks))
    rule = words.text("Promedio de tareas culminadas por semana, en {weeks}.").format(weeks=span)
    return Figure(title=title, value=each, lines=(rule,))


def _effort(project: Project, words: Words) -> Figure:
    found = effort(project.tickets)
    title = words.text("Avance por horas")
    if found.percent is None:
        return Figure(title=title, value=words.text("sin dato"), lines=(words.text("Ninguna tarea tiene estimación."),))
    told = words.text("{done} de {all} horas estimadas").format(
        done=words.number(round(found.done / 60, 1)), all=words.number(round(found.all / 60, 1))
    )
    rule = words.text("Horas estimadas de las tareas culminadas entre las de todas; tienen estimación {some} de {all}.")
    return Figure(
        title=title,
        value=words.percent(found.percent),
        lines=(told, rule.format(some=found.estimated, all=found.total)),
    )


def _charts(project: Project, day: date, words: Words) -> tuple[Chart | None, ...]:
    return (_cumulative_flow(project, day, words), _weeks(project, day, words), _work_item_age(project, day, words))


def _cumulative_flow(project: Project, day: date, words: Words) -> Chart | None:
    counted = flow(project.tickets, day)
    if len(counted.days) < 2:
        return None
    top, labels = y_labels(max(counted.scope))
    scale = Scale(counted.days[0], day, top)
    begun = (("doing", words.text("en curso o en espera"), counted.started),) if counted.started else ()
    layers = (
        ("todo", words.text("por hacer") if begun else words.text("pendientes"), counted.scope),
        *begun,
        ("done", words.text("culminadas"), counted.done),
    )
    columns = list(zip(counted.days, *(values for _, _, values in layers), strict=True))
    return Chart(
        title=words.text("Flujo acumulado"),
        description=words.text("Flujo acumulado hasta el {day}: {done} culminadas de {scope} tareas creadas").format(
            day=words.day(day), done=counted.done[-1], scope=counted.scope[-1]
        ),
        rule=words.text("Tareas en cada estado al final de cada semana, sin las anuladas; cada franja es un estado."),
        table=Table(
            heads=(
                words.text("Semana hasta"),
                words.text("Creadas"),
                *((words.text("Iniciadas"),) if begun else ()),
                words.text("Culminadas"),
            ),
            rows=tuple((words.day(end, year=True), *map(str, values)) for end, *values in reversed(columns)),
        ),
        areas=stacked(layers, counted.days, scale),
        x_labels=month_labels(scale, words),
        y_labels=labels,
    )


def _weeks(project: Project, day: date, words: Words) -> Chart | None:
    weeks = [int(count) for count in weekly_throughput(project.tickets, day)][-_WEEKS:]
    if not any(weeks):
        return None
    ends = [day - timedelta(days=7 * back) for back in range(len(weeks) - 1, -1, -1)]
    top, labels = y_labels(max(weeks))
    scale = Scale(ends[0] - timedelta(days=7), day, top)
    width = 1 / len(weeks)
    return Chart(
        title=words.text("Culminadas por semana"),
        description=words.text("Tareas culminadas en cada semana; en la última, {count}").format(count=weeks[-1]),
        rule=words.text("Tareas cerradas como culminadas en cada semana, que termina el mismo día que el corte."),
        table=Table(
            heads=(words.text("Semana hasta"), words.text("Culminadas")),
            rows=tuple(
                (words.day(end, year=True), str(count)) for end, count in zip(ends[::-1], weeks[::-1], strict=True)
            ),
        ),
        columns=tuple(
            Column(
                kind="done", start=place * width + 0.1 * width, width=0.8 * width, height=scale.y(count),
                text=str(count) if len(weeks) <= 13 else "",
            )
            for place, count in enumerate(weeks)
        ),
        x_labels=month_labels(scale, words),
        y_labels=labels,
    )  # fmt: skip


def _work_item_age(project: Project, day: date, words: Words) -> Chart | None:
    found = ages(project.each, project.calendar, day)
    known = [age for age in found if age is not None]
    if not known:
        return None
    bounds = (*_AGES, (_AGES[-1][1] + 1, None))
    counts = [sum(low <= age <= (high or age) for age in known) for low, high in bounds]
    names = [
        words.text("{low} a {high}").format(low=low, high=high) if high else words.text("{low} o más").format(low=low)
        for low, high in bounds
    ]
    top, _ = y_labels(max(counts))
    width = 1 / len(counts)
    unknown = len(found) - len(known)
    rule = words.text("Tareas abiertas por edad: días hábiles desde que se iniciaron o, si no, desde que se crearon.")
    if unknown:
        rule += " " + words.text("Sin dato: {count}.").format(count=unknown)
    return Chart(
        title=words.text("Edad de las tareas abiertas"),
        description=words.text("Tareas abiertas por edad en días hábiles: {ages}").format(
            ages=", ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
        ),
        rule=rule,
        table=Table(
            heads=(words.text("Días hábiles"), words.text("Tareas")),
            rows=tuple((name, str(count)) for name, count in zip(names, counts, strict=True)),
        ),
        columns=tuple(
            Column(kind="doing", start=(place + 0.15) * width, width=0.7 * width, height=count / top, text=str(count))
            for place, count in enumerate(counts)
        ),
        x_labels=tuple(((place + 0.5) * width, name) for place, name in enumerate(names)),
    )
