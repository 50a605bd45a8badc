"""Every number of the sample pages, computed again from the CSV by its definition; see `recount`."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ..page_tree import Element, read_page
from . import recount
from .recount import PROJECTS, Cut, Row, cuts, day_in_words, last_cut, nearest_rank, sheet, terms, wall

EACH = pytest.mark.parametrize("project", PROJECTS)
SUPPORTED = pytest.mark.parametrize("project", ["andina", "textiles-del-sur"])
POLICY = "textiles-del-sur"
LONG = 15 * 60
"""Minutes: a longer time is told in whole hours."""
COUNTS = {
    "done": r"(\d+) de (\d+) tareas? culminadas?",
    "doing": r"(\d+) en curso",
    "client": r"(\d+) esperan? por usted",
    "waiting": r"(\d+) en espera",
    "todo": r"(\d+) por hacer",
}
MILESTONES = ("inicio", "fin_tecnico", "fin_previsto", "puesta_en_marcha", "poliza_desde", "poliza_hasta")


@pytest.fixture
def page(site: Path):
    """A function: project and section → its page."""

    def read(project: str, tab: str = "") -> Element:
        return read_page((site / "p" / project / tab / "index.html").read_text(encoding="utf-8"))

    return read


def number_in(text: str) -> int:
    """Return the number in brackets: "Culminadas (82)" → 82."""
    return int(re.search(r"\((\d+)\)", text)[1])


def numbers(rows: list[Row]) -> set[str]:
    return {row.ticket for row in rows}


def table(chart: Element) -> list[list[str]]:
    return [
        [cell.text for cell in row.each() if cell.tag in ("th", "td")] for row in chart.all(".chart-table tbody tr")
    ]


def charts(shown: Element) -> dict[str, list[list[str]]]:
    """Return the figures behind each chart of a page, by its heading."""
    return {
        section.all("h2")[0].text: table(section) for section in shown.all("section") if section.all(".chart-figure")
    }


def working_days(text: str) -> int:
    found = re.search(r"(\d+) días? hábil", text)
    return int(found[1]) if found else 0


def told(amount: int) -> str:
    """Return minutes as the support page tells them."""
    whole, rest = divmod(amount if amount < LONG else (amount + 30) // 60 * 60, 60)
    return " ".join(part for part in (f"{whole} h" if whole or not rest else "", f"{rest} min" if rest else "") if part)


# Avance


@EACH
def test_progress_is_done_of_all_but_the_cancelled(project: str, page) -> None:
    cut = last_cut(project)
    figure = page(project).one("section[data-progress]")
    percent = int(100 * len(cut.done) / len(cut.counted) + 0.5)
    assert figure.attributes["data-progress"] == str(percent)
    assert figure.one(".value").text == f"{percent} %"
    said = {name: re.search(pattern, figure.one(".counts").text) for name, pattern in COUNTS.items()}
    assert said["done"][2] == str(len(cut.counted))
    expected = Counter("client" if row.on_client else row.state for row in cut.counted)
    assert {name: int(match[1]) for name, match in said.items() if match} == expected


@EACH
def test_the_bar_has_the_share_of_each_state(project: str, page) -> None:
    cut = last_cut(project)
    shares = Counter("client" if row.on_client else row.state for row in cut.counted)
    bar = page(project).one("section[data-progress] .bar")
    drawn = {part.attributes["class"]: float(part.attributes["width"]) for part in bar.all("rect")}
    assert drawn == {state: pytest.approx(100 * n / len(cut.counted), abs=0.01) for state, n in shares.items()}


def waiting_since(project: str) -> dict[str, date]:
    """Return since when each ticket waits: its last change in the first cut of the run of those that show it so."""
    since: dict[str, date] = {}
    for cut in cuts(project):
        since = {row.ticket: since.get(row.ticket, row.updated.date()) for row in cut.rows if row.on_client}
    return since


def asked_since(project: str) -> dict[str, tuple[str, date]]:
    """Return, by id, the ticket and the day of each document to sign or approve, and of each datum to send."""
    today = last_cut(project).day
    found = {}
    for row in sheet("documents.csv"):
        good = not row["valido_hasta"] or date.fromisoformat(row["valido_hasta"]) >= today
        if row["proyecto"] == project and row["estado"] in ("pendiente de firma", "por aprobar") and good:
            found[f"d-{row['id']}"] = (row["ticket"], date.fromisoformat(row["fecha"]))
    for row in sheet("requests.csv"):
        if row["proyecto"] == project and not row["validado"]:
            # The one template that came back has two mistakes, so it waits for the client again from then on.
            returned = row["id"] == "sol-008"
            if returned or not row["recibido"]:
                day = row["recibido"] if returned else row["pedido"]
                found[f"s-{row['id']}"] = (row["ticket"], date.fromisoformat(day))
    return found


@EACH
def test_what_depends_on_the_client_and_since_when(project: str, page) -> None:
    today, calendar = last_cut(project).day, wall(project)
    tickets = waiting_since(project)
    apart = {name: day for name, (ticket, day) in asked_since(project).items() if ticket not in tickets}
    for ticket, day in asked_since(project).values():
        if ticket in tickets:
            tickets[ticket] = min(tickets[ticket], day)
    section = page(project).one("section.on-client")
    assert section.one("h2").text == f"Dependen de usted: {len(tickets) + len(apart)}"
    oldest = calendar.days(min((*tickets.values(), *apart.values())), today)
    assert working_days(section.one(".on-client-head p").text) == oldest
    shown = {task.attributes.get("data-ticket") or task.attributes["id"]: task for task in section.all(".task")}
    assert {name: working_days(task.one(".details").text) for name, task in shown.items()} == {
        **{ticket: calendar.days(day, today) for ticket, day in tickets.items()},
        **{f"p-{name}": calendar.days(day, today) for name, day in apart.items()},
    }


@EACH
def test_the_next_agreed_date_is_the_first_that_has_not_passed(project: str, page) -> None:
    figure = page(project).one("section[aria-labelledby=fig-fecha]")
    ahead = [row for row in dates_ahead(last_cut(project)) if "fecha-propuesta" not in row.labels]
    first = min(ahead, key=lambda row: row.agreed)
    assert figure.one("time").attributes["datetime"] == first.agreed.isoformat(timespec="minutes")
    assert figure.all("a")[0].text.lstrip("#") == first.ticket


def dates_ahead(cut: Cut) -> list[Row]:
    return [row for row in cut.open if row.agreed and row.agreed.date() >= cut.day]


@EACH
def test_lists_have_their_tickets_and_the_overdue_are_marked(project: str, page) -> None:
    cut, shown = last_cut(project), page(project)
    theirs = [row for row in cut.open if not row.on_client]
    assert number_in(shown.one("#pendientes").text) == len(theirs)
    folds = {fold.one("h2").text: numbers_of(fold) for fold in shown.all("details.list")}
    expected = {
        "Culminadas": numbers(cut.done),
        "Anuladas": {row.ticket for row in cut.rows if row.state == "cancelled"},
    }
    assert folds == {f"{name} ({len(some)})": some for name, some in expected.items() if some}
    late = {task.attributes.get("data-ticket") for task in shown.all(".task.overdue")}
    assert late == {row.ticket for row in cut.open if row.date and row.date.date() < cut.day}


@EACH
def test_each_row_tells_its_date(project: str, page) -> None:
    def iso(row: Row) -> str:
        when = row.date if row.is_open else row.closed
        if when is None:
            return ""
        is_day = not row.is_open or when.time() == time(0)
        return when.date().isoformat() if is_day else when.isoformat(timespec="minutes")

    shown = {
        task.attributes["data-ticket"]: next((each.attributes["datetime"] for each in task.all(".when time")), "")
        for task in page(project).all(".task[data-ticket]")
    }
    assert shown == {row.ticket: iso(row) for row in last_cut(project).rows}


def numbers_of(part: Element) -> set[str]:
    return {row.attributes["data-ticket"] for row in part.all("[data-ticket]")}


def changes(before: Cut, after: Cut) -> dict[str, set[str]]:
    """Return the tickets of each chip, by what the page says of it."""
    was, now = before.by_ticket(), after.by_ticket()

    def began(ticket: str) -> str:
        return was[ticket].state if ticket in was else "todo"

    def is_late(row: Row | None, day: date) -> bool:
        return row is not None and row.is_open and row.date is not None and row.date.date() < day

    def over(ticket: str) -> bool:
        return began(ticket) in ("done", "cancelled")

    return {
        "new": now.keys() - was.keys(),
        "started": {t for t, row in now.items() if began(t) == "todo" and row.state in ("doing", "waiting")},
        "finished": {t for t, row in now.items() if row.state == "done" and not over(t)},
        "cancelled": {t for t, row in now.items() if row.state == "cancelled" and not over(t)},
        "reopened": {t for t, row in now.items() if row.is_open and over(t)},
        "moved": {
            t
            for t, row in now.items()
            if row.is_open and t in was and row.date and was[t].date and row.date != was[t].date
        },
        "overdue": {t for t, row in now.items() if is_late(row, after.day) and not is_late(was.get(t), before.day)},
        "gone": was.keys() - now.keys(),
    }


@EACH
def test_the_chips_of_what_changed_since_each_earlier_cut(project: str, page) -> None:
    *earlier, after = cuts(project)
    sections = page(project).all("section[data-since]")
    expected = {
        cut.day.isoformat(): {kind: some for kind, some in changes(cut, after).items() if some} for cut in earlier
    }
    assert {section.attributes["data-since"] for section in sections} == expected.keys()
    for section in sections:
        chips = section.all("details.chip")
        assert {chip.attributes["class"].split()[-1]: listed(chip) for chip in chips} == (
            expected[section.attributes["data-since"]]
        )
        assert [int(re.search(r"\d+", chip.one("summary").text)[0]) for chip in chips] == [
            len(chip.all("li")) for chip in chips
        ]


def listed(chip: Element) -> set[str]:
    """Return the numbers with which the lines of a chip begin."""
    return {line.text.split()[0].lstrip("#") for line in chip.all("li")}


def week_ends(cut: Cut) -> list[date]:
    """Return the days of the flow, newest first: every week back to that of the first ticket."""
    first = min(row.created.date() for row in cut.counted)
    ends = [cut.day]
    while ends[-1] > first:
        ends.append(ends[-1] - timedelta(days=7))
    return ends


def scope(cut: Cut, day: date) -> int:
    return sum(row.created.date() <= day for row in cut.counted)


def finished(cut: Cut, day: date) -> int:
    return sum(row.closed.date() <= day for row in cut.done)


def begun(cut: Cut, day: date) -> int:
    """Count the tickets that had been begun, or were over, by *day*; a planned start does not begin a ticket."""
    first = {
        row.ticket: max(row.created.date(), min(filter(None, (row.started, row.closed))).date())
        for row in cut.counted
        if row.state != "todo" and (row.started or row.closed)
    }
    underway = [row for row in cut.counted if row.state in ("doing", "waiting")]
    today = {row.ticket: min(first.get(row.ticket, cut.day), cut.day) for row in underway}
    return sum(began <= day for began in {**first, **today}.values())


@EACH
def test_each_row_of_the_evolution(project: str, page) -> None:
    cut = last_cut(project)
    assert charts(page(project))["Evolución"] == [
        [day_in_words(day), str(scope(cut, day)), str(finished(cut, day))] for day in week_ends(cut)
    ]


@pytest.mark.parametrize("project", ["andina", "sierra-clara"])
def test_the_end_is_forecast_unless_as_many_arrive_as_are_finished(project: str, page) -> None:
    cut = last_cut(project)
    month = cut.day - timedelta(days=28)
    arrived = sum(row.created.date() > month for row in cut.counted)
    assert len(weekly(cut)) >= 8
    assert len(cut.done) >= 10
    figure = page(project).one("section[aria-labelledby=fig-tercera]")
    if 0 < arrived < sum(weekly(cut)[:4]):
        assert figure.one("h2").text == "Culminación probable"
        assert f"con las {len(cut.open)} tareas abiertas hoy" in figure.text
        assert "Estimación, no compromiso." in figure.text
        return
    assert "Sin pronóstico: últimamente se agregan tantas tareas como se culminan." in figure.text
    assert figure.one(".value").text == day_in_words(date.fromisoformat(terms(project)["fin_previsto"]))


# Historial


@EACH
def test_how_long_tickets_took(project: str, page) -> None:
    took = [wall(project).days(row.created.date(), row.closed.date()) for row in last_cut(project).done]
    half, most = nearest_rank(took, 50), nearest_rank(took, 85)
    figure = page(project, "historial/").all(".figure")[0]
    assert working_days(figure.one(".value").text) == half
    said = re.findall(r"en (\d+) días? hábil(?:es)? o menos", figure.text)
    assert said == [str(half), str(most)]


def weekly(cut: Cut) -> list[int]:
    """Return how many tickets were finished in each week, newest first: seven days that end on the cut's weekday."""
    ends = [cut.day]
    first = min(row.created.date() for row in cut.rows)
    while ends[-1] - timedelta(days=7) >= first:
        ends.append(ends[-1] - timedelta(days=7))
    return [sum(end - timedelta(days=7) < row.closed.date() <= end for row in cut.done) for end in ends]


