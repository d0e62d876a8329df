#!/bin/sh
# Compiles the toy policy of the engines' tests. `opa build` is reproducible: the same sources give the same bytes.
set -eu
cd "$(dirname "$0")"
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
opa build -t wasm -e toy/answer -e toy/answers -e toy/undefined -e toy/explode -e revision/answer \
  -o "$built/bundle.tar.gz" toy.rego revision.rego data.json
tar -xzPf "$built/bundle.tar.gz" -C "$built" --transform "s,^/,," /policy.wasm /data.json
mv "$built/policy.wasm" toy.wasm
mv "$built/data.json" toy.json
chmod 644 toy.wasm toy.json
