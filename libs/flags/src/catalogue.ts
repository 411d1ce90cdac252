/** Every switch of the platform, and what is so when it is off. All are on unless somebody says otherwise. */
export const flagCatalogue = {
  'rate-limits':
    'Budgets of callers. Off: nobody is refused for asking too much, and no RateLimit headers are sent.',
  'response-cache': 'Answers kept by the gateway. Off: each question goes to the services.',
  breakers: 'Breakers before the services. Off: a service that fails is asked each time.',
} as const;

export type FlagName = keyof typeof flagCatalogue;

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flagCatalogue, name);
}
