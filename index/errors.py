"""What can go wrong with an index.

IndexFault              everything below
  Unwritable            the disk took no more: nothing of the call was kept, the index goes on with what it has
  Locked                another process owns the directory
  Damaged               a file is not what was written: set aside, to be rebuilt from the source of the vectors
  Foreign               written by another encoder, dimension or format: never searched, to be rebuilt
  Unreachable           the vector server gave no answer in time
  Refused               the vector server answered with an error
"""

from __future__ import annotations

from pathlib import Path


class IndexFault(Exception):
    """An index could not do what it was asked for."""


class Unwritable(IndexFault):
    """The disk refused a write; the call may be repeated once there is room."""


class Locked(IndexFault):
    """Another process owns the directory."""


class Damaged(IndexFault):
    """A file of the index, ``path``, is missing or is not what was written."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path} {self.problem}"


class Foreign(IndexFault):
    """A file of the index belongs to another encoder, dimension or format."""


class Unreachable(IndexFault):
    """The vector server gave no answer in time."""


class Refused(IndexFault):
    """The vector server answered with an error."""
