#!/usr/bin/env bash
# Two JSON Schema validators for Python read one `pattern` in two ways.
#
# jsonschema 4.26.0, jsonschema-rs 0.61.0, Python 3.11, seen on 28 November 2026.
#
# JSON Schema says that a pattern should be a regular expression of ECMA-262, where `\d` is 0 to 9 and
# `$` is the very end: https://json-schema.org/draft/2020-12/json-schema-core#name-regular-expressions
# jsonschema searches with Python's `re`, where `\d` and `\w` also take other scripts, and `$` stands
# before a last line break. jsonschema-rs keeps to ECMA-262. So a file that one of them has checked
# may still be refused by the other, or reach code that expects ASCII digits.
#
# Whoever needs the same answer from both writes `[0-9]` and `[A-Za-z]`, and refuses line breaks apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.0
"$folder/venv/bin/python" - <<'PYTHON' > "$folder/seen"
import jsonschema
import jsonschema_rs

for pattern, value in (
    (r"^\d{4}$", "2026"),
    (r"^\d{4}$", "٢٠٢٦"),
    (r"^\w+$", "élan"),
    (r"^[a-z]+$", "lantern\n"),
    (r"^[0-9]{4}$", "٢٠٢٦"),
):
    schema = {"type": "string", "pattern": pattern}
    one = jsonschema.Draft202012Validator(schema).is_valid(value)
    other = jsonschema_rs.Draft202012Validator(schema).is_valid(value)
    print(f"{pattern} {value!r}: jsonschema {one}, jsonschema-rs {other}")
PYTHON
cat "$folder/seen"
diff "$folder/seen" - <<'SEEN'
^\d{4}$ '2026': jsonschema True, jsonschema-rs True
^\d{4}$ '٢٠٢٦': jsonschema True, jsonschema-rs False
^\w+$ 'élan': jsonschema True, jsonschema-rs False
^[a-z]+$ 'lantern\n': jsonschema True, jsonschema-rs False
^[0-9]{4}$ '٢٠٢٦': jsonschema False, jsonschema-rs False
SEEN
