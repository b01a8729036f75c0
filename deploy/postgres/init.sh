#!/usr/bin/env bash
# Run by the official postgres image (/docker-entrypoint-initdb.d) when its volume is empty, and by whoever brings an
# older volume up to date: docker compose exec postgres bash /provision/init.sh
set -euo pipefail
options=""
for service in accounts rooms messages files bot; do
  variable="$(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')_DATABASE_PASSWORD"
  options+=" -c atrium.${service}_password=${!variable:?$variable is not set}"
done
PGOPTIONS="$options" psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -f "$(dirname "$0")/provision.sql" -f "$(dirname "$0")/audit.sql"