@EACH
def test_the_pace_is_the_average_of_the_last_weeks(project: str, page) -> None:
    weeks = weekly(last_cut(project))[:12]
    figure = page(project, "historial/").all(".figure")[1]
    said = float(re.match(r"[\d,]+", figure.one(".value").text)[0].replace(",", "."))
    assert said == round(sum(weeks) / len(weeks), 1)
    assert f"en {len(weeks)} semanas" in figure.text


@EACH
def test_progress_by_hours(project: str, page) -> None:
    cut = last_cut(project)
    figure = page(project, "historial/").all(".figure")[2]
    estimated = [row for row in cut.counted if row.estimate]
    if not estimated:
        assert figure.one(".value").text == "sin dato"
        return
    done, every = (
        sum(row.estimate for row in rows) for rows in ((r for r in estimated if r.state == "done"), estimated)
    )
    assert figure.one(".value").text == f"{int(100 * done / every + 0.5)} %"
    said = [
        float(number.replace(".", "").replace(",", "."))
        for number in re.findall(r"[\d.,]*\d", figure.one(".counts").text)
    ]
    assert said == [round(done / 60, 1), round(every / 60, 1)]
    assert f"tienen estimación {len(estimated)} de {len(cut.counted)}" in figure.text


@EACH
def test_each_row_of_the_flow_and_of_the_weeks(project: str, page) -> None:
    cut, found = last_cut(project), charts(page(project, "historial/"))
    knows_starts = any(row.started for row in cut.counted)
    assert found["Flujo acumulado"] == [
        [
            day_in_words(day),
            str(scope(cut, day)),
            *([str(begun(cut, day))] if knows_starts else []),
            str(finished(cut, day)),
        ]
        for day in week_ends(cut)
    ]
    assert found["Culminadas por semana"] == [
        [day_in_words(cut.day - timedelta(days=7 * back)), str(count)] for back, count in enumerate(weekly(cut)[:26])
    ]


