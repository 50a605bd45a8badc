"""Views → HTML bodies."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from generator.locale import words
from generator.outputs.html import render

ES = words("es")
ROOT = Path(__file__).parent.parent.parent
HOSTILE = """</bdi></title><script>alert(1)</script>"' onload=alert(1) x="{{ 7*7 }}{% raw %}"""


@pytest.fixture
def show(tmp_path: Path):
    """A function: the text of a template, and the fields of a view → the HTML."""
    (tmp_path / "portal").mkdir()

    def show_(template: str, *, language: str = "es", **view: object) -> str:
        (tmp_path / "portal" / "x.html").write_text(template, encoding="utf-8")
        return render(tmp_path, "x", SimpleNamespace(**view), words(language))

    return show_


def test_texts_are_escaped(show) -> None:
    assert show("<p>{{ page.title }}</p>", title="<b>&") == "<p>&lt;b&gt;&amp;</p>"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_no_text_leaves_its_attribute(show, elements, quote: str) -> None:
    html = show(f"<a title={quote}{{{{ page.title }}}}{quote}>x</a>", title=HOSTILE)
    assert elements(html) == [("a", {"title": HOSTILE})]


def test_texts_are_no_templates(show) -> None:
    assert show("{{ page.title }}", title="{{ 7*7 }}") == "{{ 7*7 }}"


def test_a_name_that_the_view_lacks_is_an_error(show) -> None:
    with pytest.raises(UndefinedError, match="titel"):
        show("{{ page.titel }}", title="x")


def test_templates_have_words_numbers_and_rich_text(show) -> None:
    assert show('{{ _("Hola %(who)s", who=page.who) }}', who="<Ana>") == "Hola &lt;Ana&gt;"
    assert show('{{ ngettext("%(num)s día", "%(num)s días", page.n) }}', n=2) == "2 días"
    assert show("{{ page.answer | rich_text }}", answer="**a**<script>") == "<p><strong>a</strong></p>"


def test_a_template_knows_its_language(show) -> None:
    assert show("{{ language }}", language="pt") == "pt"


def test_a_template_that_a_designer_changes_is_read_again(show) -> None:
    assert show("uno") == "uno"
    assert show("otra cosa") == "otra cosa"


@pytest.mark.parametrize("template", sorted(path.name for path in (ROOT / "site_templates" / "portal").glob("*.html")))
def test_every_template_says_what_it_gets(template: str) -> None:
    text = (ROOT / "site_templates" / "portal" / template).read_text(encoding="utf-8")
    assert text.startswith("{#-")
    assert "Context:" in text.split("#}", 1)[0]
