#!/bin/sh
# Écrit prometheus.yml et alertmanager.yml de ce dossier d’après ceux de deploy/ : les adresses locales y deviennent les noms
# des services. À relancer quand ceux-ci changent. Un autre dossier d’arrivée se donne en argument.
set -eu
ici=$(cd "$(dirname "$0")" && pwd)
vers=${1:-$ici}
adapter() {
  echo "# Écrit par deploy/compose/adapter.sh d’après deploy/$1 : ne pas modifier à la main, sauf la messagerie."
  sed -e 's/127\.0\.0\.1:8600/vigie:8600/g' \
    -e 's/127\.0\.0\.1:9093/alertmanager:9093/g' \
    -e 's/127\.0\.0\.1:9115/blackbox:9115/g' \
    -e 's/127\.0\.0\.1:9116/snmp:9116/g' \
    -e 's/127\.0\.0\.1:25\b/smtp.exemple.fr:25/g' \
    "$ici/../$1"
}
adapter prometheus/prometheus.yml >"$vers/prometheus.yml"
adapter alertmanager/alertmanager.yml >"$vers/alertmanager.yml"