def age(row: Row, cut: Cut, project: str) -> int:
    """Return the age of an open ticket: from its start, if it has begun, or else from its creation."""
    began = row.started if row.state != "todo" and row.started and row.started.date() <= cut.day else row.created
    return wall(project).days(began.date(), cut.day)


@EACH
def test_the_groups_of_ages(project: str, page) -> None:
    cut = last_cut(project)
    ages = [age(row, cut, project) for row in cut.open]
    bounds = {"0 a 5": (0, 5), "6 a 10": (6, 10), "11 a 20": (11, 20), "21 a 40": (21, 40), "41 o más": (41, 10**6)}
    assert charts(page(project, "historial/"))["Edad de las tareas abiertas"] == [
        [name, str(sum(low <= days <= high for days in ages))] for name, (low, high) in bounds.items()
    ]


# Tablero


@SUPPORTED
def test_each_column_of_the_board(project: str, page) -> None:
    cut, board = last_cut(project), page(project, "tablero/").one(".board")
    expected = Counter(row.state for row in cut.rows)
    columns = {column.attributes["class"].split()[-1]: column for column in board.all(".board-column")}
    assert {state: int(column.all(".count")[0].text) for state, column in columns.items()} == expected
    assert {state: numbers_of(column) for state, column in columns.items()} == {
        state: {row.ticket for row in cut.rows if row.state == state} for state in expected
    }
    assert columns["doing"].all(".note")[0].text.startswith(f"{expected['doing'] + expected['waiting']} empezadas")


