#!/bin/sh
# A FHIR server (HAPI) and the official validator, both written by others, from ../shared/servers. Prints their folder: `server`
# and `validator` in it are started with `java -cp "target/classes:$(cat target/cp.txt)"`. Kept by content outside the clone.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
sources=${HUB_SHARED:-$here/../shared}/servers
tools=${HUB_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/samverkanshubben}
content=$(cat "$sources"/fhir/* "$sources"/fhir-validator/* | sha256sum | cut -c1-12)
folder=$tools/fhir-$content

if ! [ -e "$folder/built" ]; then
    for program in mvn javac; do
        command -v $program >/dev/null || { echo "$program saknas. Installera: apt-get install maven openjdk-17-jdk-headless" >&2; exit 1; }
    done
    rm -rf "$folder"
    mkdir -p "$folder"
    cp -r "$sources/fhir" "$folder/server"
    cp -r "$sources/fhir-validator" "$folder/validator"
    chmod -R u+w "$folder"
    for part in server validator; do
        (cd "$folder/$part" && mvn -q -B compile) >&2
    done
    touch "$folder/built"
fi
echo "$folder"
