#!/bin/sh
# Prints what docker-compose.yml wants to know, with fresh secrets:  sh deploy/compose/env.sh > .env
set -eu
# Begins with a letter: NATS would take some others for numbers.
secret() { printf s; od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keys() { if command -v node > /dev/null; then node -; else docker run --rm --interactive node:24-alpine node -; fi < "$(dirname "$0")/keys.mjs"; }
cat <<END
# Where people find Atrium. With a domain, HTTPS comes by itself: ATRIUM_SITE=chat.example.org HTTP_PORT=80 HTTPS_PORT=443
ATRIUM_SITE=:80
# Names that browsers may open it by, besides localhost, addresses and ATRIUM_SITE, separated by commas; * is any.
GATEWAY_PUBLIC_HOSTS=
HTTP_PORT=3000
HTTPS_PORT=3443

# Usernames that are admins, separated by commas.
ACCOUNTS_ADMINS=
# What links in mails begin with, such as https://chat.example.org, and who sends them: smtp://user:password@host:port.
# Without a server, mail is printed in the log of accounts.
ACCOUNTS_PUBLIC_URL=
# Providers of OpenID Connect, in JSON on one line: docs/config.md.
ACCOUNTS_OIDC_PROVIDERS=
ACCOUNTS_SMTP_URL=
ACCOUNTS_MAIL_FROM=
LOG_LEVEL=info
# Where traces are sent, such as http://collector:4318; nothing is traced without one. Headers that go with them, as name=value.
OTEL_EXPORTER_OTLP_ENDPOINT=
OTEL_EXPORTER_OTLP_HEADERS=

# How push services reach you: a mailto: or https: address. Apple pushes for nobody without one that exists.
MESSAGES_PUSH_CONTACT=

# Networks that are not public and that outgoing webhooks may post to all the same, such as 10.0.0.0/8, joined by commas.
BOT_WEBHOOK_NETWORKS=

# Whether pages that messages link to are fetched (on, off), and inner networks whose pages are.
MESSAGES_LINK_PREVIEWS=on
MESSAGES_PREVIEW_NETWORKS=

# An OpenAI-compatible endpoint that answers questions about files; without one, answers are composed of quotes.
FILES_ANSWERER_URL=
FILES_ANSWERER_MODEL=
FILES_ANSWERER_KEY=

# clamd that looks for viruses in files before they are read, as tcp://host:3310; without one, nobody looks.
FILES_CLAMD_URL=

# Read by PostgreSQL once, when its volume is empty.
POSTGRES_PASSWORD=$(secret)
ACCOUNTS_DATABASE_PASSWORD=$(secret)
ROOMS_DATABASE_PASSWORD=$(secret)
MESSAGES_DATABASE_PASSWORD=$(secret)
FILES_DATABASE_PASSWORD=$(secret)
BOT_DATABASE_PASSWORD=$(secret)

# Each process's way into NATS, and into Redis; the operator's is for you.
NATS_GATEWAY_PASSWORD=$(secret)
NATS_ACCOUNTS_PASSWORD=$(secret)
NATS_ROOMS_PASSWORD=$(secret)
NATS_MESSAGES_PASSWORD=$(secret)
NATS_FILES_PASSWORD=$(secret)
NATS_FILES_WORKER_PASSWORD=$(secret)
NATS_BOT_PASSWORD=$(secret)
NATS_OPERATOR_PASSWORD=$(secret)
REDIS_GATEWAY_PASSWORD=$(secret)
REDIS_ROOMS_PASSWORD=$(secret)
REDIS_FILES_PASSWORD=$(secret)
REDIS_OPERATOR_PASSWORD=$(secret)

# With what each process signs who it is and for whom it calls, and by what the others know it; with what pushes to devices are signed.
$(keys)

# With what accounts seals what its database keeps: signing keys, second factors. Keep a copy beside your backups.
ACCOUNTS_SECRETS_KEY=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
# The same for the bot: the secrets with which webhooks and bots are told apart.
BOT_SECRETS_KEY=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')

# With what you sign in to Grafana as admin, where deploy/compose/watch.yml runs it.
GRAFANA_PASSWORD=$(secret)

S3_ACCESS_KEY=atrium
S3_SECRET_KEY=$(secret)
END
