"""Digest → the text of a message, for WhatsApp or for mail, and the address that opens it ready to be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ..problems import N_

if TYPE_CHECKING:
    from ..locale import Words
    from ..pages.digest import Digest, Told

_CHAT_SHOWN = 5
"""Things of a kind that a chat names; the page has them all."""
_MAIL_SHOWN = 20
_NEW_CUT = N_("Ya está publicado el {cut}, del proyecto {project}.")
_SAME_CUT = N_("Hay novedades del proyecto {project}.")


def whatsapp_text(digest: Digest, words: Words, *, name: str, address: str, site: str) -> str:
    """Return *digest* as a chat for *name* (empty: nobody in particular), whose page is at *address*.

    *site* is the address of the site's home, with its last slash. Headings are bold as WhatsApp writes it.
    """
    return _text(digest, words, name=name, address=address, site=site, shown=_CHAT_SHOWN, mark="*")


def mail_text(digest: Digest, words: Words, *, name: str, address: str, site: str) -> str:
    """Return *digest* as the plain text of a mail; the arguments are those of `whatsapp_text`."""
    return _text(digest, words, name=name, address=address, site=site, shown=_MAIL_SHOWN, mark="")


def whatsapp_address(phone: str, text: str) -> str:
    """Return what opens WhatsApp with *text*: in the chat with *phone*, or, without one, after choosing a chat."""
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    return f"https://wa.me/{digits}?text={quote(text, safe='')}"


def mail_address(email: str, subject: str, text: str) -> str:
    """Return what opens a mail to *email*; its lines end as RFC 6068, 5 asks."""
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}&body={body}"


def _text(digest: Digest, words: Words, *, name: str, address: str, site: str, shown: int, mark: str) -> str:
    blocks = [_opening(digest, words, name)]
    for topic, told in digest.topics.items():
        lines = [f"{mark}{words.text(topic.label)} ({len(told)}){mark}", *(_line(each, site) for each in told[:shown])]
        if len(told) > shown:
            lines.append(words.text("… y {count} más.").format(count=len(told) - shown))
        blocks.append("\n".join(lines))
    blocks.append(words.text("El detalle está en su página: {address}").format(address=address))
    return "\n\n".join(blocks)


def _opening(digest: Digest, words: Words, name: str) -> str:
    greeting = words.text("Hola, {name}.").format(name=_plain(name)) if name else words.text("Hola.")
    news = words.text(_NEW_CUT if digest.is_new_cut else _SAME_CUT).format(cut=digest.cut, project=_plain(digest.name))
    counts = f"{digest.counts}." if digest.counts else ""
    since = words.text("Cambios desde el {cut}:").format(cut=digest.since) if digest.since else ""
    return " ".join(part for part in (greeting, news, counts, since) if part)


def _line(told: Told, site: str) -> str:
    text = f"• {_plain(f'{told.number} {told.title}')}"
    if told.note:
        text += f" ({_plain(told.note)})"
    return f"{text}: {site}{told.address}" if told.address else text


def _plain(text: str) -> str:
    """Return *text* on one line, without the signs that would turn or hide the rest of a message."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
