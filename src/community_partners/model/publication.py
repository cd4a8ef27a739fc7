"""What became of files that were to be published on a branch."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class UpToDate:
    """The remote's `branch` has the files as they are."""

    branch: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pushed:
    """The files are on `branch` now. `commit` is its tip, 40 hexadecimal digits."""

    branch: str
    commit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Protected:
    """The remote takes no push to `branch`: `commit` is the tip of the branch `fallback`."""

    branch: str
    fallback: str
    commit: str


Published = UpToDate | Pushed | Protected
