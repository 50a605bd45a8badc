"""What can go wrong with a host, each as a sentence and its cure. No secret is ever part of one."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable

from ..problems import N_, AvanceError, Problem, Severity, one_line

_CREDENTIALS = re.compile(r"//[^/@\s]+@")
_DISK = {
    errno.ENOSPC: (N_("No queda espacio en {place}."), N_("Libere espacio o guarde menos publicaciones (keep).")),
    errno.EDQUOT: (
        N_("Se agotó la cuota de espacio en {place}."),
        N_("Libere espacio o guarde menos publicaciones (keep)."),
    ),
    errno.EROFS: (N_("{place} es de solo lectura."), N_("Pida que monten ese disco con permiso de escritura.")),
    errno.EACCES: (
        N_("No hay permiso para escribir en {place}."),
        N_("Dé permiso de escritura en esa carpeta a quien publica."),
    ),
}
_REMOTE = (
    (
        r"\b401\b|\b530 |authentication failed|unable to authenticate|permission denied \(|could not read username"
        r"|invalid username|login (or password )?incorrect|login authentication|invalidaccesskeyid"
        r"|signaturedoesnotmatch|incorrect password|terminal prompts disabled|failed to authenticate",
        N_("El servidor rechazó el usuario o la contraseña («{said}»)."),
        N_("Compruebe las variables de entorno con la contraseña o la clave; nunca las escriba en mkdocs.yml."),
    ),
    (
        r"requesttimetooskewed|certificate has expired or is not yet valid|certificate is not yet valid|clock skew",
        N_("El servidor rechazó la hora de esta computadora, o su certificado no vale en esta fecha («{said}»)."),
        N_("Ponga en hora el reloj de esta computadora y publique de nuevo."),
    ),
    (
        r"no space left|quota|insufficient storage|\b507\b|\b552\b|not enough space",
        N_("No queda espacio en el servidor («{said}»)."),
        N_("Libere espacio o guarde menos publicaciones (keep)."),
    ),
    (
        r"read-only file system",
        N_("El disco del servidor es de solo lectura («{said}»)."),
        N_("Pida que lo monten con permiso de escritura."),
    ),
    (
        r"protected branch|pre-receive hook declined|\(hook declined\)|gh006|not allowed to (force )?push",
        N_("El servidor no permite escribir en esa rama («{said}»)."),
        N_("Quite la protección de la rama en que se publica o elija otra (branch)."),
    ),
    (
        r"\b403\b|access denied|accessdenied|permission denied|\b550\b.*(denied|permi)|not authorized|forbidden",
        N_("El servidor no permite escribir allí («{said}»)."),
        N_("Dé permiso de escritura en esa carpeta o rama a quien publica."),
    ),
    (
        r"repository not found|does not appear to be a git repository|nosuchbucket|no such bucket|\b404 not found"
        r"|can't make bucket",
        N_("El servidor no tiene lo que dice el destino («{said}»)."),
        N_("Compruebe la dirección y el nombre en mkdocs.yml."),
    ),
    (
        r"could not resolve|no such host|name or service not known|temporary failure in name resolution",
        N_("No se encontró el servidor («{said}»)."),
        N_("Compruebe la dirección del destino en mkdocs.yml y la conexión a Internet."),
    ),
    (
        r"host key|knownhosts",
        N_("El servidor no es el que se conocía: su clave es otra, o nadie la ha aceptado («{said}»)."),
        N_("Compruebe la clave con quien administra el servidor y acéptela una vez con ssh."),
    ),
    (
        r"connection (refused|reset|closed|lost)|broken pipe|timed? ?out|deadline exceeded|unexpected eof|\beof\b"
        r"|network is unreachable|no route to host|early eof|hung up|unexpected disconnect|couldn't connect",
        N_("Se cortó la conexión con el servidor, o no contesta («{said}»)."),
        N_("Publique de nuevo cuando haya conexión: se sigue desde donde quedó y el sitio anterior está completo."),
    ),
)


class PublishError(AvanceError):
    """A publication that did not take place; carries its problem. The site that was served is as it was."""

    def __init__(self, message: str, hint: str = "", **values: object) -> None:
        self.problem = Problem(message=message, hint=hint, severity=Severity.ERROR, values=values)
        super().__init__(one_line(self.problem, str))


class Outdated(PublishError):
    """Somebody else published meanwhile: what is live is no longer what the publication was planned from."""


def disk_failure(error: OSError, place: object) -> PublishError:
    """Return what an error of the disk at *place* means for who publishes."""
    message, hint = _DISK.get(error.errno or 0, (N_("No se pudo escribir en {place}: {reason}."), ""))
    return PublishError(message, hint, place=place, reason=error.strerror or str(error))


def remote_failure(said: str, *, secrets: Iterable[str] = ()) -> PublishError:
    """Return what a program that talks to a host meant by what it *said*, without any of the *secrets*."""
    told = without_secrets(said.strip(), secrets)
    for pattern, message, hint in _REMOTE:
        if re.search(pattern, told, re.IGNORECASE):
            return PublishError(message, hint, said=_last(told, pattern))
    return PublishError(N_("No se pudo publicar («{said}»)."), said=_last(told))


def without_secrets(text: str, secrets: Iterable[str] = ()) -> str:
    """Return *text* with every secret, and every user and password of an address, as stars."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return _CREDENTIALS.sub("//***@", text)


def _last(said: str, pattern: str = r"\w") -> str:
    """Return the last line that says something, shortened; of those in which *pattern* is found, if any: the reason."""
    lines = [line.strip() for line in said.splitlines() if re.search(r"\w", line)]
    telling = [line for line in lines if re.search(pattern, line, re.IGNORECASE)] or lines
    return telling[-1][:300].rstrip(".") if telling else "—"
