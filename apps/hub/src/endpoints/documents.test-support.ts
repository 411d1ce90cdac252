/** What an integrator asks the hub. */
export const documents = {
  create: `mutation Create($input: CreateWebhookEndpointInput!) {
    createWebhookEndpoint(input: $input) {
      __typename
      ... on WebhookEndpointCreated { endpoint { id url eventTypes status publicKey pinnedVersion filter } secret }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`,
  update: `mutation Update($input: UpdateWebhookEndpointInput!) {
    updateWebhookEndpoint(input: $input) {
      __typename
      ... on WebhookEndpointUpdated { endpoint { id url eventTypes selection filter ratePerSecond ordered } }
      ... on InvalidInput { field }
      ... on Refusal { message }
    }
  }`,
  pause: `mutation Pause($id: ID!) { pauseWebhookEndpoint(id: $id) {
    __typename ... on WebhookEndpointChanged { endpoint { status } } } }`,
  resume: `mutation Resume($id: ID!) { resumeWebhookEndpoint(id: $id) {
    __typename ... on WebhookEndpointChanged { endpoint { status disabledBecause } } } }`,
  remove: `mutation Remove($id: ID!) { deleteWebhookEndpoint(id: $id) { __typename } }`,
  rotate: `mutation Rotate($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
    __typename ... on WebhookSecretRotated { secret } } }`,
  replay: `mutation Replay($input: ReplayDeliveriesInput!) {
    replayDeliveries(input: $input) {
      __typename ... on ReplayStarted { count more } ... on InvalidInput { field } ... on Refusal { message } } }`,
  test: `mutation Test($input: SendTestEventInput!) { sendTestEvent(input: $input) {
    __typename ... on TestEventSent { delivery { id eventType } } } }`,
  log: `query Log($id: ID!, $status: DeliveryStatus) {
    webhookEndpoint(id: $id) {
      id status disabledBecause
      deliveries(first: 100, status: $status) {
        edges { node { id eventId eventType status nextAttemptAt
          attempts { number statusCode durationMs startedAt error response } } }
      }
    }
  }`,
} as const;
