import { visit, type DocumentNode } from 'graphql';

/** `Use Venue.title. Goes on 2027-06-30.` */
const promise = /^(?:Use `?[\w.]+`?|Nothing replaces it)\b.*\bGoes on \d{4}-\d{2}-\d{2}\.$/s;

/**
 * What is deprecated says what to use in its place and the day from which it may go, in words that
 * `npm run check:schema` holds us to.
 */
export function findUndatedDeprecations(name: string, document: DocumentNode): string[] {
  const faults: string[] = [];
  visit(document, {
    Directive(directive) {
      if (directive.name.value !== 'deprecated') return;
      const value = directive.arguments?.find((argument) => argument.name.value === 'reason')?.value;
      const reason = value && 'value' in value ? String(value.value) : '';
      if (promise.test(reason)) return;
      faults.push(
        `${name}: @deprecated(reason: "${reason}") must read like "Use Venue.title. Goes on 2027-06-30." or "Nothing replaces it. Goes on 2027-06-30."`,
      );
    },
  });
  return faults;
}
