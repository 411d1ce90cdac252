# One image for all services; which one it is, its arguments say (apps/events/src/main.ts). Build: docs/sre/image.md
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
COPY apps/ apps/
COPY libs/ libs/
COPY tools/ tools/
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
# The same steps that `npm run image` takes on any machine.
RUN node tools/image/main.ts --out /app

FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /app
COPY --from=build --chown=0:0 /app /app
# In a pod of 512 MiB Node would go through young objects at every megabyte of them: tools/decisions/0039.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=16 \
    NODE_COMPILE_CACHE=/app/.compile-cache \
    NODE_COMPILE_CACHE_PORTABLE=1
USER 65532:65532
EXPOSE 4000
# Of the base, and what NODE_OPTIONS does not take: tools/decisions/0045.
ENTRYPOINT ["/nodejs/bin/node", "--no-allocation-site-pretenuring", "--heap-growing-percent=200"]
CMD ["apps/gateway/src/main.ts"]
