#!/bin/sh
# Style, types, layers. Every step runs, so that one look shows all; any that fails fails the whole.
cd "$(dirname "$0")/../.."
bin=.venv/bin
failed=""

step() {
    name=$1
    shift
    if "$@"; then echo "ok    $name"; else failed="$failed $name"; echo "FEL   $name"; fi
}

step ruff $bin/ruff check -q .
step format $bin/ruff format -q --check .
step pyright $bin/pyright --warnings
step lager $bin/lint-imports --no-cache
[ -z "$failed" ] || { echo "Fel i:$failed"; exit 1; }