@SUPPORTED
def test_each_open_card_says_how_old_it_is(project: str, page) -> None:
    cut = last_cut(project)
    cards = page(project, "tablero/").all(".board-card")
    lines = {card.attributes["data-ticket"]: card.all("p") for card in cards}
    shown = {
        ticket: [one.text for one in each if one.attributes.get("class") != "article"][-1]
        for ticket, each in lines.items()
    }
    assert {row.ticket: working_days(shown[row.ticket]) for row in cut.open} == {
        row.ticket: age(row, cut, project) or 1 for row in cut.open
    }


@SUPPORTED
def test_the_line_has_the_plan_and_the_dates_of_open_tickets(project: str, page) -> None:
    cut = last_cut(project)
    plan = sum(bool(terms(project)[name]) for name in MILESTONES)
    line = page(project, "tablero/").one(".line-list")
    dated = {row.ticket for row in cut.open if row.date}
    shown = [entry.one("a .number").text.lstrip("#") for entry in line.all(".entry") if entry.all("a")]
    assert set(shown) <= dated
    assert len(shown) == min(len(dated), 40)
    assert number_in(line.one("summary").text) == plan + len(shown)


# Agenda


@EACH
def test_the_agenda_has_each_date_ahead_and_each_that_was(project: str, page) -> None:
    cut, shown = last_cut(project), page(project, "agenda/")
    ahead = {row.ticket: row.agreed.isoformat(timespec="minutes") for row in dates_ahead(cut)}
    assert {
        entry.attributes["data-ticket"]: entry.all("time")[0].attributes["datetime"]
        for entry in shown.all(".day .appointment")
    } == ahead
    ever = {row.ticket for each in cuts(project) for row in each.rows if row.agreed}
    assert numbers_of(shown) == ever
    folded = shown.all("details.list")
    assert sum(number_in(fold.one("summary").text) for fold in folded) + len(
        shown.all("[aria-labelledby=canceladas] .appointment")
    ) == len(ever - ahead.keys())


