"""Pedir este contenido: the message by which a reader who found nothing asks for an article.

The links are written without knowing what will be looked for, so that they work without scripts; a script puts the
words and the page into them (`assets/request.js`), by the attributes of `overrides/partials/request.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..outputs.html import at_ticket
from ..outputs.messages import mail_address, whatsapp_address
from ..problems import N_

if TYPE_CHECKING:
    from ..locale import Words
    from ..settings import Settings

TEXT = "{text}"
"""Where in `WayToAsk.template` the message goes, percent-encoded."""
_ASKING = N_("Hola. Busqué «{asked}» en la documentación y no lo encontré. ¿Pueden publicarlo? Página: {page}")
_BLANK = N_("Hola. No encontré en la documentación lo que buscaba. ¿Pueden publicarlo? Busqué: ")
_SUBJECT = N_("Pedir un contenido de la documentación")


@dataclass(frozen=True, kw_only=True)
class WayToAsk:
    """A link that asks: `address` as it stands, `template` with `TEXT` for the message; the same if it takes none."""

    means: str
    address: str
    template: str


@dataclass(frozen=True, kw_only=True)
class ContentRequest:
    """What stands where nothing was found; in `message`, {asked} and {page} are to be filled in."""

    title: str
    invitation: str
    message: str
    ways: tuple[WayToAsk, ...]


def content_request(settings: Settings, words: Words) -> ContentRequest | None:
    """Return how to ask the company for content, or None where *settings* name nobody to ask."""
    message, blank = words.text(_ASKING), words.text(_BLANK)
    if settings.product_version:
        version = words.text("versión {version}").format(version=_literal(settings.product_version))
        message = f"{message} · {version}"
    ways = tuple(_ways(settings, words, blank))
    if not ways:
        return None
    return ContentRequest(
        title=words.text("Pedir este contenido"),
        invitation=words.text(
            "Si no está en la documentación, pídalo: se abre un ticket, se publica y le avisamos cuando esté."
        ),
        message=message,
        ways=ways,
    )


def request_message(request: ContentRequest, *, asked: str, page: str) -> str:
    """Return the message of a reader who looked for *asked* and was on *page* (its address).

    The script does the same; here it is for who makes a message elsewhere, and for tests.
    """
    before, _, rest = request.message.partition("{asked}")
    between, _, after = rest.partition("{page}")
    return f"{before}{asked}{between}{page}{after}"


def request_address(way: WayToAsk, message: str) -> str:
    """Return the address of *way* with *message* in it."""
    return way.template.replace(TEXT, quote(message, safe=""))


def _ways(settings: Settings, words: Words, blank: str) -> list[WayToAsk]:
    ways = []
    if settings.contact_phone:
        ways.append(_way("WhatsApp", whatsapp_address(settings.contact_phone, blank), blank))
    if settings.contact_email:
        address = mail_address(settings.contact_email, words.text(_SUBJECT), blank)
        ways.append(_way(words.text("correo"), address, blank))
    if settings.ticket_portal:
        address = at_ticket(settings.ticket_portal)
        ways.append(WayToAsk(means=words.text("oficina virtual"), address=address, template=address))
    return ways


def _way(means: str, address: str, blank: str) -> WayToAsk:
    return WayToAsk(means=means, address=address, template=address.removesuffix(quote(blank, safe="")) + TEXT)


def _literal(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")
