"""What the tests of the catalogues share."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def texts() -> set[str | tuple[str, ...]]:
    """The texts that `make words` finds: by the keywords of the Makefile and the mappings of pyproject.toml."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    keywords = re.findall(r" -k (\S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    found = extract_from_dir(
        ROOT,
        method_map=[(mapping["pattern"], mapping["method"]) for mapping in mappings],
        keywords=DEFAULT_KEYWORDS | parse_keywords(keywords),
    )
    return {message for _, _, message, _, _ in found}
