"""Runs a workflow of a repository with act, in host mode: no container engine, no network."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .act_log import Run, read_run
from .workflow_file import RUNNER, Payload, WorkflowFile, foreign_uses, own_jobs, read_yaml

STUBS = Path(__file__).parent / "stubs"
ACT = Path(sys.executable).with_name("act")
_JOB = re.compile(r"  ([a-z-]+):")
_QUEUE = re.compile(r"^ +queue: max\n", re.MULTILINE)  # act refuses it: its schema is older


@dataclass(frozen=True, kw_only=True)
class Act:
    """`checkout`: a clone, whose HEAD is the commit of the event. `folder`: for act's own files.

    `environ`: of act, which hands it to every step. `variables`: set for the steps on top of it.
    `secrets`: long enough that masking them hides nothing else. `actions`: what stands for an
    action of another repository, by what a workflow writes after `uses`; the rest has stubs.
    """

    checkout: Path
    folder: Path
    environ: Mapping[str, str]
    variables: Mapping[str, str]
    secrets: Mapping[str, str]
    actions: Mapping[str, Path] = field(default_factory=dict)

    def run(self, workflow: str, event: str, payload: Payload, timeout: float = 120) -> Run:
        """As GitHub would: no job where the event does not start the workflow."""
        path = self.checkout / ".github/workflows" / workflow
        file = WorkflowFile.read(path)
        file.check_runners()
        if not file.starts_on(event, payload):
            return read_run(0, "", "", ())
        told = self.folder / "event.json"
        told.write_text(json.dumps(payload), "utf-8")
        for called in self._called(file).values():
            called.check_runners()
            at = path.with_name(called.name)
            at.write_text(_QUEUE.sub("", at.read_text("utf-8")), "utf-8")  # act reads it there
        known = self.folder / workflow
        text = _QUEUE.sub("", path.read_text("utf-8"))
        known.write_text("\n".join(self._with_tokens(text.splitlines())) + "\n", "utf-8")
        done = subprocess.run(  # noqa: S603  our own arguments
            [str(ACT), event, "-W", str(known), "-e", str(told), *self._options(file)],
            cwd=self.checkout,
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        jobs = (*own_jobs(file.jobs), *self._called_jobs(file))
        return read_run(done.returncode, done.stdout, done.stderr, jobs)

    def _with_tokens(self, lines: list[str]) -> Iterator[str]:
        """The workflow, with a token for each job, as GitHub gives; act has one for all of them."""
        job, ours = "", False
        for line in lines:
            if found := _JOB.fullmatch(line):
                job = found[1]
            if not (ours and line.strip() == "with:"):
                yield line
            used = line.partition("uses: ")[2].partition(" #")[0]
            ours = used == "./" or used in self.actions
            if ours:
                yield "        with:"
                yield f"          github-token: ${{{{ secrets.{_secret(job)} }}}}"

    def _options(self, file: WorkflowFile) -> Iterator[str]:
        yield from ("--json", "-P", f"{RUNNER}=-self-hosted", "--container-daemon-socket", "-")
        # Its cache server writes into the home; the stub of checkout is to run as the real one.
        yield from ("--no-cache-server", "--no-skip-checkout")
        yield from ("--action-cache-path", str(self.folder / "act"))
        for used in sorted(self._used(file)):
            yield from ("--local-repository", f"{used}={self.actions.get(used) or _stub(used)}")
        for name, value in self.variables.items():
            yield from ("--env", f"{name}={value}")
        for name, value in {**self.secrets, **_tokens(file)}.items():
            yield from ("--secret", f"{name}={value}")

    def _called(self, file: WorkflowFile) -> dict[str, WorkflowFile]:
        """By the job that calls it."""
        return {job: WorkflowFile.read(self.checkout / one) for job, one in file.calls.items()}

    def _called_jobs(self, file: WorkflowFile) -> Iterator[str]:
        """Such as `site/render`: GitHub names them after the job that calls them, too."""
        for job, called in self._called(file).items():
            yield from (f"{job}/{name}" for name in called.jobs)

    def _used(self, file: WorkflowFile) -> frozenset[str]:
        """By the workflow, those that it calls, and our own actions in them, here or elsewhere."""
        uses = file.uses.union(*(one.uses for one in self._called(file).values()))
        folders = [self.checkout, *(self.actions[one] for one in uses & self.actions.keys())]
        ours = [path for folder in folders if (path := folder / "action.yml").exists()]
        return uses.union(*(foreign_uses(read_yaml(path)) for path in ours))


def token_of(job: str) -> str:
    """The token that GitHub would make for a job, with the job's own permissions."""
    return f"ghs_exampleTokenOfTheJob{job.title().replace('-', '')}0123456789"


def _tokens(file: WorkflowFile) -> dict[str, str]:
    return {_secret(job): token_of(job) for job in file.jobs}


def _secret(job: str) -> str:
    return f"TOKEN_OF_{job.upper().replace('-', '_')}"


def _stub(used: str) -> Path:
    """By the name of the action's repository, whatever the commit that is pinned."""
    stub = STUBS / used.split("@", maxsplit=1)[0].split("/")[1]
    assert stub.is_dir(), f"{used} has no stand-in in {STUBS}"
    return stub
