"""Every tracker passes the same battery, in each of its languages: none can be added without it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.problems import AvanceError
from generator.settings import Settings
from generator.tickets.importing import import_table
from generator.tickets.reading import read_table
from generator.tickets.table import COLUMNS, State
from generator.tickets.trackers import HELPERS, WAITING_ON_CLIENT, Tracker, load_trackers, recognise

TRACKERS = load_trackers()
FORMS = [(tracker, language) for tracker in TRACKERS.each for language in tracker.titles]
SETTINGS = Settings(data_dir=Path(), templates_dir=Path())
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
DATES = {
    "ISO": lambda when: when.strftime("%Y-%m-%d %H:%M"),
    "day first": lambda when: when.strftime("%d/%m/%Y %H:%M"),
    "month first": lambda when: when.strftime("%m/%d/%Y %I:%M %p"),
    "dashes": lambda when: when.strftime("%d-%m-%Y %H:%M"),
    "month in words": lambda when: f"{when:%d}/{MONTHS[when.month - 1]}/{when:%y} {when:%I:%M %p}",
    "a. m.": lambda when: f"{when:%d/%m/%Y, %I:%M} {'a. m.' if when.hour < 12 else 'p. m.'}",
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
WORDS = (
    "Configuración",
    "del",
    "almacén",
    'de 12"',
    "año; mes",
    "¿Cuándo?",
    "factura, N.º 7",
    "None",
    "=SUMA(A1)",
    "<b>señal</b>",
)
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def exists(when: datetime) -> bool:
    """Return whether clocks ever showed *when*: those of Caracas went from 2:30 to 3:00 on 1 May 2016."""
    there = when.replace(tzinfo=SETTINGS.time_zone)
    return there.astimezone(UTC).astimezone(SETTINGS.time_zone).replace(tzinfo=None) == when


MOMENTS = (
    st.datetimes(datetime(2015, 1, 1), datetime(2027, 12, 31))
    .map(lambda when: when.replace(second=0, microsecond=0))
    .filter(exists)
)


@pytest.mark.parametrize(("tracker", "language"), FORMS, ids=lambda part: getattr(part, "id", part))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_tickets_written_in_the_form_of_a_tracker_are_read_back(
    tracker: Tracker, language: str, data: st.DataObject
) -> None:
    titles = header(tracker, language)
    marks = [sorted(group)[0] for group in tracker.recognise if not group & set(titles.values())]
    words = sorted(tracker.states) or ["done"]
    tickets = [
        (str(number), title, word, when)
        for number, (title, word, when) in enumerate(
            data.draw(st.lists(st.tuples(TITLES, st.sampled_from(words), MOMENTS), min_size=1, max_size=6)), start=1001
        )
    ]
    form = data.draw(st.sampled_from(sorted(DATES)))
    last = max(when for *_, when in tickets)
    tickets.append(("1000", "Shows the order of day and month", words[0], last.replace(day=28)))
    content = written(
        [cells(titles, ticket, DATES[form]) | dict.fromkeys(marks, "") for ticket in tickets],
        delimiter=data.draw(st.sampled_from(",;\t|")),
        encoding=data.draw(st.sampled_from(ENCODINGS)),
    )
    raw = read_table(content, name="x.csv", titles=TRACKERS.titles)
    imported = import_table(raw, settings=SETTINGS, trackers=TRACKERS)
    assert imported.tracker == tracker.id
    assert (imported.rows, imported.merged, imported.set_aside) == (len(tickets), 0, ())
    read = imported.tickets
    if "ticket" in titles:
        assert list(read["ticket"]) == [number for number, *_ in tickets]
    assert list(read["title"]) == [title for _, title, *_ in tickets]
    assert list(read["status"]) == [state_of(tracker, word) for _, _, word, _ in tickets] or "status" not in titles
    if "created" in titles:
        zone = UTC if "utc" in titles["created"] else SETTINGS.time_zone
        assert [when.to_pydatetime() for when in read["created"]] == [
            when.replace(tzinfo=zone).astimezone(UTC) for *_, when in tickets
        ]


def header(tracker: Tracker, language: str) -> dict[str, str]:
    """Return the most trusted title of each field in one language."""
    ranked = sorted(tracker.titles[language].items(), key=lambda item: -item[1][1])
    return {field: title for title, (field, _) in ranked}


def cells(titles: dict[str, str], ticket: tuple, form) -> dict[str, str]:
    number, title, word, when = ticket
    values = {"ticket": number, "title": title, "status": word, "created": form(when), "project": "ACME"}
    return {column: values.get(field, "") for field, column in titles.items()}


def written(rows: list[dict[str, str]], *, delimiter: str, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    try:
        return text.getvalue().encode(encoding)
    except UnicodeEncodeError:  # a Polish or Russian word has no place in a Western code page
        return text.getvalue().encode()


def state_of(tracker: Tracker, word: str) -> str:
    state = tracker.states.get(word) or TRACKERS.common.states[word]
    return State.WAITING if state == WAITING_ON_CLIENT else state


@pytest.mark.parametrize("tracker", TRACKERS.each, ids=lambda tracker: tracker.id)
def test_a_tracker_names_only_fields_and_states_that_exist(tracker: Tracker) -> None:
    fields = {field for titles in tracker.titles.values() for field, _ in titles.values()}
    assert fields <= {*COLUMNS, *HELPERS}
    assert set(tracker.states.values()) <= {*State, WAITING_ON_CLIENT}


def test_a_file_in_the_sites_folder_adds_a_tracker(tmp_path: Path) -> None:
    (tmp_path / "casero.toml").write_text(
        'name = "Casero"\nrecognise = [["Boleta"]]\n[columns.es]\nticket = ["Boleta"]\ntitle = ["Labor"]\n',
        encoding="utf-8",
    )
    match = recognise(["Boleta", "Labor"], load_trackers(tmp_path))
    assert match is not None
    assert match.tracker.id == "casero"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "casero.toml"),
        ('name = "x"\ncolour = 1', "colour"),
        ('name = "x"\n[columns.es]\ntitel = ["x"]', "titel"),
    ],
)
def test_a_wrong_tracker_file_says_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "casero.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AvanceError, match=told):
        load_trackers(tmp_path)


def test_settings_win_over_every_tracker(read_export) -> None:
    imported = read_export(
        "Issue key,Summary,Status,Cita\nA-1,One,Flurbing,2026-11-25 09:00\n",
        columns={"Cita": "due"},
        statuses={"flurbing": "doing"},
    )
    assert imported.tickets["status"][0] == State.DOING
    assert imported.tickets["due"][0] - datetime(2026, 11, 25, 13, tzinfo=UTC) == timedelta(0)
