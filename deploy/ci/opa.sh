#!/bin/sh
# The pinned `opa`, by the Go module proxy. Prints its path. Kept by version outside the clone, so the next run has it.
set -eu
version=v1.22.2
folder=${HUB_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/samverkanshubben}/opa-$version

if ! [ -x "$folder/opa" ]; then
    go=$(command -v go || ls /usr/local/go/bin/go 2>/dev/null || true)
    [ -n "$go" ] || { echo "Go saknas, och behövs för att bygga opa. Installera Go 1.26 eller senare." >&2; exit 1; }
    GOBIN="$folder" CGO_ENABLED=0 "$go" install "github.com/open-policy-agent/opa@$version" >&2
fi
echo "$folder/opa"
