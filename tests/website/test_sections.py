from __future__ import annotations

from generator.website.sections import Section, read_sections


def read(html: str) -> list[tuple[str, str, str]]:
    """Return the sections of *html* as plain values."""
    return [(section.anchor, section.heading, section.text) for section in read_sections(html)]


def test_each_heading_begins_a_section() -> None:
    html = '<h1 id="a">A</h1><p>uno</p><h2 id="b">B</h2><p>dos</p><h3 id="c">C</h3><p>tres</p>'
    assert read(html) == [("", "A", "uno"), ("b", "B", "dos"), ("c", "C", "tres")]


def test_text_before_the_first_heading_is_a_section_without_one() -> None:
    assert read('<p>antes</p><h2 id="b">B</h2>') == [("", "", "antes"), ("b", "B", "")]


def test_a_second_main_heading_keeps_its_anchor() -> None:
    assert read('<h1 id="a">A</h1><h1 id="b">B</h1>') == [("", "A", ""), ("b", "B", "")]


def test_blocks_part_words_and_letters_in_bold_do_not() -> None:
    assert read("<ul><li>uno</li><li>d<b>o</b>s</li></ul><table><td>3</td><td>4</td></table>x<br>y") == [
        ("", "", "uno dos 3 4 x y")
    ]


def test_the_link_to_a_heading_and_what_asks_to_be_left_out_are_not_read() -> None:
    heading = '<h2 id="b">B<a class="headerlink" href="#b">¶</a></h2>'
    assert read(f"{heading}<p data-search-exclude>no <b>no</b></p><style>no</style>sí") == [("b", "B", "sí")]


def test_the_alternative_text_of_a_picture_is_read() -> None:
    assert read('<p>Vea<img alt="el botón Anular" src="a.png">.</p>') == [("", "", "Vea el botón Anular .")]


def test_entities_are_letters() -> None:
    assert read("<p>P&eacute;rez &amp; Hijos</p>") == [("", "", "Pérez & Hijos")]


def test_elements_that_nobody_closes_are_read_on() -> None:
    assert read("<p>uno<p>dos</div><h2 id='b'>B") == [("", "", "uno dos"), ("b", "B", "")]


def test_a_page_without_text_has_no_sections() -> None:
    assert read_sections("") == ()
    assert read_sections("<p> </p>") == ()
    assert read_sections("<h2 id='x'>X</h2>") == (Section(anchor="x", heading="X", text=""),)
