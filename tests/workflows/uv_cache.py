"""uv for workflows under test: the one of this environment, with what `make` left in its cache.

requirements/run.txt is part of requirements/dev.txt, so whoever can run the tests has all of it.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
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
            "UV_CACHE_DIR": _uv("cache", "dir").stdout.strip(),
            "UV_PYTHON": sys.executable,
            "UV_OFFLINE": "1",
        }
        _uv("venv", "--quiet", "--python", sys.executable, str(folder / "env"))
        install = ("pip", "sync", "--quiet", "--require-hashes", "--python", str(folder / "env"))
        locked = str(ROOT / "requirements/run.txt")
        if _uv(*install, "--offline", locked).returncode:
            filled = _uv(*install, locked)
            assert filled.returncode == 0, f"uv's cache is empty; `make` fills it: {filled.stderr}"
        return cls(bin=folder / "bin", variables=variables)


def _uv(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own arguments
        [str(UV), *command], capture_output=True, encoding="utf-8", check=False
    )
