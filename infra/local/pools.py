"""Which environments serve which function: one pool for the API, and one for all others that are told the same."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .environment import Environment, Failed, Pool, variables
from .template import Function

JOBS = 2  # environments for everything that is not the API


class Pools:
    """All environments. Functions whose environment variables differ never share a process."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        api: set[str],
        size: int,
        aws: Mapping[str, str],
        logs: Path,
        offset: Callable[[], float],
    ) -> None:
        self._functions = functions
        self._pools: dict[tuple[Any, ...], Pool] = {}
        self._of: dict[str, Pool] = {}
        self._jobs: list[Pool] = []
        for arn, function in functions.items():
            told = variables(function, aws)
            kind = (arn if arn in api else "jobs", *sorted(told.items()))
            if kind not in self._pools:

                def start(told: Mapping[str, str] = told) -> Environment:
                    return Environment(told, logs)

                self._pools[kind] = Pool(size if arn in api else JOBS, start, offset)
                if arn not in api:
                    self._jobs.append(self._pools[kind])
            self._of[arn] = self._pools[kind]

    def invoke(self, arn: str, event: Any) -> Any:
        """Have a function handle an event; raises Failed."""
        return self._of[arn].invoke(self._functions[arn], event)

    def run(self, function: Function, event: Any) -> Any:
        """Have something that is no function of the template run where the jobs run; raises Failed."""
        return self._jobs[0].invoke(function, event)

    @property
    def job_calls(self) -> int:
        """Count the begun and ended calls of jobs: it changes whenever one does something."""
        return sum(pool.calls for pool in self._jobs)

    @property
    def jobs_rest(self) -> bool:
        """Tell whether no job is in work."""
        return not any(pool.at_work for pool in self._jobs)

    def warm(self) -> None:
        """Import every handler everywhere, all pools at once; raises Failed for one that cannot be imported."""
        troubles: list[Failed] = []

        def one(pool: Pool, functions: list[Function]) -> None:
            try:
                for function in functions:
                    pool.warm(function)
            except Failed as trouble:
                troubles.append(trouble)

        by_pool: dict[int, tuple[Pool, list[Function]]] = {}
        for arn, pool in self._of.items():
            by_pool.setdefault(id(pool), (pool, []))[1].append(self._functions[arn])
        threads = [threading.Thread(target=one, args=each) for each in by_pool.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if troubles:
            raise troubles[0]

    def stop(self) -> None:
        """End all processes."""
        for pool in self._pools.values():
            pool.stop()
