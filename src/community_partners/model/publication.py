"""The results of publishing files on a branch."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class UpToDate:
    """Nothing to do: the remote's `branch` has the same files already."""

    branch: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pushed:
    """The files were pushed to `branch`. `commit`: the branch's new tip, 40 hexadecimal digits."""

    branch: str
    commit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Protected:
    """The remote refuses a push to `branch`, so the files were pushed to the branch `fallback`.

    `commit`: the tip of `fallback`, 40 hexadecimal digits.
    """

    branch: str
    fallback: str
    commit: str


Published = UpToDate | Pushed | Protected
