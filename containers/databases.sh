#!/bin/bash
# Run once by the database container: a role and a database of its own for each program.
set -euo pipefail
while read -r program password; do
  name="kompetensnav_$program"
  psql --quiet --set ON_ERROR_STOP=1 --username postgres <<SQL
CREATE ROLE "$name" LOGIN PASSWORD '$password';
CREATE DATABASE "$name" OWNER "$name";
REVOKE CONNECT ON DATABASE "$name" FROM PUBLIC;
\connect $name
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION btree_gist;
SQL
done < /run/secrets/database_passwords
