import { createHash } from 'node:crypto';
import { flagCatalogue, isFlagName, type FlagName } from './catalogue.ts';

/** For whom a flag is on. */
export type FlagRule = {
  /** Of all who are not named below, 0 to 100: the same ones at each asking, and at a higher share these and more. */
  readonly percent: number;
  /** Organisations, by their UUID, for which it is on or off whatever the share. */
  readonly organisations: Readonly<Record<string, boolean>>;
};

export type Rules = ReadonlyMap<FlagName, FlagRule>;

/** A rule that cannot be taken; the message names the field and what it must be. */
export class FlagRuleError extends Error {
  override readonly name = 'FlagRuleError';
}

export const ruleOfNobody: FlagRule = { percent: 100, organisations: {} };

/** What decided, in OpenFeature's words: `DEFAULT` where no rule is there. */
export type Decision = {
  readonly value: boolean;
  readonly reason: 'DEFAULT' | 'TARGETING_MATCH' | 'SPLIT' | 'STATIC';
};

/** Where between 0 and 100 somebody stands for one flag: elsewhere for another, else the same would try all that is new. */
function placeOf(flag: FlagName, key: string): number {
  return createHash('sha256').update(`${flag}\n${key}`).digest().readUInt32BE(0) / (2 ** 32 / 100);
}

/** Whether a flag is on for a key: an organisation's UUID, or whatever else tells one who asks from another. */
export function decide(flag: FlagName, rule: FlagRule | undefined, key: string): Decision {
  if (!rule) return { value: true, reason: 'DEFAULT' };
  const own = rule.organisations[key];
  if (own !== undefined) return { value: own, reason: 'TARGETING_MATCH' };
  if (rule.percent <= 0 || rule.percent >= 100) return { value: rule.percent >= 100, reason: 'STATIC' };
  return { value: placeOf(flag, key) < rule.percent, reason: 'SPLIT' };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One rule as it stands in a file or in NATS. Throws a FlagRuleError. */
export function parseRule(flag: string, value: unknown): FlagRule {
  const refuse = (what: string) => new FlagRuleError(`${flag}: ${what}`);
  if (!isObject(value)) throw refuse('must be an object such as {"percent": 25}');
  const { percent = 100, organisations = {}, ...others } = value;
  const [other] = Object.keys(others);
  if (other !== undefined) throw refuse(`has no "${other}", but "percent" and "organisations"`);
  if (typeof percent !== 'number' || !(percent >= 0 && percent <= 100))
    throw refuse(`percent must be a number from 0 to 100, not ${JSON.stringify(percent)}`);
  if (!isObject(organisations) || Object.values(organisations).some((each) => typeof each !== 'boolean'))
    throw refuse('organisations must be true or false by UUID');
  return { percent, organisations: organisations as Record<string, boolean> };
}

/** A file of rules: an object by flag. Throws a FlagRuleError that names what is wrong. */
export function parseRules(text: string): Rules {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FlagRuleError('is no JSON', { cause });
  }
  if (!isObject(value)) throw new FlagRuleError('must be an object by flag');
  return new Map(
    Object.entries(value).map(([flag, rule]) => {
      if (!isFlagName(flag))
        throw new FlagRuleError(`${flag} is no flag; there are ${Object.keys(flagCatalogue).join(', ')}`);
      return [flag, parseRule(flag, rule)];
    }),
  );
}
