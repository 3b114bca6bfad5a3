#!/bin/sh
# Installs the house into .venv from the lock file: `install.sh run` or `install.sh dev`.
# Needs Python 3.11 or newer with pip; fetches uv by pip into .tools where it is missing.
set -eu
cd "$(dirname "$0")/.."

# A user without a home of their own (a service account, say) keeps the cache here.
if [ ! -w "${HOME:-/nowhere}" ]; then
  export UV_CACHE_DIR="$PWD/.tools/cache"
fi

# Behind a proxy that opens TLS, only the system's own certificates are right.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"

PATH="$PATH:$PWD/.tools/bin"
if ! command -v uv >/dev/null 2>&1; then
  echo "Fetching the installer uv by pip ..."
  # --target works where --user does not: in environments managed by the system, too.
  python3 -m pip install -qq --disable-pip-version-check --root-user-action=ignore \
    --upgrade --target .tools uv
fi

# A distribution builds its Python with profiles; one built by hand is often a quarter slower.
own=/usr/bin/python3
if "$own" -c 'import ctypes, sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  export UV_PYTHON="${UV_PYTHON:-$own}"
fi

install() {
  uv sync --quiet --locked --compile-bytecode "$@"
  # Compiled now, so that no start has to, also where Python is told to write none.
  .venv/bin/python -m compileall -q services gateway operations migrations demo
}

case "${1:-run}" in
  run)
    install --no-dev --inexact
    touch .venv/.run
    ;;
  dev)
    install
    touch .venv/.run .venv/.dev
    ;;
  *) echo "usage: $0 run|dev" >&2 && exit 2 ;;
esac
