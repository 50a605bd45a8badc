"""A host that serves a branch: GitHub, GitLab, Forgejo and Codeberg pages; Cloudflare and Netlify read one too.

The branch holds the site, with the previews of other branches in folders of it, and nothing else; each commit is a
release of the site. The work tree of the site's repository, its index and its branches are not touched, and no file is
filtered: what is pushed is what was built, byte by byte.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ..problems import N_
from .failures import Outdated, PublishError, remote_failure
from .lock import PATIENCE, local_lock
from .manifest import RECORDS, Entry
from .release import Plan, Release, read_record, write_record
from .target import PREVIEWS, GitTarget

_PREVIEW = re.compile(rf"({PREVIEWS}[^/]+/){re.escape(RECORDS)}")
"""The record of a preview, by which its folder is told from pages of the site itself."""
_WHO = {"NAME": "avance", "EMAIL": "avance@localhost.invalid"}
"""Who publishes, in the commits of a branch that anybody may read: never a person."""


class GitHost:
    """A branch of a repository elsewhere."""

    def __init__(self, target: GitTarget, root: Path) -> None:
        """Take the settings, and the folder of mkdocs.yml: its repository knows the remote and how to sign in."""
        self.target = target
        self._root = root
        if not _is_repository(root):
            self._root = Path(tempfile.mkdtemp(prefix="avance-git-"))
            weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
            self._git("init", "--quiet", "--bare")
        self._folder = Path(self._git("rev-parse", "--absolute-git-dir").decode().strip())
        self._algorithm = self._git("rev-parse", "--show-object-format").decode().strip()
        self._ref = f"refs/avance/{target.name}"
        self._branch = f"refs/heads/{target.branch}"
        self._tip = ""
        self._fetched = False

    def digest(self, content: bytes) -> str:
        """Return what git knows *content* by."""
        return hashlib.new(self._algorithm, b"blob %d\0" % len(content) + content).hexdigest()

    def locked(
        self, *, patience: float = PATIENCE, tell: Callable[[], None] = lambda: None
    ) -> AbstractContextManager[None]:
        """Hold this machine's side for one publication; another machine is found out when it pushes first."""
        self._fetched = False
        return local_lock(self._folder / f"avance-{self.target.name}.lock", patience=patience, tell=tell)

    def live(self) -> Release | None:
        """Return what the branch serves now, or None when there is none. A site put there otherwise has the number 0.

        Raises:
            PublishError: when the branch holds something else than a site.
        """
        self._fetch()
        if not self._tip:
            return None
        if (release := self._release(self._tip)) is not None:
            return release
        if self.target.preview:
            return None
        files = self._files(self._tip)
        if "index.html" not in files or "mkdocs.yml" in files:
            raise PublishError(
                N_("La rama «{branch}» contiene otros archivos, que se perderían."),
                N_("Elija en mkdocs.yml una rama que sea solo para el sitio (branch)."),
                branch=self.target.branch,
            )
        return Release(number=0, build="", published=datetime.fromtimestamp(0, UTC), files=files)

    def releases(self) -> list[Release]:
        """Return the releases that the branch remembers, oldest first."""
        self._fetch()
        found = {release.number: release for _, release in self._history()}
        return sorted(found.values(), key=lambda release: release.number)

    def bring(self, release: Release, paths: tuple[str, ...], folder: Path) -> None:
        """Put those *paths* of a release that the branch remembers into *folder*."""
        asked = "".join(f"{release.files[path].digest}\n" for path in paths)
        answer = io.BytesIO(self._git("cat-file", "--batch", given=asked.encode()))
        for path in paths:
            size = int(answer.readline().split()[2])
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(answer.read(size))
            answer.read(1)

    def remove(self) -> None:
        """Take the preview off the branch; former releases may remember it.

        Raises:
            Outdated: when somebody else pushed to the branch meanwhile.
            PublishError: when the host does not take it.
        """
        self._fetch()
        own, others = self._split(self._tip) if self._tip else ({}, {})
        if own and others:
            self._push(self._amended(self._changed(self._tip, own, {})))

    def put(self, plan: Plan, advance: Callable[[int, int], None]) -> None:
        """Commit the release and push it.

        Raises:
            Outdated: when somebody else pushed to the branch meanwhile.
            PublishError: when the host does not take it; the branch is as it was.
        """
        advance(0, 2)
        tree = self._tree(plan)
        advance(1, 2)
        self._push(self._chain(plan, tree))
        advance(2, 2)

    def _tree(self, plan: Plan) -> str:
        """Return the tree of the release; its record is there too, under a name that nobody guesses."""
        with tempfile.TemporaryDirectory(prefix="avance-") as folder:
            new = [path for path in plan.release.files if plan.is_new(path)]
            made = [path for path in new if path in plan.made]
            for number, path in enumerate(made):
                (Path(folder) / str(number)).write_bytes(plan.content(path))
            places = [str((plan.site / path).resolve()) for path in new if path not in plan.made]
            places += [str(Path(folder) / str(number)) for number in range(len(made))]
            record = Path(folder) / "record"
            record.write_bytes(write_record(plan.release, files=False))
            written = self._git(
                *("hash-object", "-w", "--no-filters", "--stdin-paths"),
                given="\n".join([*places, str(record)]).encode(),
            )
        name = self._record_path(self._tip) if self._tip else ""
        files = {f"{self.target.home}{path}": what.digest for path, what in plan.release.files.items()}
        files[name or f"{self.target.home}{RECORDS}{secrets.token_hex(16)}.json"] = written.decode().split()[-1]
        return self._changed(self._tip, self._split(self._tip)[0] if self._tip else (), files)

    def _changed(self, commit: str, gone: Iterable[str], files: Mapping[str, str]) -> str:
        """Return the tree of *commit*, if any, without the paths *gone* and with *files* (path → digest)."""
        with tempfile.TemporaryDirectory(prefix="avance-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            if commit:
                self._git("read-tree", commit, also=index)
            lines = [f"0 {'0' * len(commit)}\t{path}\0" for path in gone]
            lines += [f"100644 {digest}\t{path}\0" for path, digest in files.items()]
            self._git("update-index", "-z", "--index-info", given="".join(lines).encode(), also=index)
            return self._git("write-tree", also=index).decode().strip()

    def _chain(self, plan: Plan, tree: str) -> str:
        """Return a commit of *tree* after as many former releases as the branch is to remember."""
        if self.target.preview:
            return self._amended(tree)
        if not self.target.keep:
            return self._commit(tree, [self._tip] if self._tip else [], plan.release)
        kept = []
        seen = {plan.release.number}
        for commit, release in self._history():
            if release.number not in seen and len(seen) < self.target.keep:
                kept.append((commit, release))
                seen.add(release.number)
        parents: list[str] = []
        for commit, release in reversed(kept):
            parents = [self._commit(self._without_previews(commit), parents, release)]
        return self._commit(tree, parents, plan.release)

    def _without_previews(self, commit: str) -> str:
        others = self._split(commit)[1]
        return self._changed(commit, others, {}) if others else f"{commit}^{{tree}}"

    def _amended(self, tree: str) -> str:
        """Return the last commit with another *tree*: the releases that a branch remembers are those of the site."""
        parents = self._git("rev-parse", f"{self._tip}^@").decode().split() if self.target.keep else [self._tip]
        told = self._git("show", "--no-patch", "--format=%ct %s", self._tip).decode().strip()
        seconds, _, message = told.partition(" ")
        return self._written(tree, parents, int(seconds), message)

    def _commit(self, tree: str, parents: list[str], release: Release) -> str:
        return self._written(tree, parents, int(release.published.timestamp()), f"avance {release.build}")

    def _written(self, tree: str, parents: list[str], seconds: int, message: str) -> str:
        when = f"{seconds} +0000"
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in {**_WHO, "DATE": when}.items()
        }
        tree = self._git("rev-parse", tree).decode().strip()
        after = [part for parent in parents for part in ("-p", parent)]
        return self._git("commit-tree", tree, *after, "-m", message, also=who).decode().strip()

    def _push(self, commit: str) -> None:
        lease = f"--force-with-lease={self._branch}:{self._tip}"
        push = ("push", "--quiet", "--no-verify", lease, self.target.remote, f"{commit}:{self._branch}")
        done = self._run(*push)
        if done.returncode:
            said = done.stderr.decode(errors="replace")
            if "stale info" in said or "fetch first" in said or "cannot lock ref" in said:
                raise Outdated(N_("Alguien publicó a la vez en la misma rama."), N_("Publique de nuevo."))
            raise remote_failure(_reason(said))
        self._tip = commit

    def _fetch(self) -> None:
        """Learn what the branch is now; a repository without it is one where nothing was published."""
        if self._fetched:
            return
        listed = self._run("ls-remote", self.target.remote, self._branch)
        if listed.returncode:
            raise remote_failure(_reason(listed.stderr.decode(errors="replace")))
        self._tip = listed.stdout.decode().partition("\t")[0]
        if self._tip:
            shallow = self._git("rev-parse", "--is-shallow-repository").strip() == b"true"
            depth = [f"--depth={self.target.keep or 2}"] if shallow else []
            fetch = ("fetch", "--quiet", "--no-tags", *depth, self.target.remote, f"+{self._branch}:{self._ref}")
            done = self._run(*fetch)
            if done.returncode:
                raise remote_failure(_reason(done.stderr.decode(errors="replace")))
            self._tip = self._git("rev-parse", self._ref).decode().strip()
        self._fetched = True

    def _history(self) -> Iterator[tuple[str, Release]]:
        """Yield the commits that are releases, newest first."""
        if not self._tip:
            return
        limit = ["-n", str(4 * self.target.keep)] if self.target.keep else []
        for commit in self._git("rev-list", "--first-parent", *limit, self._tip).decode().split():
            if (release := self._release(commit)) is not None:
                yield commit, release

    def _release(self, commit: str) -> Release | None:
        path = self._record_path(commit)
        if not path:
            return None
        try:
            release = read_record(self._git("cat-file", "blob", f"{commit}:{path}"))
        except ValueError:
            return None
        return replace(release, files=self._files(commit))

    def _files(self, commit: str) -> dict[str, Entry]:
        own = {path.removeprefix(self.target.home): what for path, what in self._split(commit)[0].items()}
        return {path: what for path, what in own.items() if not path.startswith(RECORDS)}

    def _split(self, commit: str) -> tuple[dict[str, Entry], dict[str, Entry]]:
        """Return what there is at *commit* of this site, its record included, and of the others in the same branch."""
        entries: dict[str, Entry] = {}
        for line in filter(None, self._git("ls-tree", "-r", "-l", "-z", commit).decode().split("\0")):
            what, _, name = line.partition("\t")
            _, _, digest, size = what.split()
            entries[name] = Entry(int(size), digest)
        previews = {found[1] for name in entries if (found := _PREVIEW.match(name))}
        own: dict[str, Entry] = {}
        others: dict[str, Entry] = {}
        for path, entry in entries.items():
            folder = "".join(part + "/" for part in path.split("/")[:2])
            home = folder if folder in previews else ""
            (own if home == self.target.home else others)[path] = entry
        return own, others

    def _record_path(self, commit: str) -> str:
        listed = self._git("ls-tree", "-z", "--name-only", commit, f"{self.target.home}{RECORDS}").decode().split("\0")
        return next((name for name in listed if name.endswith(".json")), "")

    def _git(self, *arguments: str, given: bytes = b"", also: dict[str, str] | None = None) -> bytes:
        done = self._run(*arguments, given=given, also=also)
        if done.returncode:
            raise remote_failure(_reason(done.stderr.decode(errors="replace")))
        return done.stdout

    def _run(
        self, *arguments: str, given: bytes = b"", also: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - the settings of the site name the remote and the branch
                ["git", "-c", "core.quotePath=off", "-C", self._root, *arguments],  # noqa: S607
                input=given,
                env=_environment() | (also or {}),
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise PublishError(N_("Falta el programa git."), N_("Instálelo y publique de nuevo.")) from error


def _is_repository(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in (folder.resolve(), *folder.resolve().parents))


def _environment() -> dict[str, str]:
    """Return the environment for git: never asks for a password, speaks English, and knows nothing of a hook's own."""
    kept = {name: value for name, value in os.environ.items() if name not in HOOK_VARIABLES and name[:7] != "AVANCE_"}
    ssh = kept.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20")
    return kept | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_SSH_COMMAND": ssh}


HOOK_VARIABLES = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "COMMON_DIR", "PREFIX"),
        *("NAMESPACE", "QUARANTINE_PATH", "PUSH_OPTION_COUNT", "EXEC_PATH", "GRAFT_FILE", "SHALLOW_FILE"),
    )
)
"""What git tells its hooks about their repository, which would be taken for another one's."""


def _reason(said: str) -> str:
    """Return what git complained of, without its hints and what the server chatted."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("hint:")]
    told = [line for line in lines if line.startswith(("fatal:", "error:", "remote: error", " ! "))]
    return "\n".join([*lines, *told[:1]])
