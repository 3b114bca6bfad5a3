#!/bin/sh
# Makes the secrets of the containers, once: what is there already is left alone.
# The folder is closed to others; the files in it are readable for the containers' own user.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 0700 secrets
cd secrets

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -e "$1" ] || { cat > "$1" && chmod 0444 "$1"; }; }

random | keep postgres_password
random | keep pepper
# Whoever has a mail server with a password writes it here.
printf '' | keep smtp_password
if [ ! -e database_passwords ]; then
  for program in actors councils analysis gateway; do
    password=$(random)
    echo "$program $password" >> database_passwords
    name="kompetensnav_$program"
    printf 'postgresql+asyncpg://%s:%s@db:5432/%s' "$name" "$password" "$name" \
      | keep "${program}_database_url"
  done
  chmod 0444 database_passwords
fi
if [ ! -e service_keys ]; then
  {
    printf '{'
    comma=''
    for pair in 'gateway>actors' 'gateway>councils' 'gateway>analysis' \
      'actors>councils' 'analysis>actors' 'analysis>councils' 'councils>actors' \
      'councils>analysis'; do
      printf '%s"%s": "%s"' "$comma" "$pair" "$(random)"
      comma=', '
    done
    printf '}'
  } | keep service_keys
fi