@EACH
def test_a_date_tells_how_often_it_was_moved(project: str, page) -> None:
    dates: dict[str, list[datetime]] = {}
    for cut in cuts(project):
        for row in cut.rows:
            if row.agreed and [row.agreed] != dates.get(row.ticket, [])[-1:]:
                dates.setdefault(row.ticket, []).append(row.agreed)
    moved = {
        entry.attributes["data-ticket"]: re.search(r"movida (\d+) ve", entry.one(".state").text)
        for entry in page(project, "agenda/").all(".appointment")
    }
    assert {ticket: int(found[1]) if found else 0 for ticket, found in moved.items()} == {
        ticket: len(agreed) - 1 for ticket, agreed in dates.items()
    }


@EACH
def test_the_days_without_service_of_the_next_sixty(project: str, page) -> None:
    day, calendar = last_cut(project).day, wall(project)
    near = [day + timedelta(days=ahead) for ahead in range(61)]
    shown = [time.attributes["datetime"] for time in page(project, "agenda/").all(".closed time")]
    assert shown == [each.isoformat() for each in near if each.weekday() < 5 and not calendar.is_working(each)]


# Soporte


def support(project: str) -> list[Row]:
    return [row for row in last_cut(project).rows if row.is_support]


def contracted(project: str, column: str, priority: str) -> int | None:
    """Return the contracted minutes of a priority: "Alta=2; Mediana=4; 8" has 8 hours for the rest."""
    parts = [part.strip().rpartition("=") for part in terms(project)[column].split(";") if part.strip()]
    hours = {name: float(amount) for name, _, amount in parts}
    found = hours.get(priority, hours.get(""))
    return None if found is None else round(60 * found)


def to_answer(row: Row, project: str) -> int | None:
    return wall(project).minutes(row.created, row.answered) if row.answered else None


def to_solve(row: Row, project: str) -> int | None:
    return wall(project).minutes(row.created, row.closed) if row.state == "done" else None


@SUPPORTED
def test_the_figures_of_support(project: str, page) -> None:
    rows = support(project)
    cards = {card.one("h2").text: card for card in page(project, "soporte/").all(".support-figures .figure")}
    assert cards["Tareas abiertas"].one(".value").text == str(sum(row.is_open for row in rows))
    for title, took in (("Primera respuesta", to_answer), ("Solución", to_solve)):
        times = [amount for row in rows if (amount := took(row, project)) is not None]
        if not times:
            assert cards[title].one(".value").text == "sin dato"
            continue
        assert cards[title].one(".value").text == told(nearest_rank(times, 50))
        assert f"la mitad de {len(times)} tarea" in cards[title].text
        assert f"85 de cada 100 tardaron {told(nearest_rank(times, 85))} o menos" in cards[title].text


