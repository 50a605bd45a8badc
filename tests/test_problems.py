from generator.problems import Problem, one_line


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
