import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { Type, type Static } from 'typebox';

const title = Type.String({ minLength: 1, maxLength: 200 });
const common = { title, required: Type.Optional(Type.Boolean()) };

/**
 * What a setting may be. A small language of our own and not JSON Schema: it comes from strangers, and has neither
 * patterns that run for years nor anything that is compiled to code.
 */
export const settingSchema = Type.Union([
  Type.Object({
    ...common,
    type: Type.Union([Type.Literal('integer'), Type.Literal('number')]),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    default: Type.Optional(Type.Number()),
  }),
  Type.Object({
    ...common,
    type: Type.Union([Type.Literal('text'), Type.Literal('url'), Type.Literal('instant')]),
    default: Type.Optional(Type.String({ maxLength: 2_000 })),
  }),
  Type.Object({ ...common, type: Type.Literal('boolean'), default: Type.Optional(Type.Boolean()) }),
  Type.Object({
    ...common,
    type: Type.Literal('choice'),
    choices: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 50 }),
    default: Type.Optional(Type.String({ maxLength: 100 })),
  }),
]);

export type Setting = Static<typeof settingSchema>;
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** What was given, with the defaults of what was not; refuses what the plugin does not know, wants or take. */
export function readSettings(
  known: Readonly<Record<string, Setting>>,
  given: unknown,
): Outcome<Settings, InvalidInput> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return invalid('settings', 'must be a JSON object');
  const values = given as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(values))
    if (!Object.hasOwn(known, name)) return invalid(`settings.${name}`, 'is no setting of this plugin');
  const settings: Record<string, string | number | boolean> = {};
  for (const [name, setting] of Object.entries(known)) {
    const value = values[name] ?? setting.default;
    if (value === undefined || value === null) {
      if (setting.required) return invalid(`settings.${name}`, `must be given: ${setting.title}`);
      continue;
    }
    const fault = faultOf(setting, value);
    if (fault) return invalid(`settings.${name}`, fault);
    settings[name] = value as string | number | boolean;
  }
  return accept(settings);
}

function faultOf(setting: Setting, value: unknown): string | null {
  switch (setting.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'choice':
      return setting.choices.includes(value as string)
        ? null
        : `must be one of ${setting.choices.join(', ')}`;
    case 'integer':
    case 'number':
      return numberFault(setting, value);
    case 'text':
    case 'url':
    case 'instant':
      if (typeof value !== 'string' || value.length > 2_000)
        return 'must be a text of at most 2,000 characters';
      if (setting.type === 'url' && !URL.canParse(value)) return 'must be a URL';
      return setting.type === 'instant' && !isInstant(value)
        ? 'must be an instant such as 2027-03-20T19:00:00Z'
        : null;
  }
}

function numberFault(
  { type, minimum = -Infinity, maximum = Infinity }: Extract<Setting, { readonly minimum?: number }>,
  value: unknown,
): string | null {
  const isOne =
    typeof value === 'number' && (type === 'number' ? Number.isFinite(value) : Number.isSafeInteger(value));
  if (!isOne) return type === 'integer' ? 'must be a whole number' : 'must be a number';
  return value < minimum || value > maximum ? `must be from ${minimum} to ${maximum}` : null;
}

const isInstant = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
  !Number.isNaN(Date.parse(text));
