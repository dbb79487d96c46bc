#!/bin/sh
# Relève un dépôt restic et l’envoie à Vigie. Compte restic en lecture seule suffisant, sauf pour --verifier.
set -eu
. "$(dirname "$0")/commun.sh"
lire_mode "$@"

if [ "$mode" = verification ]; then
  code=0
  restic check --read-data > "$travail/texte" 2>&1 || code=$?
  garder_verification "$code" "$travail/texte"
  dire "Vérification terminée (code $code)."
  exit 0
fi

lire() { restic "$@" --json --no-lock 2> "$travail/erreur"; }
if lire snapshots > "$travail/snapshots" && lire stats --mode raw-data > "$travail/stats" &&
  lire cat config > "$travail/config" && lire key list > "$travail/keys"; then
  jq -n --slurpfile snapshots "$travail/snapshots" --slurpfile stats "$travail/stats" \
    --slurpfile config "$travail/config" --slurpfile keys "$travail/keys" \
    '{ snapshots: [$snapshots[0][]? | { time, hostname, paths }], stats: { total_size: $stats[0].total_size },
       config: { id: $config[0].id }, keys: [$keys[0][]? | { id }] }' > "$travail/documents.json"
  joindre_verification
  composer restic "$travail/documents.json"
else
  dire "Le dépôt n’a pas pu être lu."
  composer restic "$(motif_de "$travail/erreur")"
fi
expedier
