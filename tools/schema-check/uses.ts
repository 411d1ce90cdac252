import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';

type Uses = { readonly coordinates: readonly string[] };

/** Everything below the input types that an operation takes in variables: what of it is sent is not known. */
function addInputs(schema: GraphQLSchema, name: string, found: Set<string>, met: Set<string>): void {
  const type = schema.getType(name);
  if (!isInputObjectType(type) || met.has(name)) return;
  met.add(name);
  for (const field of Object.values(type.getFields())) {
    const inner = getNamedType(field.type);
    found.add(`${name}.${field.name}`).add(inner.name);
    addInputs(schema, inner.name, found, met);
  }
}

/** All coordinates that an operation may use. */
function allOf(schema: GraphQLSchema, { coordinates }: Uses): ReadonlySet<string> {
  const found = new Set(coordinates);
  const met = new Set<string>();
  for (const coordinate of coordinates) {
    if (!coordinate.includes('.')) addInputs(schema, coordinate, found, met);
  }
  return found;
}

/** Answers whether an operation uses a coordinate: `Venue`, `Venue.name`, `Query.venue.id`, `Status.OPEN`. */
export function createUseOf(schema: GraphQLSchema): (operation: Uses, coordinate: string) => boolean {
  const known = new WeakMap<Uses, ReadonlySet<string>>();
  return (operation, coordinate) => {
    const all = known.get(operation) ?? allOf(schema, operation);
    known.set(operation, all);
    if (all.has(coordinate)) return true;
    const [name = '', field, argument] = coordinate.split('.');
    const type = schema.getType(name);
    // A value of an enum may come in an answer or a variable, where no text names it.
    if (isEnumType(type)) return all.has(name);
    // Asked for through an interface.
    const isField = field !== undefined && argument === undefined;
    if (isField && (isObjectType(type) || isInterfaceType(type))) {
      return type.getInterfaces().some((one) => all.has(`${one.name}.${field}`));
    }
    return false;
  };
}

/** Whether an operation sends anything of this input type. */
export function sendsAnyOf(operation: Uses, input: string, uses: ReturnType<typeof createUseOf>): boolean {
  return uses(operation, input) || operation.coordinates.some((one) => one.startsWith(`${input}.`));
}
