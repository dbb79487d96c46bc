#!/bin/sh
# Écrit les secrets qui manquent dans secrets/, et n’en remplace aucun. À lancer en root : chaque fichier n’est lisible
# que du compte qui s’en sert dans son conteneur, et le dossier que de root.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
chmod 700 secrets

hasard() { openssl rand -base64 33 | tr '+/' '-_' | tr -d '\n='; }
# nom, contenu
ecrire() { [ -e "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"; }

ecrire postgres-password "$(hasard)"
ecrire vigie-db-password "$(hasard)"
ecrire database-url "postgresql://vigie:$(cat secrets/vigie-db-password)@postgres:5432/vigie"
ecrire metrics-token "$(hasard)"
ecrire grafana-password "$(hasard)"
[ -e secrets/master-key ] || openssl rand -out secrets/master-key 32
for vide in discovery-token alerts-token smtp-url; do ecrire "$vide" ''; done

# La clé maîtresse n’est admise que lisible de son seul propriétaire : le compte « node » de l’image.
if [ "$(id -u)" = 0 ]; then chown 1000:1000 secrets/master-key; fi
chmod 400 secrets/master-key
# Les autres sont lus par plusieurs comptes ; le dossier les protège sur l’hôte.
for partage in postgres-password vigie-db-password database-url metrics-token grafana-password discovery-token \
  alerts-token smtp-url; do
  chmod 444 "secrets/$partage"
done
echo "Secrets en place dans $(pwd)/secrets. Gardez une copie de master-key hors de cette machine."
