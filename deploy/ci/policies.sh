#!/bin/sh
# The policies: form, types against the questions' schemas, tests with full coverage, and the compiled module.
#   deploy/ci/policies.sh           checks, and builds policies/build/policy.wasm anew
#   deploy/ci/policies.sh --verify  checks, and compares what it builds with the committed bytes
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build
PATH=$PATH:${GOPATH:-$HOME/go}/bin
opa=$(command -v opa || deploy/ci/opa.sh)

# The schemas describe questions and the examples are questions: neither is data that a rule may read.
left="--ignore schemas --ignore example.json --ignore policy.json"

# shellcheck disable=SC2086 - $left is a list of words
check() {
    "$opa" fmt --fail --list policies
    "$opa" check --strict --schema policies/schemas $left policies
    "$opa" test $left policies
    "$opa" test --coverage --threshold 100 $left policies >build/opa-coverage.json
}

check
.venv/bin/python -m deploy.policies "$@" --opa "$opa"
