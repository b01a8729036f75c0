# The servers of docker-compose.yml whose images run as root: the same, as a user without rights who owns their data.

FROM caddy:2-alpine AS proxy
# The copy has no capability of its own: where none are allowed, a program that asks for one is not run at all.
RUN mkdir -p /data /config && chown -R 1000:1000 /data /config && cp /usr/bin/caddy /usr/bin/plain && mv /usr/bin/plain /usr/bin/caddy
USER 1000:1000

FROM nats:2.12-alpine AS nats
RUN mkdir -p /data && chown 1000:1000 /data
USER 1000:1000

# Keeps each object as a file of its volume. docs/adr/0006-the-s3-server-in-compose.md
FROM ghcr.io/versity/versitygw:v1.8.0 AS s3
RUN mkdir -p /objects && chown 1000:1000 /objects
USER 1000:1000
