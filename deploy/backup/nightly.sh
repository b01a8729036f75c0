#!/bin/sh
# A backup, encrypted and kept elsewhere by restic, and those of before thinned out: for cron or a timer, in the folder of
# the repository. Wants what `npm run backup` wants, RESTIC_REPOSITORY and RESTIC_PASSWORD_FILE.
# docs/how-to/back-up-and-restore.md
set -eu
: "${RESTIC_REPOSITORY:?where restic keeps the backups, such as s3:https://s3.example.org/backups}"
: "${RESTIC_PASSWORD_FILE:?a file with the password that they are encrypted with}"
umask 077
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# 1 says that a file has no object any more: the backup is whole otherwise, and kept.
status=0
npm run --silent backup -- "$work/atrium" || status=$?
[ -f "$work/atrium/manifest.json" ] || exit "$status"
cd "$work"
restic backup --quiet --tag atrium atrium
restic forget --quiet --tag atrium --group-by tags --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --prune
# A twentieth of what is kept, another each night by chance.
restic check --quiet --read-data-subset=5%
exit "$status"
