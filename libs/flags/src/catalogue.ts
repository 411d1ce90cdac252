/** Every switch of the platform, and what is so when it is off. All are on unless somebody says otherwise. */
export const flagCatalogue = {
  'rate-limits':
    'Budgets of callers. Off: nobody is refused for asking too much, and no RateLimit headers are sent.',
  'response-cache': 'Answers kept by the gateway. Off: each question goes to the services.',
  breakers:
    'Breakers before services, providers, plugins and webhook endpoints. Off: what fails is asked each time.',
  plugins:
    'What plugins say at sales and doors. Off: none of an organisation is asked, not even one that must be heard.',
} as const;

export type FlagName = keyof typeof flagCatalogue;

export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flagCatalogue, name);
}
