#!/bin/sh
# Run by the redis image in its data folder: writes the configuration, with the passwords of the environment, to a file
# that nobody else may read, and starts the server with it. Passwords on a command line would be in every process list.
set -eu
umask 077
for variable in REDIS_GATEWAY_PASSWORD REDIS_ROOMS_PASSWORD REDIS_FILES_PASSWORD REDIS_OPERATOR_PASSWORD; do
  eval ": \${$variable:?run deploy/compose/env.sh}"
done
# Jobs live here: they survive a restart, and nothing is dropped to make room.
eval "cat <<END
appendonly yes
save \"\"
maxmemory-policy noeviction
$(cat "$(dirname "$0")/users.conf")
END" > redis.conf
exec docker-entrypoint.sh redis-server redis.conf "$@"
