"""The hours of a póliza as a client reads them: cards, a bar, a chart by month, and the ticket behind each hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..metrics.hours import FEWEST_CHARGES, FEWEST_WEEKS, Charge, HourBank, Outlook, RunOut, hour_bank
from ..problems import N_
from ..tickets.kinds import Kind
from ..tickets.table import State
from .month_chart import month_chart
from .parts import STATES, Figure, Moment, Segment, address_of, at, hours, segments, title_of

if TYPE_CHECKING:
    from datetime import date

    from ..locale import Words
    from ..projects.model import Project
    from .charts import Chart

TAB = "mejora-continua/"
_KINDS = {Kind.IMPROVEMENT: N_("Mejoras"), Kind.SUPPORT: N_("Soporte"), Kind.OTHER: N_("Otras tareas")}


@dataclass(frozen=True, kw_only=True)
class Card:
    """A figure: its heading, one value, the lines that explain it; `colour` is that of its part of the bar."""

    id: str
    title: str
    value: str
    lines: tuple[str, ...] = ()
    colour: str = ""
    moment: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class Use:
    """The hours of one ticket, and where its row is."""

    number: str
    address: str
    title: str
    state: str
    moment: Moment
    hours: str


@dataclass(frozen=True, kw_only=True)
class Hours:
    """What is shown of a policy's hours; `chart`, `uses` and `total` are empty where nobody knows what was used."""

    cards: tuple[Card, ...]
    bar: tuple[Segment, ...] = ()
    bar_label: str = ""
    notice: str = ""
    chart: Chart | None = None
    shares: str = ""
    uses: tuple[Use, ...] = ()
    total: str = ""
    outside: str = ""


def hours_view(project: Project, words: Words) -> Hours | None:
    """Return the hours of the project's policy in the language of *words*; None where none are contracted."""
    bank = hour_bank(project)
    if bank is None:
        return None
    if bank.used is None or bank.left is None:
        return Hours(cards=(_contracted(bank, project, words), _unknown(words)))
    used, reserved, left = bank.used, bank.reserved or 0, bank.left
    return Hours(
        cards=(
            _left(bank, left, words),
            _run_out(bank.run_out, project, words),
            _contracted(bank, project, words),
            _used(bank, used, words),
            _reserved(bank, words),
        ),
        bar=segments({"doing": used, "waiting": reserved, "todo": max(0, left)}),
        bar_label=_bar_label(used, reserved, left, words),
        notice=_notice(bank, words),
        chart=month_chart(bank, project.cut.day, words),
        shares=_shares(bank.charges, project, words),
        uses=tuple(_use(charge, project, words) for charge in bank.charges),
        total=_time(used, words),
        outside=_time(bank.outside, words) if bank.outside else "",
    )


def policy_figure(project: Project, words: Words) -> Figure | None:
    """Return the card of the hours left, or else of the renewal; None outside a service that goes on."""
    if not project.in_service:
        return None
    bank, end = hour_bank(project), renewal(project, words)
    ending = f"{end.title}: {end.value}" if end else ""
    if bank is not None and bank.left is not None:
        told = words.text("de {hours} contratadas").format(hours=_time(bank.contracted, words))
        lines = (told, ending) if ending else (told,)
        return Figure(title=words.text("Horas de la póliza"), value=_left(bank, bank.left, words).value, lines=lines)
    return Figure(title=end.title, value=end.value, lines=end.lines) if end else None


def renewal(project: Project, words: Words) -> Card | None:
    """Return when the policy ends, and how far off that is at the cut; None where no end is known."""
    until, today = project.policy.until, project.cut.day
    if until is None:
        return None
    moment = at(until, words, year=True)
    return Card(
        id="renovacion",
        title=words.text("Renovación"),
        value=moment.text,
        lines=_days_left(until, today, words),
        moment=moment,
    )


def _days_left(until: date, today: date | None, words: Words) -> tuple[str, ...]:
    if today is None:
        return ()
    days = (until - today).days
    if days < 0:
        late = words.plural("Venció {count} día antes del corte.", "Venció {count} días antes del corte.", -days)
        return (late.format(count=-days),)
    if days == 0:
        return (words.text("Vence el día del corte."),)
    return (
        words.plural("Falta {count} día desde el corte.", "Faltan {count} días desde el corte.", days).format(
            count=days
        ),
    )


def _time(minutes: int, words: Words) -> str:
    return hours(minutes / 60, words)


def _left(bank: HourBank, left: int, words: Words) -> Card:
    value = _time(left, words)
    line = words.text("Contratadas menos usadas.")
    if bank.reserved:
        line = words.text("Contratadas menos usadas menos reservadas.")
    if left < 0:
        value = words.text("ninguna")
        line = words.text("Las usadas superan las contratadas en {hours}.")
        if bank.reserved:
            line = words.text("Las usadas y las reservadas superan las contratadas en {hours}.")
        line = line.format(hours=_time(-left, words))
    return Card(id="quedan", title=words.text("Quedan"), value=value, lines=(line,), colour="todo")


