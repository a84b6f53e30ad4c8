"""Briefs under way on a server. Owns: starting one, what it is doing now, and where it ended. Does not own: the work or HTTP.

A job is its owner's: nobody else sees it. Ended jobs are forgotten after a while, the oldest first.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import AdviserError, NotFoundError
from ui.gate import Gate

MOST_JOBS = 100
INTERNAL = "Something went wrong inside. Nothing was lost; try again, or ask whoever keeps the server to run `adviser doctor`."


@dataclass
class Job:
    """One brief under way. `brief_id`: where it ended well; `problem`: why it ended otherwise."""

    id: str
    owner: str
    says: str = "Waiting for a free place"
    brief_id: str = ""
    problem: str = ""


@dataclass
class Jobs:
    """The jobs of one server, each at the server's gate like any question. Lives in one event loop."""

    gate: Gate
    _jobs: dict[str, Job] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self, owner: str, work: Callable[[Callable[[str], None]], str]) -> Job:
        """Begin a job. `work` is told where to say each step, and gives the brief's id."""
        job = Job(secrets.token_hex(8), owner)
        self._jobs[job.id] = job
        for old in list(self._jobs)[:-MOST_JOBS]:
            del self._jobs[old]
        task = asyncio.create_task(self._run(job, work))
        self._tasks.add(task)  # else it could be collected before it ends
        task.add_done_callback(self._tasks.discard)
        return job

    def find(self, job_id: str, owner: str) -> Job:
        """One's own job. Raises NotFoundError."""
        job = self._jobs.get(job_id)
        if job is None or job.owner != owner:
            raise NotFoundError("There is no such brief under way. The Brief tab lists those that are kept.")
        return job

    async def _run(self, job: Job, work: Callable[[Callable[[str], None]], str]) -> None:
        def say(words: str) -> None:
            job.says = words

        try:
            job.brief_id = await self.gate.run(lambda: work(say))
        except AdviserError as error:
            job.problem = " ".join(str(error).split())
        except Exception:
            job.problem = INTERNAL
