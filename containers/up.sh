#!/bin/sh
# The house as containers on this machine. BASE_URL is the public address.
set -eu
cd "$(dirname "$0")/.."
BASE_URL="${BASE_URL:-https://localhost}"
export BASE_URL
. containers/engine.sh
containers/secrets.sh
compose up --build --detach
echo "Kompetensnav answers at $BASE_URL when its health checks are green; 'make down' stops it."
