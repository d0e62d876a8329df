#!/bin/sh
# The pinned Keycloak, from Maven Central. Prints its folder. Kept by version outside the clone, so the next run has it.
set -eu
version=26.7.3
sha256=27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f
tools=${HUB_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/samverkanshubben}
folder=$tools/keycloak-$version

if ! [ -x "$folder/bin/kc.sh" ]; then
    artifact=org.keycloak:keycloak-quarkus-dist
    command -v mvn >/dev/null || { echo "Maven och Java 17 saknas. Installera: apt-get install maven" >&2; exit 1; }
    mvn -B -q dependency:get -Dtransitive=false -Dartifact=$artifact:$version:zip >&2
    zip=${MAVEN_REPO:-$HOME/.m2/repository}/org/keycloak/keycloak-quarkus-dist/$version/keycloak-quarkus-dist-$version.zip
    echo "$sha256  $zip" | sha256sum -c --quiet >&2
    mkdir -p "$tools"
    rm -rf "$folder"
    unzip -q "$zip" -d "$tools"
fi
echo "$folder"
