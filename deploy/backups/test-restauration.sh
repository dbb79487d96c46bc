#!/bin/sh
# Restaure un dossier témoin depuis la dernière sauvegarde, le compare à l’original, signe le résultat et l’envoie à Vigie.
# Le dossier témoin ne change pas entre deux sauvegardes : c’est ce qui rend la comparaison probante.
set -eu
. "$(dirname "$0")/commun.sh"
[ $# -eq 3 ] || refuser "Usage : $(basename "$0") restic|borg fichier-du-depot.env /chemin/du/dossier-temoin"
outil=$1 temoin=$3
case $temoin in /*) ;; *) refuser "Donnez le chemin complet du dossier témoin." ;; esac
[ -d "$temoin" ] || refuser "Le dossier témoin $temoin n’existe pas."
lire_reglages "$2"
exiger VIGIE_SIGNING_KEY_FILE VIGIE_SIGNING_KEY_ID

debut=$(date +%s)
mkdir "$travail/rendu"
resultat=failure
cible=$(hostname)
case $outil in
  restic)
    restic restore latest --path "${VIGIE_RESTORE_PATH:-$temoin}" --include "$temoin" --target "$travail/rendu" \
      > "$travail/texte" 2>&1 && resultat=success ;;
  borg)
    export BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes
    archive=$(borg list --short --last 1 2> "$travail/texte" < /dev/null) &&
      (cd "$travail/rendu" && borg extract "::$archive" "${temoin#/}" > "$travail/texte" 2>&1 < /dev/null) &&
      resultat=success ;;
  *) refuser "Outil inconnu : $outil. Attendu : restic ou borg." ;;
esac
fichiers=$(find "$temoin" -type f | wc -l | tr -d ' ')
if [ "$resultat" = success ] && ! diff -r "$temoin" "$travail/rendu$temoin" > /dev/null 2>&1; then
  if [ -d "$travail/rendu$temoin" ]; then resultat=partial; else resultat=failure; fi
fi

{
  printf 'vigie restore-test 1\n'
  printf 'uai=%s\n' "$VIGIE_UAI"
  printf 'key=%s\n' "$VIGIE_SIGNING_KEY_ID"
  printf 'at=%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  printf 'by=Tâche planifiée de %s\n' "$cible"
  printf 'what=Dossier témoin, %s fichiers comparés\n' "$fichiers"
  printf 'result=%s\n' "$resultat"
  printf 'repository=%s\n' "$VIGIE_REPOSITORY"
  printf 'minutes=%s\n' "$(( ($(date +%s) - debut) / 60 ))"
} > "$travail/texte-signe"
openssl pkeyutl -sign -rawin -inkey "$VIGIE_SIGNING_KEY_FILE" -in "$travail/texte-signe" -out "$travail/signature"
jq -n --rawfile payload "$travail/texte-signe" --arg signature "$(openssl base64 -A -in "$travail/signature")" \
  '{ payload: $payload, signature: $signature }' > "$travail/test.json"
envoyer /v1/collect/restore-tests "$travail/test.json"
dire "Résultat : $resultat."
[ "$resultat" = success ]