def test_how_many_were_within_the_contracted_times(page) -> None:
    (card,) = [
        card for card in page(POLICY, "soporte/").all(".figure") if card.one("h2").text == "Dentro de lo contratado"
    ]
    rows, instant = support(POLICY), last_cut(POLICY).instant
    judged = {}
    for name, took, column in (
        ("answer", to_answer, "horas_primera_respuesta"),
        ("solution", to_solve, "horas_solucion"),
    ):
        times = [(took(row, POLICY), contracted(POLICY, column, row.priority)) for row in rows]
        judged[name] = [amount <= most for amount, most in times if amount is not None]
    late = sum(
        wall(POLICY).minutes(row.created, instant) > contracted(POLICY, "horas_solucion", row.priority)
        for row in rows
        if row.is_open
    )
    assert card.one(".value").text == f"{sum(judged['solution'])} de {len(judged['solution'])}"
    assert f"Primera respuesta: {sum(judged['answer'])} de {len(judged['answer'])}" in card.text
    assert f"{late} abierta{'s' * (late > 1)} lo excede" in card.text


@SUPPORTED
def test_each_support_ticket_says_how_long_it_took(project: str, page) -> None:
    now = last_cut(project).instant
    shown = {row.attributes["data-ticket"]: row for row in page(project, "soporte/").all(".support-task")}
    assert shown.keys() == numbers(support(project))
    for row in support(project):
        said = shown[row.ticket].one("[data-resolution]").text
        if row.is_open:
            assert f"lleva {told(wall(project).minutes(row.created, now))}" in said
        elif row.state == "done":
            assert re.match(rf"{told(to_solve(row, project))}( \(|$)", said)
        if row.answered:
            assert re.match(rf"{told(to_answer(row, project))}( \(|$)", shown[row.ticket].one("[data-answer]").text)


def holder(row: Row | None) -> str:
    """Return who has a ticket at a cut; a new one begins with AdaptaPro."""
    if row is None or row.state in ("todo", "doing") or row.waits_on == "adaptapro":
        return "doing"
    return {"client": "client", "third-party": "waiting"}.get(row.waits_on, "nobody" if not row.is_open else "unknown")


def held(before: Cut, after: Cut, ticket: str, project: str) -> Counter[str]:
    """Return the minutes of service that each party had a ticket between two cuts, by the rules of the page."""
    was, now, shared = before.by_ticket().get(ticket), after.by_ticket()[ticket], Counter()
    start = max(before.instant, now.created)
    minutes = wall(project).minutes
    first, second = holder(was), holder(now)
    if second == "nobody":
        if now.closed > start:
            shared[first if first == "doing" else "unknown"] += minutes(start, now.closed)
    elif first == second:
        shared[first] += minutes(start, after.instant)
    elif now.updated >= start:
        shared[first] += minutes(start, now.updated)
        shared[second] += minutes(now.updated, after.instant)
    else:
        shared["unknown"] += minutes(start, after.instant)
    return shared


@SUPPORTED
def test_the_shared_clock_minute_by_minute(project: str, page) -> None:
    total: Counter[str] = Counter()
    for before, after in pairwise(cuts(project)):
        for row in after.rows:
            if row.ticket in numbers(support(project)):
                total += held(before, after, row.ticket, project)
    clock = page(project, "soporte/").one(".clock-table")
    assert {
        line.attributes["data-party"]: recount.minutes(line.one("td").text) for line in clock.all("tbody tr")
    } == total
    assert recount.minutes(clock.one("tfoot td").text) == total.total()


# Mejora continua


def test_each_month_of_the_hours(page) -> None:
    found: dict[str, Counter[bool]] = {}
    for row in recount.charged_rows(POLICY):
        month = day_in_words(recount.charge_day(row).replace(day=1)).split(maxsplit=2)[2]
        found.setdefault(month, Counter())[row.is_open] += row.spent
    rows = {name: [recount.minutes(cell) for cell in cells] for name, *cells in table(page(POLICY, "mejora-continua/"))}
    whole = rows.pop("Total")
    assert {month: cells for month, cells in rows.items() if any(cells)} == {
        month: [each[False], each[True], each.total()] for month, each in found.items()
    }
    assert whole[2] == sum(recount.charged(POLICY).values())


def test_the_hours_by_kind_and_those_outside_the_policy(page) -> None:
    section = page(POLICY, "mejora-continua/").one("section[aria-labelledby=uso]")
    rows = recount.charged_rows(POLICY)
    shares = {
        "Mejoras": sum(row.spent for row in rows if row.is_improvement),
        "Soporte": sum(row.spent for row in rows if not row.is_improvement),
    }
    assert {part.split(": ")[0]: recount.minutes(part) for part in section.all("p")[0].text.split(" · ")} == shares
    outside = sum(row.spent for row in last_cut(POLICY).rows) - sum(shares.values())
    said = re.search(r"Las otras ([\dh min]+) de sus tickets", section.text)
    assert (recount.minutes(said[1]) if said else 0) == outside


