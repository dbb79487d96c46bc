#!/bin/sh
# Crée le compte et la base de Vigie, sans droit de superutilisateur. Lancé une fois, sur une base neuve.
set -eu
psql --quiet --set=ON_ERROR_STOP=1 --username postgres --dbname postgres \
  --set=secret="$(cat /run/secrets/vigie-db-password)" <<'SQL'
create role vigie login createrole password :'secret';
create database vigie owner vigie;
revoke connect on database vigie from public;
SQL
