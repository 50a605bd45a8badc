from generator.problems import Ours, Problem, one_line, without_values


def test_one_line_has_place_message_and_cure() -> None:
    problem = Problem(
        file="a.csv", row=3, column="Estado", message="Hay {count} cosas.", hint="Quite {what}.",
        values={"count": 2, "what": "una"},
    )  # fmt: skip
    assert one_line(problem, str) == "a.csv, fila 3, columna «Estado»: Hay 2 cosas. Quite una."


def test_one_line_without_a_place_is_the_message() -> None:
    assert one_line(Problem(message="Algo."), str) == "Algo."


def test_braces_in_the_data_are_left_alone() -> None:
    assert Problem(message="«{value}» no.", values={"value": "{x}"}).text(str) == "«{x}» no."


def test_a_log_that_others_read_has_place_numbers_and_cure_and_no_text_of_the_data() -> None:
    problem = Problem(
        file="people.csv", row=3, column="telefono", message="{person} tiene {count}.", hint="Use {choices}.",
        values={"person": "Ana Ruiz", "count": 2, "choices": Ours("a, b")},
    )  # fmt: skip
    assert one_line(without_values(problem), str) == "people.csv, fila 3, columna «telefono»: … tiene 2. Use a, b."


def test_a_log_that_others_read_names_exports_and_no_document() -> None:
    names = [without_values(Problem(file=file, message="")).file for file in ("tickets/a/b.csv", "files/ana/b.csv", "")]
    assert names == ["tickets/a/b.csv", "files/…", ""]
