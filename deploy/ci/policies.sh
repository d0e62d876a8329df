#!/bin/sh
# The policies: form, types against the questions' schemas, tests with full coverage, and the compiled module.
#   deploy/ci/policies.sh           checks, and builds policies/build/policy.wasm anew
#   deploy/ci/policies.sh --verify  checks, and compares what it builds with the committed bytes
set -eu
cd "$(dirname "$0")/../.."
PATH=$PATH:${GOPATH:-$HOME/go}/bin
opa=$(command -v opa || deploy/ci/opa.sh)

"$opa" fmt --fail --list policies
"$opa" check --strict --schema policies/schemas policies
"$opa" test --coverage --threshold 100 policies >build/opa-coverage.json || { "$opa" test policies; tail -n 30 build/opa-coverage.json; exit 1; }
"$opa" test policies
.venv/bin/python -m deploy.policies "$@" --opa "$opa"
