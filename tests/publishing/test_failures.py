"""What hosts say, in words that help; and never a secret."""

from __future__ import annotations

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.publishing.failures import disk_failure, remote_failure, without_secrets

SAID = {
    "fatal: Authentication failed for 'https://git.example/a.git/'": "rechazó el usuario o la contraseña",
    "NewFs: couldn't connect SSH: ssh: unable to authenticate, attempted methods [password]": "rechazó el usuario",
    "fatal: could not read Username for 'https://git.example': terminal prompts disabled": "rechazó el usuario",
    "NewFs: ftp: 530 Login incorrect": "rechazó el usuario",
    "git@git.example: Permission denied (publickey).": "rechazó el usuario",
    "RequestTimeTooSkewed: The difference between the request time and the server's time is too large": "la hora",
    "x509: certificate has expired or is not yet valid: current time 2031-01-01": "la hora",
    "write: no space left on device": "No queda espacio",
    "remote: error: GH006: Protected branch update failed": "no permite escribir en esa rama",
    "fatal: unable to access 'https://git.example/': Could not resolve host: git.example": "No se encontró el servidor",
    "dial tcp 127.0.0.1:22: connect: connection refused": "Se cortó la conexión",
    "fatal: the remote end hung up unexpectedly": "Se cortó la conexión",
    "NoSuchBucket: The specified bucket does not exist": "no tiene lo que dice el destino",
    "ssh: handshake failed: knownhosts: key mismatch": "no es el que se conocía",
    "last error was: can't make bucket without project number": "no tiene lo que dice el destino",
    "HEAD http://a/b\n----\nRESPONSE 403: 403 Server failed to authenticate the request.\n----\nRetrying": (
        "rechazó el usuario o la contraseña («RESPONSE 403: 403 Server failed to authenticate the request»)"
    ),
    "AccessDenied: Access Denied": "no permite escribir allí",
    "something else": "No se pudo publicar («something else»)",
}


@pytest.mark.parametrize("said", SAID)
def test_what_a_host_says_becomes_a_sentence(said: str) -> None:
    assert SAID[said] in str(remote_failure(said))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.ENOSPC, "No queda espacio en /srv."),
        (errno.EROFS, "/srv es de solo lectura."),
        (errno.EACCES, "No hay permiso para escribir en /srv."),
        (errno.EIO, "No se pudo escribir en /srv: roto."),
    ],
)
def test_what_a_disk_says_becomes_a_sentence(code: int, told: str) -> None:
    assert str(disk_failure(OSError(code, "roto"), "/srv")).startswith(told)


@given(st.text(min_size=4), st.text(), st.text())
def test_no_secret_is_ever_told(secret: str, before: str, after: str) -> None:
    assert secret not in without_secrets(f"{before}{secret}{after}", [secret]).replace("***", "")


def test_neither_is_the_password_of_an_address() -> None:
    said = "fatal: unable to access 'https://ana:gl-t0k3n@git.example/a.git/': The requested URL returned error: 403"
    assert "t0k3n" not in str(remote_failure(said))
