"""What is kept for when there is no line."""

from __future__ import annotations

import re

from generator.website.offline import offline_script


def test_another_list_is_another_edition() -> None:
    editions = [
        re.match(rb'const EDITION = "([0-9a-f]{12})";\n', offline_script(b"", kept))[1]
        for kept in (["b", "a"], ["a", "b"], ["a", "c"])
    ]
    assert editions[0] == editions[1] != editions[2]


def test_the_code_comes_last() -> None:
    assert offline_script(b"go();", ['a"b']).endswith(b'const KEPT = ["a\\"b"];\ngo();')
