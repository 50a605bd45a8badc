"""The command `avance`: one function a verb; options, one call, message, exit status.

Exit status: 0 done, 1 the data or the site has errors, 2 the command was called wrongly. Results go to stdout, progress
and problems to stderr.

verbs      the command itself, and how it explains itself
options    what several verbs can be told, and the site that they name
telling    messages, problems and progress
results    what was read and built, as text and as JSON
building   inspect, check, build, serve
people     links, rotate, secret, digest
writing    new, new-article
hosting    publish, releases, rollback, verify, hook
"""

from . import building, hosting, people, writing
from .verbs import main

__all__ = ["building", "hosting", "main", "people", "writing"]
