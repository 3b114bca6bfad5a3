#!/bin/sh
# Sees to it that the browser tests have a Chromium: by apt where we are root, else says what to do.
set -eu
for name in chromium-headless-shell chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  # The shell alone is half the size and twice as quick; Ubuntu has no package of it.
  for name in chromium-headless-shell chromium; do
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=60 \
      --no-install-recommends "$name" >/dev/null 2>&1 && exit 0
  done
  echo "Chromium could not be installed: the browser tests are left out."
else
  echo "Chromium is missing: the browser tests are left out until the package chromium is installed."
fi
