#!/usr/bin/env bash
# In cattrs, a hook for `str` also reads the enumerations that are text.
#
# cattrs 26.2.1, Python 3.11, seen on 28 November 2026.
#
# cattrs reads an enumeration by its own rule, and a wrong value is an error. Once a hook is registered
# for `str`, for example to strip or to intern texts, the classes that inherit from `str` are read by
# that hook, since hooks for classes are found by `functools.singledispatch`:
# https://catt.rs/en/stable/customizing.html. A `StrEnum` inherits from `str`. So its fields hold plain
# texts: they are equal to the members, `is` is false for them, and a value that is no member is no
# error. An enumeration without `str` among its bases is read as before.
#
# Whoever registers such a hook asks for the class that was wanted, the hook's second argument.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cattrs==26.2.1
"$folder/venv/bin/python" - <<'PYTHON' > "$folder/seen"
from dataclasses import dataclass
from enum import Enum, StrEnum

from cattrs import Converter


class Flavor(StrEnum):
    SWEET = "sweet"


class Size(Enum):
    LARGE = "large"


@dataclass
class Order:
    name: str
    flavor: Flavor
    size: Size


def read(converter: Converter, flavor: str) -> str:
    try:
        one = converter.structure({"name": " cake ", "flavor": flavor, "size": "large"}, Order)
    except Exception as error:
        return type(error).__name__
    return f"{one.name!r} {one.flavor!r} {one.size!r}"


plain, stripping, asking = Converter(), Converter(), Converter()
stripping.register_structure_hook(str, lambda value, _: value.strip())
asking.register_structure_hook(str, lambda value, wanted: wanted(value.strip()))
for title, converter in (("no hook", plain), ("hook for str", stripping), ("asks", asking)):
    for flavor in ("sweet", "loud"):
        print(f"{title}, {flavor}: {read(converter, flavor)}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
no hook, sweet: ' cake ' <Flavor.SWEET: 'sweet'> <Size.LARGE: 'large'>
no hook, loud: ClassValidationError
hook for str, sweet: 'cake' 'sweet' <Size.LARGE: 'large'>
hook for str, loud: 'cake' 'loud' <Size.LARGE: 'large'>
asks, sweet: 'cake' <Flavor.SWEET: 'sweet'> <Size.LARGE: 'large'>
asks, loud: ClassValidationError
SEEN
