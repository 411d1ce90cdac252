export { flagCatalogue, isFlagName, type FlagName } from './catalogue.ts';
export { flagSettings, openFlags, type FlagOptions, type Flags } from './flags.ts';
export { FlagRuleError, parseRule, parseRules, ruleOfNobody, decide, type FlagRule } from './rule.ts';
