#!/bin/sh
# Stops the containers; the data stays in its volumes.
set -eu
cd "$(dirname "$0")/.."
BASE_URL="${BASE_URL:-https://localhost}"
export BASE_URL
. containers/engine.sh
compose down
