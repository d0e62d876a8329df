# Debian's programs that the whole suite needs, for .ci/run, as root. Installs what is missing and nothing else.
missing=""
for package in make git unzip python3-venv postgresql chromium; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok' || missing="$missing $package"
done
command -v java >/dev/null || missing="$missing openjdk-17-jre-headless"
command -v javac >/dev/null || missing="$missing openjdk-17-jdk-headless"
command -v mvn >/dev/null || missing="$missing maven"
if [ -n "$missing" ]; then
    apt-get update -q
    # No cluster of Debian's own: the suite starts one in a folder of its own.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    # shellcheck disable=SC2086 - a list of words
    apt-get install -q -y --no-install-recommends -o Dpkg::Options::=--force-confold $missing
fi
