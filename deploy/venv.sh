#!/bin/sh
# Makes .venv from the hash-locked requirements.txt. `make` runs it when there is no .venv or the lock has changed.
set -eu
cd "$(dirname "$0")/.."

fail() { printf '\n%s\n' "$*" >&2; exit 1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then echo "$candidate"; return; fi
    done
}

python=$(find_python)
[ -n "$python" ] || fail "Hubben behöver Python 3.11 eller nyare. Här finns: $(python3 --version 2>&1 || true)
Installera det (Debian 12: apt-get install python3 python3-venv) eller peka ut det:  make run PYTHON=/sökväg/till/python3.12"

if ! [ -x .venv/bin/python ]; then
    "$python" -c 'import venv, ensurepip' 2>/dev/null || fail "Python ($python) saknar venv.
Installera det (Debian och Ubuntu: apt-get install python3-venv) och kör kommandot igen."
    echo "Gör en virtuell miljö i .venv …"
    "$python" -m venv --clear .venv
fi

# uv first, by its own hashes in the same lock: it puts the rest in place in seconds. Where it doesn't run, pip does it.
mkdir -p build
sed -n '/^uv==/,/^[^ ]/{/^uv==/p;/^ /p;}' requirements.txt > build/uv.txt
log=build/venv.log
by_uv() {
    .venv/bin/python -m pip install -q --require-hashes --no-deps -r build/uv.txt &&
        .venv/bin/uv pip sync -q --compile-bytecode --python .venv/bin/python --require-hashes requirements.txt
}
by_pip() { .venv/bin/python -m pip install -q --require-hashes -r requirements.txt; }
by_uv >"$log" 2>&1 || by_pip >>"$log" 2>&1 || { tail -n 5 "$log" >&2; fail "Paketen gick inte att hämta.
Kontrollera att datorn når PyPI, eller en spegel (PIP_INDEX_URL, UV_DEFAULT_INDEX), och kör kommandot igen. Hela loggen: $log"; }

.venv/bin/python -m ensurepip >/dev/null 2>&1 || true
.venv/bin/python -m pip install -q --no-deps --no-build-isolation --no-index -e . >>"$log" 2>&1 ||
    { tail -n 5 "$log" >&2; fail "Hubben gick inte att installera i .venv. Hela loggen: $log"; }
touch .venv/.made
