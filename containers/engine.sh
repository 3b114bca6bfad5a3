# Sourced: `compose` is whichever of Docker's and Podman's compose this machine has.
if docker compose version >/dev/null 2>&1; then
  compose() { docker compose "$@"; }
elif command -v podman >/dev/null 2>&1 && command -v podman-compose >/dev/null 2>&1; then
  compose() { podman-compose "$@"; }
else
  echo "neither 'docker compose' nor 'podman-compose' is installed; 'make run' needs neither" >&2
  exit 1
fi
