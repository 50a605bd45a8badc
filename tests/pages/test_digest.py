"""What is told of a new cut: each thing once, and nothing that was told before."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.locale import words
from generator.metrics.likeness import Article
from generator.pages.digest import Digest, Topic, earlier_cut, make_digest
from generator.projects.model import Sent

ES = words("es")
ZONE = ZoneInfo("America/Caracas")
FORMER, CUT = date(2026, 11, 16), date(2026, 11, 23)
ARTICLE = Article(title="Recibir por partes", address="manual/partes/", day=date(2026, 11, 20))


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=ZONE)


def told(digest: Digest, topic: Topic) -> list[tuple[str, str]]:
    return [(each.number, each.note) for each in digest.topics.get(topic, ())]


def test_what_was_finished_since_the_cut_before_is_told(make_project) -> None:
    project = make_project(
        {"status": "done"}, {"status": "done"}, {"status": "doing"}, before=[{"status": "done"}, {}, {}]
    )
    digest = make_digest(project, {}, ES)
    assert told(digest, Topic.FINISHED) == [("#2", "")]
    assert (digest.cut, digest.since) == ("corte N.º 2, lun 23 nov 2026", "corte N.º 1, lun 16 nov 2026")
    assert digest.counts == "2 de 3 tareas culminadas (67\N{NO-BREAK SPACE}%)"


def test_what_waits_for_the_client_is_told_in_every_digest(make_project) -> None:
    waiting = {"status": "waiting", "waiting_on": "client", "updated": at(16)}
    digest = make_digest(make_project(waiting, before=[waiting]), {}, ES)
    assert told(digest, Topic.WAITING) == [("#1", "espera 5 días hábiles")]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ({}, {"agreed": at(25)}, "mié 25 nov, 9:00"),
        ({"agreed": at(24)}, {"agreed": at(25)}, "mié 25 nov, 9:00, antes mar 24 nov, 9:00"),
        ({"due": at(24)}, {"due": at(25)}, "vence el mié 25 nov, 9:00, antes mar 24 nov, 9:00"),
        ({"due": at(24)}, {"agreed": at(24)}, "mar 24 nov, 9:00"),
    ],
)
def test_a_date_that_was_agreed_or_moved_is_told(make_project, was, now, expected: str) -> None:
    assert told(make_digest(make_project(now, before=[was]), {}, ES), Topic.DATES) == [("#1", expected)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"agreed": at(25)}, {"agreed": at(25)}),
        ({}, {"due": at(25)}),
        ({}, {"agreed": at(20)}),
        ({}, {"agreed": at(25), "status": "done"}),
        ({}, {"agreed": at(25), "labels": "por confirmar"}),
    ],
)
def test_a_date_that_stands_passed_or_is_only_proposed_is_not(make_project, was, now) -> None:
    assert Topic.DATES not in make_digest(make_project(now, before=[was]), {}, ES).topics


@pytest.mark.parametrize(
    ("day", "sent", "is_told"),
    [
        (date(2026, 11, 20), None, True),
        (FORMER, None, False),
        (None, None, False),
        (FORMER, Sent(project="acme", day=FORMER), True),
        (date(2026, 11, 20), Sent(project="acme", day=FORMER, tickets=frozenset({"1"})), False),
    ],
)
def test_an_article_is_told_once(make_project, day: date | None, sent: Sent | None, is_told: bool) -> None:
    article = Article(title="Uno", address="uno/", day=day)
    digest = make_digest(make_project({}, before=[{}]), {"1": article}, ES, sent=sent)
    assert (Topic.ARTICLES in digest.topics) is is_told
    assert digest.articles == ("1",)


def test_after_it_was_sent_only_an_article_is_news(make_project) -> None:
    project, sent = make_project({"status": "done"}, before=[{}]), Sent(project="acme", day=CUT)
    assert not make_digest(project, {}, ES, sent=sent).is_news
    digest = make_digest(project, {"1": ARTICLE}, ES, sent=sent)
    assert digest.is_news
    assert (digest.since, list(digest.topics)) == ("", [Topic.ARTICLES])


def test_the_first_cut_tells_how_things_stand(make_project) -> None:
    project = make_project({"status": "done"}, {"agreed": at(25)})
    digest = make_digest(project, {"1": ARTICLE}, ES)
    assert digest.is_news
    assert list(digest.topics) == [Topic.DATES, Topic.ARTICLES]


@pytest.mark.parametrize(
    ("day", "number"), [(None, 1), (date(2026, 11, 1), 1), (FORMER, 1), (date(2026, 11, 20), 1), (CUT, 2)]
)
def test_a_digest_starts_at_the_newest_cut_by_that_day(make_project, day: date | None, number: int) -> None:
    cut = earlier_cut(make_project({}, before=[{}]), day)
    assert cut is not None
    assert cut.number == number


def test_the_only_cut_has_none_before_it(make_project) -> None:
    assert earlier_cut(make_project({}), None) is None
    assert earlier_cut(make_project({}), date(2026, 11, 1)) is None
