"""The words of the interface: Spanish is the source, and each other language has a catalogue beside this file.

`LANG/avance.po` is read as it stands; there is nothing to compile. Dates and numbers follow CLDR (Babel).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

SOURCE = "es"
LANGUAGES = ("es", "en", "pt")


@dataclass(frozen=True)
class Words:
    """One language: its texts, dates and numbers."""

    language: str
    catalogue: NullTranslations

    def text(self, message: str) -> str:
        """Return *message*, a Spanish text of the source, in this language."""
        return self.catalogue.gettext(message) if message else ""

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form of a Spanish text that fits *count*, in this language."""
        return self.catalogue.ngettext(one, many, count)

    def day(self, when: date, *, year: bool = False) -> str:
        """Return a day as on a card: "mié 25 nov", with the year when *year*."""
        return format_date(when, "EEE d MMM y" if year else "EEE d MMM", locale=self.language).replace(".", "")

    def month(self, when: date, *, year: bool = False) -> str:
        """Return a month as on an axis: "nov", with the year when *year*."""
        return format_date(when, "MMM y" if year else "MMM", locale=self.language).replace(".", "")

    def full_day(self, when: date) -> str:
        """Return a day in full: "miércoles, 25 de noviembre de 2026"."""
        return format_date(when, "full", locale=self.language)

    def range(self, first: date, last: date) -> str:
        """Return the days from *first* to *last* as briefly as the language allows: "12–19 dic 2026"."""
        return format_interval(first, last, skeleton="yMMMd", locale=self.language).replace(".", "")

    def short_day(self, when: date) -> str:
        """Return a day of the year in figures: "12/11"; in English with the month's name: "Nov 12"."""
        return format_skeleton("MMMd" if self.language == "en" else "Md", when, locale=self.language)

    def city(self, zone: tzinfo) -> str:
        """Return the city that names a time zone: "Santiago de Chile"; of a zone without one its own name."""
        return get_timezone_location(zone, locale=self.language, return_city=True).rpartition("/")[2]

    def percent(self, hundredths: int) -> str:
        """Return a percentage: "63 %"."""
        return format_percent(hundredths / 100, locale=self.language)

    def number(self, value: float) -> str:
        """Return a number with as many decimals as it needs, two at most: "1.234,5"."""
        return str(format_decimal(value, format="#,##0.##", locale=self.language))

    def size(self, count: int) -> str:
        """Return the size of a file of *count* bytes: "12 KB", "1,4 MB"."""
        if count < 1_000_000:
            return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}KB"
        return f"{format_decimal(count / 1_000_000, '#,##0.0', locale=self.language)}\N{NO-BREAK SPACE}MB"

    def clock(self, when: datetime) -> str:
        """Return the time of day: "9:00"."""
        return format_time(when, "H:mm", locale=self.language)


@cache
def words(language: str) -> Words:
    """Return the words of *language*; an unknown one falls back to Spanish."""
    if language not in LANGUAGES:
        language = SOURCE
    Locale.parse(language)
    return Words(language, _catalogue(language))


def _catalogue(language: str) -> NullTranslations:
    path = Path(__file__).parent / language / "avance.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
