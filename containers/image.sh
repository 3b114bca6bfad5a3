#!/usr/bin/env bash
# Builds the image and lives through a day with it, or says in one line why it was skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
build=containers/.build
image=localhost/kompetensnav:1
began=$SECONDS
mkdir -p "$build"

skip() { echo "image: skipped, $1"; exit 0; }

with_docker() {
  docker build --quiet --tag "$image" . >/dev/null
  .venv/bin/python -m containers.rehearse docker "$image"
}

# vfs copies the image whole for every container; overlay does not, where it can be mounted.
storage_driver() {
  local tried
  tried=$(mktemp -d "$build/overlay.XXXX")
  mkdir "$tried/lower" "$tried/upper" "$tried/work" "$tried/merged"
  local layers="lowerdir=$tried/lower,upperdir=$tried/upper,workdir=$tried/work"
  if mount -t overlay overlay -o "$layers" "$tried/merged" 2>/dev/null; then
    umount "$tried/merged"
    echo overlay
  else
    echo vfs
  fi
  rm -rf "$tried"
}

# Without an image registry: a base of Debian's own packages, and the tools from there too.
with_podman() {
  local missing=()
  for tool in podman buildah runc mmdebstrap; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if [ "${#missing[@]}" -gt 0 ]; then
    command -v apt-get >/dev/null || skip "there is no apt to install ${missing[*]} with"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 120 apt-get install -y -qq \
      -o DPkg::Lock::Timeout=60 \
      --no-install-recommends "${missing[@]}") >"$build/apt.log" 2>&1 \
      || skip "${missing[*]} could not be installed ($build/apt.log)"
  fi
  if [ ! -s "$build/base/rootfs.tar" ]; then
    mkdir -p "$build/base"
    timeout 120 mmdebstrap --quiet --variant=minbase \
      --include=python3,python3-venv,ca-certificates bookworm "$build/base/rootfs.tar" \
      >"$build/base.log" 2>&1 || skip "Debian's packages were not reached ($build/base.log)"
  fi
  STORAGE_DRIVER=$(storage_driver)
  export STORAGE_DRIVER
  printf 'FROM scratch\nADD rootfs.tar /\n' > "$build/base/Dockerfile"
  containers/podman.sh buildah bud --quiet --isolation=chroot --tag localhost/base:1 \
    "$build/base" >/dev/null
  containers/podman.sh buildah bud --quiet --isolation=chroot --format docker \
    --layers=false --volume /etc/ssl/certs:/etc/ssl/certs:ro --build-arg BASE=localhost/base:1 --tag "$image" . \
    >"$build/image.log" 2>&1 || { tail -n 20 "$build/image.log"; exit 1; }
  .venv/bin/python -m containers.rehearse containers/podman.sh "$image"
}

if docker info >/dev/null 2>&1; then
  with_docker
elif [ "$(id -u)" = 0 ]; then
  with_podman
else
  skip "it needs Docker, or root for Podman without a registry"
fi
echo "image: built and rehearsed in $((SECONDS - began)) s"
