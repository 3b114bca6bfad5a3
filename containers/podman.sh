#!/bin/sh
# Podman (or buildah, where that is the first word) in a storage of its own, without systemd.
# STORAGE_DRIVER is overlay where such a mount works here, else vfs, which copies every image whole.
# shellcheck disable=SC2086
set -eu
build="$(cd "$(dirname "$0")" && pwd)/.build"
program=podman
if [ "${1:-}" = buildah ]; then
  program=buildah
  shift
fi
options="--storage-driver=${STORAGE_DRIVER:-vfs} --root=$build/storage --runroot=$build/running"
if [ "$program" = podman ]; then
  options="$options --runtime=runc --cgroup-manager=cgroupfs"
fi
exec "$program" $options "$@"
