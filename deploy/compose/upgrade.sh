#!/bin/sh
# Puts the images of this version in place of what runs, one container after the other, the new one first, so that each
# service has somebody to answer all the time:  sh deploy/compose/upgrade.sh
set -eu
# Such as "docker compose --project-name other", where it is not what the folder says.
compose=${COMPOSE:-docker compose}
WAITED_FOR=180

containers_of() { $compose ps --quiet "$1"; }

health_of() { docker inspect --format '{{.State.Health.Status}}' "$1"; }

# Waits until every container of a service is healthy.
healthy() {
  left=$WAITED_FOR
  for container in $(containers_of "$1"); do
    until [ "$(health_of "$container")" = healthy ]; do
      left=$((left - 1))
      if [ "$left" -le 0 ]; then
        echo "$1 is not healthy after $WAITED_FOR s; what ran before still runs beside it. Its log: $compose logs $1" >&2
        exit 1
      fi
      sleep 1
    done
  done
}

for service in accounts rooms messages files files-worker bot gateway; do
  for old in $(containers_of "$service"); do
    count=$(containers_of "$service" | wc -l)
    $compose up --detach --no-build --no-deps --no-recreate --scale "$service=$((count + 1))" "$service"
    healthy "$service"
    docker stop "$old" > /dev/null
    docker rm "$old" > /dev/null
    echo "a container of $service was replaced"
  done
done
