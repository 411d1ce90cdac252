import { getNamedType, type GraphQLSchema } from 'graphql';
import { idempotencyField } from '../../apps/gateway/src/rest/endpoints.ts';
import { endpointsOf } from '../../apps/gateway/src/rest/rest-route.ts';
import { restDocuments, restRoutes } from '../../apps/gateway/src/rest/routes.ts';
import type { Page } from '../docs/write-pages.ts';

const introduction = `# REST

The commonest operations for programs that speak no GraphQL, under \`/v1\`; made by \`npm run generate\` from the documents in
[apps/gateway/src/rest](../../apps/gateway/src/rest/routes.ts). Each request is asked of the graph as that document, with the
same tokens and keys, rights, limits and caches. \`GET /v1/openapi.json\` describes it all in OpenAPI 3.1, for generators of
clients.

\`\`\`sh
curl -s 'http://127.0.0.1:4000/v1/occurrences?city=Berlin&first=5' -H "authorization: Bearer $TOKEN"
curl -s http://127.0.0.1:4000/v1/holds -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
  -H "idempotency-key: $(uuidgen)" -d '{"occurrenceId":"occ_…","items":[{"ticketTypeId":"tty_…","quantity":2}]}'
\`\`\`

- What is asked for is in \`data\`. Lists have \`page { hasNextPage endCursor }\` beside it: go on with \`after=<endCursor>\`.
- Where a service does not answer, what it would have answered is null and \`warnings\` says so: \`code\`, \`detail\`, and where
  in \`data\` by \`path\`.
- What is refused is \`application/problem+json\` (RFC 9457). Branch on \`code\`: a refusal's type (\`NotEnoughTickets\`) or an
  [error's code](errors.md). What else it tells (\`available\`, \`field\`) stands beside; \`correlationId\` finds it in our logs.
- Operations that create or pay take an \`Idempotency-Key\`: make one (a UUID) for each intent and send the same one on each
  repeat for a day; it is done once, and the answer is that of the first. 409 \`IDEMPOTENCY_KEY_IN_USE\`: the first is still
  being worked on, send it again in a second. 422 \`IdempotencyConflict\`: the key came with another body before.
- GET answers have an ETag. \`apollographql-client-name\` and \`-version\` [say who you are](schema-changes.md).
- \`v1\` stays what it is: fields are added, nothing goes. What would break it is stopped by \`npm run check:schema\`.
`;

/** The page of the REST facade. */
export function restPage(schema: GraphQLSchema): Page {
  const endpoints = endpointsOf(schema, { routes: restRoutes, documents: restDocuments() });
  const rows = endpoints.map(({ route, parameters, body, idempotent, field }) => {
    const query = parameters.filter((one) => one.in === 'query').map(({ name }) => `\`${name}\``);
    const input = body && body.omitted.length < Object.keys(body.type.getFields()).length;
    const takes = [
      ...query,
      ...(input
        ? [`[${body.type.name}](../reference/schema/inputs.md#${body.type.name.toLowerCase()})`]
        : []),
      ...(body?.omitted.filter((name) => name !== idempotencyField).map((name) => `without \`${name}\``) ??
        []),
      ...(idempotent ? ['`Idempotency-Key`'] : []),
    ];
    const answer = getNamedType(field.type).name;
    return `| \`${route.method} ${route.path}\` | ${route.summary} | ${takes.join(', ')} | \`${field.name}\`: ${answer} |`;
  });
  const table = ['| request | | takes | of the graph |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return { path: 'docs/front-end/rest.md', text: `${introduction}\n${table}\n` };
}
