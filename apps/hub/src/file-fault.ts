/** As `Compile` of TypeBox makes it. */
type Validator = {
  Check(value: unknown): boolean;
  Errors(value: unknown): Iterable<{ readonly instancePath: string; readonly message: string }>;
};

/** The first thing that is wrong with what is in an operator's file, such as `/taxes/0/rateBp must be integer`; null where it fits. */
export function fileFault(validator: Validator, value: unknown): string | null {
  if (validator.Check(value)) return null;
  const [fault] = validator.Errors(value);
  if (!fault) return 'is malformed';
  // What TypeBox says of a property that a closed object does not have.
  const message = fault.message === 'schema is false' ? 'is no field of it' : fault.message;
  return `${fault.instancePath} ${message}`.trim();
}
