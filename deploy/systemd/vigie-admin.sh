#!/bin/sh
# /usr/local/sbin/vigie : la commande vigie avec les réglages du service. En root : elle lit les secrets.
set -eu
reglages=${VIGIE_REGLAGES:-/etc/vigie}
set -a
. "$reglages/vigie.env"
set +a
export NODE_ENV=production VIGIE_PRODUCTION=1
export DATABASE_URL_FILE="$reglages/secrets/database-url"
export VIGIE_MASTER_KEY_FILE="$reglages/secrets/master-key"
export VIGIE_METRICS_TOKEN_FILE="$reglages/secrets/metrics-token"
exec "${VIGIE_DOSSIER:-/opt/vigie}/api/bin/vigie.cjs" "$@"
