"""uv for workflows under test: the one of this environment, with what `make` left in its cache.

requirements/run.txt is part of requirements/dev.txt, so whoever can run the tests has all of it.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
SITE = Path(sysconfig.get_path("purelib"))
USER_CONFIG = Path.home() / ".config/uv/uv.toml"  # another index there has another cache


@dataclass(frozen=True, kw_only=True)
class UvCache:
    """`bin`: a folder with uv in it and nothing else. `variables`: keep uv from the network."""

    bin: Path
    variables: dict[str, str]

    @classmethod
    def prepare(cls, folder: Path) -> Self:
        """Asks the network only where somebody has emptied the cache since `make`."""
        (folder / "bin").mkdir()
        (folder / "bin/uv").symlink_to(UV)
        given = {name: value for name, value in os.environ.items() if name.startswith("UV_")}
        if USER_CONFIG.exists():
            given.setdefault("UV_CONFIG_FILE", str(USER_CONFIG))
        variables = {
            **given,
            "UV_CACHE_DIR": str(folder / "cache"),
            "UV_PYTHON": sys.executable,
            "UV_OFFLINE": "1",
        }
        _uv("venv", "--quiet", "--python", sys.executable, str(folder / "env"))
        install = ("pip", "sync", "--quiet", "--require-hashes", "--python", str(folder / "env"))
        locked = str(ROOT / "requirements/run.txt")
        if _uv(*install, "--offline", locked).returncode:
            filled = _uv(*install, locked)
            assert filled.returncode == 0, f"uv's cache is empty; `make` fills it: {filled.stderr}"
        shared = Path(_uv("cache", "dir").stdout.strip())
        _with_bytecode(shared, folder / "cache", _installed(folder / "env"))
        return cls(bin=folder / "bin", variables=variables)


def _uv(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own arguments
        [str(UV), *command], capture_output=True, encoding="utf-8", check=False
    )


def _with_bytecode(shared: Path, cache: Path, names: frozenset[str]) -> None:
    """A cache that has all of `shared`, and the bytecode of the distributions with these names.

    Else each start under act would compile what it imports, which is most of its work. Bytecode
    that is not of this very source is compiled anew.
    """
    (cache / "archive-v0").mkdir(parents=True)
    for one in (*shared.iterdir(), *(shared / "archive-v0").iterdir()):
        target = cache / one.relative_to(shared)
        if names.isdisjoint(path.name for path in one.glob("*.dist-info")):
            if not target.exists():
                target.symlink_to(one)
            continue
        shutil.copytree(one, target)
        for package in one.iterdir():
            for source in (SITE / package.name).rglob("__pycache__"):
                place = target / source.relative_to(SITE)
                if place.parent.is_dir():
                    shutil.copytree(source, place, dirs_exist_ok=True)


def _installed(environment: Path) -> frozenset[str]:
    return frozenset(path.name for path in environment.glob("lib/*/site-packages/*.dist-info"))
