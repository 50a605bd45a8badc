from __future__ import annotations

from generator.tickets.kinds import Kind, read_kinds


def test_words_of_trackers_mean_support_or_improvement() -> None:
    assert read_kinds(["Incidencia", "Bug", "Story", "Solicitud de cambio"], {}) == {
        "Incidencia": Kind.SUPPORT,
        "Bug": Kind.SUPPORT,
        "Story": Kind.IMPROVEMENT,
        "Solicitud de cambio": Kind.IMPROVEMENT,
    }


def test_other_words_are_left_out() -> None:
    assert read_kinds(["Tarea", ""], {}) == {}


def test_the_setting_wins() -> None:
    assert read_kinds(["incidencia", "Ajuste"], {"Incidencia": "other", "Ajuste": "improvement"}) == {
        "incidencia": Kind.OTHER,
        "Ajuste": Kind.IMPROVEMENT,
    }