def test_the_pace_of_the_hours_and_the_days_to_the_renewal(page) -> None:
    shown, today = page(POLICY, "mejora-continua/"), last_cut(POLICY).day
    since, until = (date.fromisoformat(terms(POLICY)[name]) for name in ("poliza_desde", "poliza_hasta"))
    weeks = ((today - since).days + 1) // 7
    first = today - timedelta(days=7 * weeks - 1)
    within = sum(row.spent for row in recount.charged_rows(POLICY) if recount.charge_day(row) >= first)
    said = shown.one(".figure.se-agotan").text
    assert f"a las {weeks} de la póliza" in said
    assert recount.minutes(re.search(r"de la póliza, de (.+?) en promedio", said)[1]) == round(within / weeks)
    assert f"{(until - today).days} días desde el corte" in shown.one(".figure.renovacion").text


# Documentos, Preguntas, proyecto.json


@EACH
def test_what_is_asked_and_for_how_long_it_has_waited(project: str, page) -> None:
    shown, today, calendar = page(project, "documentos/"), last_cut(project).day, wall(project)
    asked = {name: calendar.days(day, today) for name, (_, day) in asked_since(project).items()}
    head = shown.all("section.on-client h2")
    assert [heading.text for heading in head] == ([f"Por enviar, firmar o corregir: {len(asked)}"] if asked else [])
    waits = {wait.all("a")[0].attributes["href"].lstrip("#"): working_days(wait.text) for wait in shown.all(".wait")}
    assert waits == asked
    rows = {row.attributes["id"]: row for row in shown.all(".request")}
    wanted = {f"s-{row['id']}": row for row in sheet("requests.csv") if row["proyecto"] == project}
    assert rows.keys() == wanted.keys()
    for name, row in wanted.items():
        reached = [time.attributes["datetime"] for time in rows[name].all(".milestones time")]
        assert reached == [row[step] for step in ("pedido", "recibido", "validado") if row[step]]
        assert working_days(rows[name].one(".details").text) == asked.get(name, 0)


@EACH
def test_for_how_long_a_document_is_good(project: str, page) -> None:
    today, shown = last_cut(project).day, page(project, "documentos/")
    for row in sheet("documents.csv"):
        if row["proyecto"] == project and row["tipo"] == "presupuesto" and row["estado"] != "aprobado":
            left = (date.fromisoformat(row["valido_hasta"]) - today).days
            assert shown.one(f"#d-{row['id']} .standing").text.startswith(f"vence en {left} días")


@EACH
def test_the_letter_has_what_was_finished_since_the_cut_before(project: str, page) -> None:
    letters = page(project, "documentos/").all(".draft tbody")
    if len(cuts(project)) == 1:
        assert not letters
        return
    done = changes(*cuts(project)[-2:])["finished"]
    assert {row.all("td")[0].text.lstrip("#") for row in letters[0].all("tr")} == done


@EACH
def test_the_questions_are_those_answered_and_marked_to_be_published(project: str, page) -> None:
    own = page(project, "preguntas/").one("section[aria-labelledby=propias]")
    answered = [row for row in last_cut(project).done if row.answer and row.public == "Sí"]
    assert len(own.all("details.question")) == len(answered)


@EACH
def test_the_downloads_say_the_same(project: str, site: Path) -> None:
    cut = last_cut(project)
    folder = site / "p" / project
    said = json.loads((folder / "proyecto.json").read_text(encoding="utf-8"))
    assert said["progress"] == {
        **dict.fromkeys(("todo", "doing", "waiting", "done", "cancelled"), 0),
        **Counter(row.state for row in cut.rows),
        "on_client": sum(row.on_client for row in cut.rows),
        "total": len(cut.counted),
        "percent": int(100 * len(cut.done) / len(cut.counted) + 0.5),
    }
    text = (folder / "tareas.csv").read_text(encoding="utf-8-sig")
    tasks = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [task["Ticket"].lstrip("#") for task in tasks] == [row.ticket for row in cut.rows]
    assert sum(task["Vencida"] == "sí" for task in tasks) == sum(
        row.date is not None and row.date.date() < cut.day for row in cut.open
    )
