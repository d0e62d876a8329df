#!/bin/sh
# A PostgreSQL of its own, in a folder of its own, on a free port of this machine.
#   deploy/ci/postgres.sh start [FOLDER]   prints postgresql://… when it answers
#   deploy/ci/postgres.sh stop FOLDER      stops it and removes the folder
# Root starts it as the user postgres, since PostgreSQL refuses to run as root.
# HUB_POSTGRES_FSYNC=off for a suite that empties its tables all the time; benchmarks keep it on.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL saknas. Installera: apt-get install postgresql" >&2; exit 1; }

as_postgres() {
    if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "cd / && $1"; else sh -c "$1"; fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    folder=${1:-$(mktemp -d -t hub-postgres.XXXXXX)}
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
    port=$(free_port)
    as_postgres "$bin/initdb -D $folder/data -A trust -U hub -E UTF8 --locale=C.UTF-8 >$folder/initdb.log"
    options="-p $port -h 127.0.0.1 -k $folder -c max_connections=200 -c fsync=${HUB_POSTGRES_FSYNC:-on}"
    as_postgres "$bin/pg_ctl -D $folder/data -l $folder/log -w -t 60 -o '$options' start >/dev/null"
    as_postgres "$bin/createdb -h 127.0.0.1 -p $port -U hub hub"
    echo "$folder" >&2
    echo "postgresql://hub@127.0.0.1:$port/hub"
}

stop() {
    as_postgres "$bin/pg_ctl -D $1/data -m fast -w stop >/dev/null" || true
    rm -rf "$1"
}

case "${1:-}" in
    start) start "${2:-}" ;;
    stop) stop "$2" ;;
    *) sed -n '2,6p' "$0"; exit 2 ;;
esac
