"""The page of a withdrawn project."""

from __future__ import annotations

import pytest

from generator.publishing.withdrawn import withdrawn_page


def test_it_leads_home_and_to_its_styles_from_any_depth() -> None:
    page = withdrawn_page("p/x/agenda/index.html", ["assets/avance/a.css"], language="es").decode()
    assert 'href="../../../assets/avance/a.css"' in page
    assert '<a href="../../../">Ir a la página de inicio</a>' in page


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_it_names_no_address_and_runs_nothing(language: str) -> None:
    page = withdrawn_page("p/andina/index.html", [], language=language).decode()
    assert "andina" not in page
    assert f'lang="{language}"' in page
    assert 'content="noindex' in page
    assert not any(forbidden in page for forbidden in ("<script", "<style", "style="))