def _contracted(bank: HourBank, project: Project, words: Words) -> Card:
    since, until = project.policy.since, project.policy.until
    line = ""
    if since and until:
        line = words.text("Del {since} al {until}.").format(
            since=words.day(since, year=True), until=words.day(until, year=True)
        )
    return Card(
        id="contratadas",
        title=words.text("Contratadas"),
        value=_time(bank.contracted, words),
        lines=(line,) if line else (),
    )


def _unknown(words: Words) -> Card:
    return Card(
        id="usadas",
        title=words.text("Usadas"),
        value=words.text("no hay datos de horas"),
        lines=(words.text("Los tickets de este corte no traen las horas dedicadas."),),
    )


def _used(bank: HourBank, used: int, words: Words) -> Card:
    count = len(bank.charges)
    line = words.plural(
        "{percent} de las contratadas, en {count} ticket.", "{percent} de las contratadas, en {count} tickets.", count
    ).format(percent=words.percent(100 * used // bank.contracted), count=count)
    return Card(id="usadas", title=words.text("Usadas"), value=_time(used, words), lines=(line,), colour="doing")


def _reserved(bank: HourBank, words: Words) -> Card:
    if bank.reserved is None:
        value, line = words.text("sin dato"), words.text("Ningún ticket abierto tiene una estimación de horas.")
    else:
        value = _time(bank.reserved, words)
        line = words.plural(
            "Lo que aún necesita, según su estimación, {estimated} de {count} ticket abierto.",
            "Lo que aún necesitan, según su estimación, {estimated} de {count} tickets abiertos.",
            bank.open,
        ).format(estimated=bank.estimated, count=bank.open)
    return Card(id="reservadas", title=words.text("Reservadas"), value=value, lines=(line,), colour="waiting")


def _bar_label(used: int, reserved: int, left: int, words: Words) -> str:
    parts = [words.text("usadas {hours}").format(hours=_time(used, words))]
    if reserved:
        parts.append(words.text("reservadas {hours}").format(hours=_time(reserved, words)))
    parts.append(words.text("quedan {hours}").format(hours=_time(max(0, left), words)))
    return ", ".join(parts)


def _notice(bank: HourBank, words: Words) -> str:
    if bank.crossed is None:
        return ""
    return words.text("Se alcanzó el {percent} de las horas contratadas.").format(percent=words.percent(bank.crossed))


def _run_out(found: RunOut | None, project: Project, words: Words) -> Card:
    value, line = _outlook(found or RunOut(outlook=Outlook.UNKNOWN), project, words)
    return Card(id="se-agotan", title=words.text("Cuándo se agotan"), value=value, lines=(line,) if line else ())


def _outlook(found: RunOut, project: Project, words: Words) -> tuple[str, str]:
    """Return what is said of the day on which the hours run out, and the line under it."""
    if found.outlook is Outlook.USED_UP:
        return words.text("ya se agotaron"), ""
    if found.outlook is Outlook.ENDED:
        return words.text("la póliza venció"), ""
    if found.outlook is Outlook.UNKNOWN:
        return words.text("sin dato"), words.text(
            "Para estimarlo hacen falta {weeks} semanas de póliza y {count} tickets con horas."
        ).format(weeks=FEWEST_WEEKS, count=FEWEST_CHARGES)
    value = words.text(_range(found, project)).format(
        first=words.day(found.first, year=True) if found.first else "",
        last=words.day(found.last, year=True) if found.last else "",
        limit=words.day(found.limit, year=True) if found.limit else "",
    )
    line = words.text(
        "Estimación, no compromiso: supone que las próximas semanas se parecen a las {weeks} de la póliza, de {pace} "
        "en promedio."
    ).format(weeks=found.weeks, pace=_time(round(found.pace), words))
    if found.first:
        line = f"{line} {words.text('El rango abarca 7 de cada 10 simulaciones.')}"
    return value, line


def _range(found: RunOut, project: Project) -> str:
    if found.outlook is Outlook.BETWEEN:
        return N_("entre el {first} y el {last}") if found.first != found.last else N_("hacia el {first}")
    to_the_end = found.limit == project.policy.until
    if found.outlook is Outlook.MAYBE:
        return N_("entre el {first} y la renovación, o después") if to_the_end else N_("el {first} o después")
    return N_("no antes de la renovación") if to_the_end else N_("no antes del {limit}")


def _shares(charges: Iterable[Charge], project: Project, words: Words) -> str:
    shares = dict.fromkeys(_KINDS, 0)
    for charge in charges:
        shares[project.kind_of(charge.ticket)] += charge.minutes
    return " · ".join(f"{words.text(_KINDS[kind])}: {_time(shares[kind], words)}" for kind in shares if shares[kind])


def _use(charge: Charge, project: Project, words: Words) -> Use:
    ticket = charge.ticket
    return Use(
        number=ticket.number,
        address=address_of(ticket, project, TAB),
        title=title_of(ticket, words),
        state=words.text(STATES[State(ticket.status)]),
        moment=at(charge.when.date(), words, year=True),
        hours=_time(charge.minutes, words),
    )
