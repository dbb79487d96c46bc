#!/bin/sh
# Relève un dépôt borg et l’envoie à Vigie.
set -eu
. "$(dirname "$0")/commun.sh"
lire_mode "$@"

if [ "$mode" = verification ]; then
  code=0
  borg --log-json --info check --verify-data > "$travail/texte" 2>&1 || code=$?
  garder_verification "$code" "$travail/texte"
  dire "Vérification terminée (code $code)."
  exit 0
fi

exiger VIGIE_TIME_ZONE
lire() { borg "$@" 2> "$travail/erreur"; }
# Ce que borg demande sans réponse possible le bloquerait.
export BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes
# L’heure est écrite dans le fuseau annoncé à Vigie.
export TZ="$VIGIE_TIME_ZONE"
if lire info --json > "$travail/info" < /dev/null &&
  lire list --json --format '{name}{start}{hostname}' > "$travail/list" < /dev/null; then
  jq -n --slurpfile info "$travail/info" --slurpfile list "$travail/list" \
    '{ info: { encryption: { mode: $info[0].encryption.mode }, repository: { id: $info[0].repository.id },
         cache: { stats: { unique_csize: $info[0].cache.stats.unique_csize } } },
       list: { repository: { id: $list[0].repository.id },
         archives: [$list[0].archives[] | { name, start, hostname }] } }' > "$travail/documents.json"
  joindre_verification
  composer borg "$travail/documents.json"
else
  dire "Le dépôt n’a pas pu être lu."
  composer borg "$(motif_de "$travail/erreur")"
fi
expedier
