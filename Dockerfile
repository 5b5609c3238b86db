# syntax=docker/dockerfile:1
# Build: docker build -t eventkit .      Run: see docker-compose.yml

FROM node:26.10.0-bookworm-slim AS packages
WORKDIR /eventkit
COPY scripts/bootstrap/package.json scripts/bootstrap/package-lock.json scripts/bootstrap/
RUN npm ci --prefix scripts/bootstrap --omit=optional --ignore-scripts --no-audit --no-fund
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY shared/package.json shared/
COPY proto/package.json proto/
COPY database/package.json database/
COPY sync-server/package.json sync-server/
COPY api/package.json api/
COPY client/package.json client/
COPY cli/package.json cli/
COPY tests/package.json tests/
COPY bench/package.json bench/
RUN node scripts/bootstrap/node_modules/pnpm/bin/pnpm.mjs install --frozen-lockfile

FROM packages AS build
COPY . .
RUN node_modules/.bin/vite build

# The client is built by now; the server's packages are installed again without what only builds and tests need.
FROM packages AS server-packages
RUN CI=true node scripts/bootstrap/node_modules/pnpm/bin/pnpm.mjs install --frozen-lockfile --prod \
  --filter @eventkit/cli... && rm -rf scripts/bootstrap/node_modules

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /eventkit
COPY --from=server-packages /eventkit ./
COPY package.json LICENSE NOTICE ./
COPY shared/src shared/src
COPY proto/src proto/src
COPY proto/gen proto/gen
COPY database/src database/src
COPY migrations migrations
COPY sync-server/src sync-server/src
COPY sync-server/sync-config.yaml sync-server/
COPY api/src api/src
COPY cli/src cli/src
COPY data data
COPY --from=build /eventkit/client/dist client/dist
RUN install --directory --owner=node --group=node /var/lib/eventkit
USER node
VOLUME /var/lib/eventkit
EXPOSE 8484
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8484/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The flags are those of cli/node-flags.json.
ENTRYPOINT ["node", "--max-semi-space-size=8", "cli/src/main.ts"]
CMD ["serve", "--data", "/var/lib/eventkit"]
