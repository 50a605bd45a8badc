"""Whether the executive's data can be read where it is kept: sealing pages is theatre beside an open repository."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ..problems import N_, Problem, Severity

_PUBLIC = N_("Este repositorio es público y hay proyectos privados: cualquiera puede leer sus tickets en data/.")
_UNSEEN = N_("Desde aquí no se ve si el repositorio es privado; hay proyectos privados y data/ debe estarlo.")
_INSIDE = N_("La carpeta de datos está dentro de la documentación: MkDocs publicaría los tickets tal como están.")


def is_public(environ: Mapping[str, str]) -> bool | None:
    """Tell whether the repository of a CI run is public; None where the environment does not say.

    GitHub, Forgejo and Gitea describe it in the file that GITHUB_EVENT_PATH names; GitLab in CI_PROJECT_VISIBILITY,
    whose "internal" is every user of the server.
    """
    if environ.get("CI_PROJECT_VISIBILITY"):
        return environ["CI_PROJECT_VISIBILITY"] != "private"
    try:
        event = json.loads(Path(environ.get("GITHUB_EVENT_PATH", "")).read_text(encoding="utf-8"))
        return not event["repository"]["private"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def exposure_problems(data_dir: Path, docs_dir: Path, environ: Mapping[str, str], *, private: bool) -> list[Problem]:
    """Return what can be seen of how exposed data/ is; *private* tells whether there are private projects."""
    if data_dir.resolve().is_relative_to(docs_dir.resolve()):
        return [
            Problem(
                severity=Severity.ERROR,
                message=_INSIDE,
                hint=N_("Sáquela de ahí y escriba su lugar en data_dir, en mkdocs.yml."),
            )
        ]
    public = is_public(environ) if private else False
    if public:
        return [
            Problem(
                severity=Severity.ERROR,
                message=_PUBLIC,
                hint=N_("Haga privado el repositorio; la guía dice qué servidores publican desde uno privado."),
            )
        ]
    if public is None:
        return [
            Problem(
                severity=Severity.NOTICE,
                message=_UNSEEN,
                hint=N_("Compruébelo en los ajustes del repositorio; en cada publicación se vuelve a mirar."),
            )
        ]
    return []
