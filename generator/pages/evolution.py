"""When will it be over: the card, and the burn-up chart with its cone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..metrics.flow import Flow, flow
from ..metrics.forecast import CONFIDENCE, FEWEST_FINISHED, FEWEST_WEEKS, Forecast, Refusal, forecast
from ..metrics.progress import progress
from ..metrics.throughput import weekly_arrivals, weekly_throughput
from ..problems import N_
from .charts import Area, Chart, Line, Scale, Table, month_labels, y_labels
from .parts import Figure, at

if TYPE_CHECKING:
    from ..locale import Words
    from ..projects.model import Project

_REFUSALS = {
    Refusal.TOO_SHORT: N_("Sin pronóstico: hacen falta al menos {weeks} semanas de historia."),
    Refusal.TOO_FEW_FINISHED: N_("Sin pronóstico: hacen falta al menos {finished} tareas culminadas con fecha."),
    Refusal.NO_RECENT_PROGRESS: N_("Sin pronóstico: no se ha culminado ninguna tarea en las últimas semanas."),
    Refusal.SCOPE_GROWS: N_("Sin pronóstico: últimamente se agregan tantas tareas como se culminan."),
    Refusal.PACE_BROKE: N_("Sin pronóstico: el ritmo de las últimas semanas es muy distinto del anterior."),
    Refusal.TOO_UNCERTAIN: N_("Sin pronóstico: con esta historia el margen pasaría de un año."),
}


def completion(project: Project) -> Forecast | Refusal | None:
    """Return the forecast of a project's open tickets; None for a service that goes on, or a cut without a day."""
    day = project.cut.day
    if day is None or project.in_service:
        return None
    counted = progress(project.tickets)
    return forecast(
        weekly_throughput(project.tickets, day),
        counted.total - counted.done,
        day,
        arrivals=weekly_arrivals(project.tickets, day),
    )


def completion_figure(project: Project, found: Forecast | Refusal | None, words: Words) -> Figure | None:
    """Return the card that says when the project will probably be over, beside the plan; None where nothing tells."""
    plan = at(project.planned_end, words, year=True).text if project.planned_end else ""
    estimate = words.text("Estimación, no compromiso.")
    if isinstance(found, Forecast):
        pace = words.text(
            "{confidence} % de confianza, al ritmo de {weeks} semanas y con las {open} tareas abiertas hoy"
        ).format(confidence=CONFIDENCE, weeks=found.weeks, open=found.remaining)
        lines = [pace, f"{words.text('Plan: {day}.').format(day=plan)} {estimate}" if plan else estimate]
        return Figure(
            title=words.text("Culminación probable"), value=words.range(found.low, found.high), lines=tuple(lines)
        )
    lines = []
    if found in _REFUSALS:
        lines.append(words.text(_REFUSALS[found]).format(weeks=FEWEST_WEEKS, finished=FEWEST_FINISHED))
    if plan:
        lines.insert(0, f"{words.text('Fecha del plan.')} {estimate}")
        return Figure(title=words.text("Culminación prevista"), value=plan, lines=tuple(lines))
    if lines:
        return Figure(title=words.text("Culminación probable"), value=words.text("sin dato"), lines=tuple(lines))
    return None


def burn_up(project: Project, found: Forecast | Refusal | None, words: Words) -> Chart | None:
    """Return the chart of scope and finished tickets, with the cone where there is a forecast; None for one point."""
    day = project.cut.day
    counted = flow(project.tickets, day) if day else Flow()
    if day is None or len(counted.days) < 2:
        return None
    cone = found.cone if isinstance(found, Forecast) else ()
    last = max(cone[-1].day if cone else day, day)
    top, labels = y_labels(max(counted.scope))
    scale = Scale(counted.days[0], last, top)
    scope, done = counted.scope[-1], counted.done[-1]
    areas = []
    if isinstance(found, Forecast):
        text = words.text("pronóstico: {range}").format(range=words.range(found.low, found.high))
        days = [week.day for week in cone]
        edges = (
            *scale.points(days, [done + week.high for week in cone]),
            *scale.points(days, [done + week.low for week in cone])[::-1],
        )
        areas.append(Area(kind="cone", text=text, points=edges))
    lines = (
        Line(
            kind="scope",
            text=words.text("alcance: {count}").format(count=scope),
            points=scale.points(counted.days, counted.scope),
        ),
        Line(
            kind="done",
            text=words.text("culminadas: {count}").format(count=done),
            points=scale.points(counted.days, counted.done),
        ),
    )
    return Chart(
        title=words.text("Evolución"),
        description=words.text("Evolución hasta el {day}: {done} culminadas de un alcance de {scope}").format(
            day=words.day(day), done=done, scope=scope
        ),
        rule=words.text(
            "Alcance: tareas creadas hasta cada día, sin las anuladas. Culminadas: las cerradas hasta ese día."
        ),
        table=Table(
            heads=(words.text("Semana hasta"), words.text("Alcance"), words.text("Culminadas")),
            rows=tuple(
                (words.day(end, year=True), str(total), str(finished))
                for end, total, finished in reversed(list(zip(counted.days, counted.scope, counted.done, strict=True)))
            ),
        ),
        areas=tuple(areas),
        lines=lines,
        x_labels=month_labels(scale, words),
        y_labels=labels,
        marks=((scale.x(day), words.text("corte")),) if cone else (),
    )
