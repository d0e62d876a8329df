#!/bin/sh
# Runs Keycloak on this machine with a realm of realm.py, until it is stopped. For trying and for continuous integration.
#   deploy/keycloak/start.sh FOLDER PORT REALM.json
# FOLDER is an unpacked Keycloak (deploy/ci/keycloak.sh prints one). What a former realm left in it is removed.
set -eu

folder=$1 port=$2 realm=$3
rm -rf "$folder/data/h2" "$folder/data/import"
mkdir -p "$folder/data/import"
cp "$realm" "$folder/data/import/hub-realm.json"

KC_BOOTSTRAP_ADMIN_USERNAME=admin
KC_BOOTSTRAP_ADMIN_PASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
JAVA_OPTS_APPEND="-XX:TieredStopAtLevel=1 -Xmx512m"
export KC_BOOTSTRAP_ADMIN_USERNAME KC_BOOTSTRAP_ADMIN_PASSWORD JAVA_OPTS_APPEND
exec "$folder/bin/kc.sh" start-dev --http-host=127.0.0.1 --http-port="$port" --import-realm
