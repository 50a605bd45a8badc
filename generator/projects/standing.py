"""Whether a document still counts on the day of the cut, and what is asked of the client about it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from ..text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from .model import Document


class DocumentKind(StrEnum):
    """The kinds of documents.csv."""

    QUOTATION = "presupuesto"
    TEMPLATE = "plantilla"
    MINUTES = "minuta"
    CONTRACT = "contrato"
    DEED = "acta"
    LETTER = "carta"
    OTHER = "otro"


class Stage(StrEnum):
    """How far the words of `estado` say that a document is."""

    TO_SIGN = "to-sign"
    TO_APPROVE = "to-approve"
    AGREED = "agreed"
    DROPPED = "dropped"
    OPEN = "open"


_KINDS = {
    "budget": DocumentKind.QUOTATION,
    "quotation": DocumentKind.QUOTATION,
    "cotizacion": DocumentKind.QUOTATION,
    "template": DocumentKind.TEMPLATE,
    "minutes": DocumentKind.MINUTES,
    "contract": DocumentKind.CONTRACT,
    "letter": DocumentKind.LETTER,
    **{kind.value: kind for kind in DocumentKind},
}
_STAGES = (
    (Stage.TO_SIGN, r"(pendiente|falta|espera)\w*\b.*\bfirma|por firmar|to (be )?sign|pending signature"),
    (Stage.TO_APPROVE, r"(pendiente|falta|espera)\w*\b.*\baprob|por aprobar|to (be )?approve|pending approval"),
    (Stage.DROPPED, r"rechazad|anulad|descartad|sustituid|retirad|cancelad|rejected|cancelled|withdrawn|replaced"),
    (Stage.AGREED, r"\b(firmad|aprobad|aceptad|signed|approved|accepted)"),
)
_VERSION_MARK = re.compile(r"[\s_.,(-]*\b(?:v|ver|version)[\s_.-]*\d[\d.]*\)?$")


def kind_of(document: Document) -> DocumentKind:
    """Return the kind that documents.csv gives to *document*; a word that is none is another kind."""
    return _KINDS.get(fold(document.kind), DocumentKind.OTHER)


def stage_of(document: Document) -> Stage:
    """Return how far *document* is by the words of its state."""
    state = fold(document.state)
    return next((stage for stage, pattern in _STAGES if re.search(pattern, state)), Stage.OPEN)


def has_expired(document: Document, day: date | None) -> bool:
    """Tell whether *document* was good for a time only, and that time has passed on *day*."""
    return bool(document.valid_until and day and day > document.valid_until)


def replaced_by(documents: Iterable[Document]) -> dict[int, Document]:
    """Return, by the position of each document that a later version replaces, the last of its versions.

    Versions of one document are of one kind, and have one title or one id but for a mark such as "v2".
    """
    every = list(documents)
    found = {}
    for position, document in enumerate(every):
        family = [other for other in every if _is_same(document, other)]
        newest = max(family, key=version_key)
        if version_key(newest) > version_key(document):
            found[position] = newest
    return found


def version_key(document: Document) -> tuple[int, ...]:
    """Return what sorts versions: 1.10 comes after 1.9, and one without a number is the first."""
    return tuple(int(number) for number in re.findall(r"\d+", document.version)) or (1,)


def _is_same(one: Document, other: Document) -> bool:
    if kind_of(one) is not kind_of(other):
        return False
    return _stem(one.title) == _stem(other.title) or _stem(one.id) == _stem(other.id)


def _stem(text: str) -> str:
    return _VERSION_MARK.sub("", fold(text))
