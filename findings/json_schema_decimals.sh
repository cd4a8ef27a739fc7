#!/usr/bin/env bash
# Of a Decimal, two JSON Schema validators for Python say different things, and one raises TypeError.
#
# jsonschema 4.26.0, jsonschema-rs 0.61.0, Python 3.11, seen on 29 November 2026.
#
# Whoever must not lose a digit reads numbers with a point as Decimal, as `json.loads(parse_float=Decimal)`
# does. Both validators take a Decimal for a number. But for JSON Schema, 8.0 is an integer too:
# https://json-schema.org/draft/2020-12/json-schema-validation#name-type
# jsonschema-rs says so of Decimal("8.0") as well as of the float 8.0, and jsonschema only of the float. And
# where a schema that was read in the usual way says `"multipleOf": 0.5`, jsonschema divides the Decimal by
# a float: a TypeError is raised, and no error of validation; a schema that was read with Decimal fails so for
# a float. `minimum` and `maximum` compare the two well.
#
# Whoever reads numbers as Decimal checks `multipleOf` apart, and refuses a Decimal where an integer is meant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.0
"$folder/venv/bin/python" - <<'PYTHON' > "$folder/seen"
import json
from decimal import Decimal

import jsonschema
import jsonschema_rs


def said(validator, schema, value):
    try:
        return validator(schema).is_valid(value)
    except TypeError:
        return "TypeError"


for schema, value in (
    ('{"type": "number"}', Decimal("7.5")),
    ('{"type": "integer"}', 8.0),
    ('{"type": "integer"}', Decimal("8.0")),
    ('{"maximum": 7.5}', Decimal("7.5")),
    ('{"multipleOf": 0.5}', 7.5),
    ('{"multipleOf": 0.5}', Decimal("7.5")),
):
    usual, exact = json.loads(schema), json.loads(schema, parse_float=Decimal)
    one = said(jsonschema.Draft202012Validator, usual, value)
    other = said(jsonschema_rs.Draft202012Validator, usual, value)
    too = said(jsonschema.Draft202012Validator, exact, value)
    print(f"{schema} {value!r}: jsonschema {one}, jsonschema-rs {other}, schema with Decimal {too}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
{"type": "number"} Decimal('7.5'): jsonschema True, jsonschema-rs True, schema with Decimal True
{"type": "integer"} 8.0: jsonschema True, jsonschema-rs True, schema with Decimal True
{"type": "integer"} Decimal('8.0'): jsonschema False, jsonschema-rs True, schema with Decimal False
{"maximum": 7.5} Decimal('7.5'): jsonschema True, jsonschema-rs True, schema with Decimal True
{"multipleOf": 0.5} 7.5: jsonschema True, jsonschema-rs True, schema with Decimal TypeError
{"multipleOf": 0.5} Decimal('7.5'): jsonschema TypeError, jsonschema-rs True, schema with Decimal True
SEEN
