#!/bin/sh
# Whether docker-compose.yml can be read, and refuses to start without its public address.
set -eu
cd "$(dirname "$0")/.."
# Reading the file needs no engine: any program can stand in for podman.
read_file() {
  .venv/bin/podman-compose --podman-path "$(command -v podman || echo /bin/echo)" config
}
if ! said=$(BASE_URL=https://kompetensnav.example.se read_file 2>&1); then
  echo "$said" | tail -n 3
  exit 1
fi
if (unset BASE_URL && read_file) >/dev/null 2>&1; then
  echo "docker-compose.yml starts without BASE_URL"
  exit 1
fi
