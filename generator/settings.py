"""The settings of a site: every option of the plugin, its default and a sentence, in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from .tickets.values import Order


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What mkdocs.yml says under the plugin `avance`, and what the command line said over it."""

    data_dir: Path
    """The executive's folder."""
    templates_dir: Path
    """The designer's folder, `site_templates/`."""
    company: str = "AdaptaPro"
    """The name of the company that publishes."""
    language: str = "es"
    """The language of projects that name none, and of the general pages: es, en or pt."""
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Caracas"))
    """The zone of the wall times in the exports, and of projects that name none."""
    date_order: Order = "dmy"
    """How to read dates such as 03/04/2026 when nothing in the export tells."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column title of an export → column of the ticket table; wins over every tracker."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    """Status word of an export → state (or `waiting_on_client`); wins over every tracker."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Word of an export for a kind of ticket → support, improvement or other; wins over the known ones."""
    contact_name: str = ""
    """Whom clients write to when a link does not open; on public pages, so nobody's private data."""
    contact_phone: str = ""
    contact_email: str = ""
    secret_file: Path = field(default_factory=lambda: Path.home() / ".config" / "avance" / "secret")
    """Where the secret of private projects is, outside the site's folder; AVANCE_SECRET in the environment wins."""
    ticket_portal: str = ""
    """Address of the *oficina virtual*, `{ticket}` standing for a number; empty: the page names it without a link."""
    largest_clip: int = 2_000
    """Kilobytes above which `avance check` asks for a smaller picture or video in content/."""
    product_version: str = ""
    """The version of the product that content/ describes, told by those who ask for an article."""
    booklets: bool = True
    """Whether each section of the documentation is offered as a PDF."""
    public: bool = False
    """Publish every project openly, for trying out."""
    cut: date | None = None
    """The report date, instead of the one that the exports tell."""
    zensical: Path | None = None
    """The program of Zensical that builds the documentation instead of MkDocs; None: MkDocs does."""
    publish: object = None
    """Where the site is published; read by `publishing.target`."""


HOSTED = ("GITHUB_ACTIONS", "GITLAB_CI", "FORGEJO_ACTIONS", "GITEA_ACTIONS")
"""The variables by which a hosted runner says that it is one."""


def is_hosted() -> bool:
    """Tell whether this runs where what it prints is kept for others to read."""
    return any(os.environ.get(name) for name in HOSTED)


def site_root() -> Path:
    """Return the folder of the site that ships with avance: its mkdocs.yml, content/ and site_templates/.

    In a checkout that is the project's root; an installed wheel carries a copy.
    """
    package = Path(__file__).parent
    shipped = package / "starter"
    return shipped if shipped.is_dir() else package.parent


def templates_with(folder: str, templates_dir: Path) -> Path:
    """Return the designer's templates when they have *folder*, else those that ship with avance."""
    return templates_dir if (templates_dir / folder).is_dir() else site_root() / "site_templates"
