# Lu par les autres scripts de ce dossier : réglages, composition et envoi d’un relevé. Demande curl et jq.

dire() { printf '%s\n' "$*" >&2; }
refuser() { dire "$*"; exit 2; }

exiger() {
  for nom in "$@"; do
    eval "valeur=\${$nom:-}"
    [ -n "$valeur" ] || refuser "Le réglage $nom manque : complétez le fichier du dépôt."
  done
}

lire_reglages() {
  [ -r "$1" ] || refuser "Le fichier de réglages $1 est illisible."
  set -a
  . "$1"
  set +a
  exiger VIGIE_URL VIGIE_TOKEN_FILE VIGIE_UAI VIGIE_REPOSITORY
  travail=$(mktemp -d)
  trap 'rm -rf "$travail"' EXIT
  trap 'exit 130' INT TERM
}

# Le jeton passe par l’entrée standard : il ne paraît pas dans la liste des processus.
envoyer() {
  chemin=$1 corps=$2
  statut=$({
    printf 'header = "Authorization: Bearer %s"\n' "$(cat "$VIGIE_TOKEN_FILE")"
    [ -z "${VIGIE_CA_FILE:-}" ] || printf 'cacert = "%s"\n' "$VIGIE_CA_FILE"
  } | curl --config - --silent --show-error --max-time 60 --retry 2 --retry-connrefused \
    --header 'Content-Type: application/json' --data-binary "@$corps" \
    --output "$travail/reponse" --write-out '%{http_code}' "$VIGIE_URL$chemin") ||
    refuser "Vigie ne répond pas à l’adresse $VIGIE_URL."
  case $statut in
    2*) jq . "$travail/reponse" ;;
    *)
      dire "Vigie a refusé l’envoi ($statut) :"
      jq -r '.detail, ((.errors // [])[] | "  \(.pointer) : \(.detail)")' "$travail/reponse" >&2 || cat "$travail/reponse" >&2
      exit 1
      ;;
  esac
}

# $1 : outil ; $2 : fichier des documents, ou le motif pour lequel le dépôt n’a pas pu être lu.
composer() {
  exiger VIGIE_COVERS VIGIE_PLANNED_INTERVAL_HOURS VIGIE_KEPT_IN_FULL_DAYS VIGIE_REMOTE VIGIE_TRANSPORT
  if [ -f "$2" ]; then documents=$2 motif=''; else
    documents="$travail/vide" motif=$2
    printf '{}' > "$documents"
  fi
  jq -n --slurpfile documents "$documents" --arg motif "$motif" --arg outil "$1" \
    --arg instant "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '
    def liste: split(",") | map(gsub("^ +| +$"; "")) | map(select(. != ""));
    def reglage(nom): env[nom] // "" | select(. != "");
    { uai: env.VIGIE_UAI, repository: env.VIGIE_REPOSITORY, tool: $outil, collectedAt: $instant,
      covers: (env.VIGIE_COVERS | liste),
      plannedIntervalHours: (env.VIGIE_PLANNED_INTERVAL_HOURS | tonumber),
      keptInFullDays: (env.VIGIE_KEPT_IN_FULL_DAYS | tonumber),
      remote: (env.VIGIE_REMOTE == "true"), transport: env.VIGIE_TRANSPORT }
    + ([reglage("VIGIE_CENTRALISED") | { centralised: (. == "true") }] | add // {})
    + ([reglage("VIGIE_LOGGED") | { logged: (. == "true") }] | add // {})
    + ([reglage("VIGIE_REMOVABLE_OFFSITE") | { removableOffsite: (. == "true") }] | add // {})
    + ([reglage("VIGIE_MACHINES") | { machines: liste }] | add // {})
    + ([reglage("VIGIE_TIME_ZONE") | { timeZone: . }] | add // {})
    + (if $motif == "" then { documents: $documents[0] } else { unreadable: $motif } end)' \
    > "$travail/releve.json"
}

# $1 : ce que l’outil a écrit en échouant.
motif_de() {
  if grep -qiE 'wrong password|no key found|passphrase' "$1"; then echo password
  elif grep -qiE 'already locked|create lock|acquire the lock' "$1"; then echo locked
  elif grep -qiE 'connection|no such host|timed? ?out|unable to open|does not exist|not a valid repository' "$1"; then echo unreachable
  else echo other; fi
}

fichier_verification() {
  exiger VIGIE_STATE_DIRECTORY
  printf '%s/%s-%s.json' "$VIGIE_STATE_DIRECTORY" "$VIGIE_UAI" "$VIGIE_REPOSITORY"
}

# Garde la fin d’une vérification : $1 code de retour, $2 texte.
garder_verification() {
  mkdir -p "$VIGIE_STATE_DIRECTORY"
  tail -c 100000 "$2" > "$travail/fin"
  jq -n --rawfile output "$travail/fin" --argjson exitCode "$1" --arg finishedAt "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    '{ finishedAt: $finishedAt, exitCode: $exitCode, output: $output }' > "$travail/verification"
  mv "$travail/verification" "$(fichier_verification)"
}

# Ajoute aux documents la dernière vérification gardée.
joindre_verification() {
  verification=$(fichier_verification)
  [ -f "$verification" ] || return 0
  jq --slurpfile check "$verification" '. + { check: $check[0] }' "$travail/documents.json" > "$travail/avec"
  mv "$travail/avec" "$travail/documents.json"
}

AIDE_RELEVE="[--essai | --montrer | --verifier] fichier-du-depot.env
  sans option : relève le dépôt et l’envoie à Vigie
  --essai     : envoie sans rien enregistrer, et montre ce que Vigie lirait
  --montrer   : écrit le relevé sans l’envoyer
  --verifier  : relit toutes les données du dépôt et garde le résultat pour les prochains relevés (long)"

expedier() {
  case $mode in
    montrer) jq . "$travail/releve.json" ;;
    essai) envoyer '/v1/collect/backups?dryRun=true' "$travail/releve.json" ;;
    *) envoyer /v1/collect/backups "$travail/releve.json" ;;
  esac
}

lire_mode() {
  mode=envoi
  case ${1:-} in
    --essai) mode=essai; shift ;;
    --montrer) mode=montrer; shift ;;
    --verifier) mode=verification; shift ;;
  esac
  [ $# -eq 1 ] || refuser "Usage : $(basename "$0") $AIDE_RELEVE"
  lire_reglages "$1"
}
