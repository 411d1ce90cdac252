import {
  ErrorCode,
  OpenFeatureEventEmitter,
  StandardResolutionReasons,
  type EvaluationContext,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import { isFlagName } from './catalogue.ts';
import { decide, type Rules } from './rule.ts';

/** All flags are switches. */
async function noSwitch<T>(flag: string, defaultValue: T): Promise<ResolutionDetails<T>> {
  const errorMessage = `${flag} is a switch: ask for a boolean`;
  return {
    value: defaultValue,
    reason: StandardResolutionReasons.ERROR,
    errorCode: isFlagName(flag) ? ErrorCode.TYPE_MISMATCH : ErrorCode.FLAG_NOT_FOUND,
    errorMessage,
  };
}

/** The flags for OpenFeature: the targeting key is the organisation's UUID. */
export function createProvider(rules: () => Rules): Provider & { readonly events: OpenFeatureEventEmitter } {
  return {
    metadata: { name: 'marquee' },
    runsOn: 'server',
    events: new OpenFeatureEventEmitter(),
    resolveBooleanEvaluation: async (
      flag: string,
      defaultValue: boolean,
      { targetingKey = '' }: EvaluationContext,
    ): Promise<ResolutionDetails<boolean>> => {
      if (isFlagName(flag)) return decide(flag, rules().get(flag), targetingKey);
      return {
        value: defaultValue,
        reason: StandardResolutionReasons.ERROR,
        errorCode: ErrorCode.FLAG_NOT_FOUND,
        errorMessage: `there is no flag ${flag}`,
      };
    },
    resolveStringEvaluation: noSwitch,
    resolveNumberEvaluation: noSwitch,
    resolveObjectEvaluation: noSwitch,
  };
}
