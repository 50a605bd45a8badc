"""The stylesheets and the scripts that avance adds to the site, named by their content so that hosts can cache them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

_FOLDER = "assets/avance"


@dataclass(frozen=True)
class Asset:
    """A file of the site: its address from the home, and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Assets:
    """Files by the pages they are on.

    `theme` is on every page, `portal` and `script` on portal pages, `opener` on those of private portals, `workshops`
    on those about workshops,
    `article` on every page of the documentation.
    """

    theme: Asset
    portal: Asset
    script: Asset
    opener: Asset
    workshops: Asset
    article: Asset

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter((self.theme, self.portal, self.script, self.opener, self.workshops, self.article))


def load_assets(templates_dir: Path) -> Assets:
    """Return the assets of a site's templates; the portal's stylesheet is its components' put together."""
    folder = templates_dir / "assets"
    components = sorted((templates_dir / "portal" / "components").glob("*.css"))
    return Assets(
        theme=_asset("theme", "css", [folder / "theme.css", folder / "search.css"]),
        portal=_asset("portal", "css", [folder / "portal.css", *components, folder / "print.css"]),
        script=_asset("portal", "js", [folder / "portal.js"]),
        opener=_asset("open", "js", [folder / f"{name}.js" for name in ("inflate", "unseal", "open")]),
        workshops=_asset("workshops", "js", [folder / "workshops.js"]),
        article=_asset("article", "js", [folder / "request.js", folder / "clips.js"]),
    )


def _asset(name: str, suffix: str, files: list[Path]) -> Asset:
    content = b"\n".join(file.read_bytes() for file in files)
    digest = hashlib.sha256(content).hexdigest()[:8]
    return Asset(f"{_FOLDER}/{name}.{digest}.{suffix}", content)
