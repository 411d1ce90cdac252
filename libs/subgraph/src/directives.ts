import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLSchema,
  valueFromASTUntyped,
} from 'graphql';
import { parseId, type EntityType } from '@marquee/kernel';
import { actsWithin, areOfStaff, idsIn, type EventsOf } from './confine.ts';
import { forbidden, unauthenticated } from './errors.ts';
import type { Viewer } from './viewer.ts';

/** What one directive asks for: to be signed in, and to hold all the scopes of at least one of the sets. */
type Requirement = { readonly anyOf: readonly (readonly string[])[] };

export type ViewerOf = (context: unknown) => Viewer | undefined;

/** How members that are confined to events are held to them. */
export type Confinement = {
  readonly eventsOf: EventsOf;
  /** The context as a viewer has it that is not confined. */
  readonly unconfined: (context: unknown, viewer: Viewer) => unknown;
};

function directivesOf(
  element: GraphQLNamedType | GraphQLField<unknown, unknown>,
): readonly ConstDirectiveNode[] {
  const extensions = 'extensionASTNodes' in element ? (element.extensionASTNodes ?? []) : [];
  return [element.astNode, ...extensions].flatMap((node) => node?.directives ?? []);
}

function requirementsOf(element: GraphQLNamedType | GraphQLField<unknown, unknown>): Requirement[] {
  return directivesOf(element).flatMap((directive): Requirement[] => {
    if (directive.name.value === 'authenticated') return [{ anyOf: [] }];
    if (directive.name.value !== 'requiresScopes') return [];
    const scopes = directive.arguments?.find((argument) => argument.name.value === 'scopes');
    return [{ anyOf: scopes ? (valueFromASTUntyped(scopes.value) as string[][]) : [] }];
  });
}

function describe({ anyOf }: Requirement): string {
  return anyOf.map((all) => all.join(' and ')).join(', or ');
}

function judge(viewer: Viewer | undefined, requirements: readonly Requirement[]): void {
  if (!viewer) throw unauthenticated();
  for (const requirement of requirements) {
    const { anyOf } = requirement;
    const met =
      anyOf.length === 0 || anyOf.some((all) => all.every((scope) => viewer.scopes.includes(scope)));
    if (!met) throw forbidden(`This needs the scope ${describe(requirement)}.`);
  }
}

function guard(
  resolve: GraphQLFieldResolver<unknown, unknown>,
  requirements: readonly Requirement[],
  viewerOf: ViewerOf,
  confinement: Confinement | undefined,
  forAccounts: boolean,
): GraphQLFieldResolver<unknown, unknown> {
  const asStaff = requirements.some(({ anyOf }) => anyOf.length > 0 && anyOf.every(areOfStaff));
  return (source, args, context, info) => {
    const viewer = viewerOf(context);
    judge(viewer, requirements);
    if (forAccounts && viewer?.orderId)
      throw forbidden('Sign in to do this: a link to an order is not enough.');
    if (!viewer?.eventIds || !confinement) return resolve(source, args, context, info);
    const { eventsOf, unconfined } = confinement;
    const of = info.parentType.name as EntityType;
    const field = info.parentType.getFields()[info.fieldName]!;
    const own = isIdentified(source) ? [{ type: of, id: bareId(source.id) }] : [];
    const things = [...idsIn(field, args), ...own];
    return actsWithin(viewer, things, eventsOf).then((within) => {
      if (within) return resolve(source, args, unconfined(context, viewer), info);
      if (asStaff) throw forbidden('You may do this at the events that you were given alone.');
      return resolve(source, args, context, info);
    });
  };
}

const isIdentified = (source: unknown): source is { readonly id: string } =>
  typeof (source as { id?: unknown } | null | undefined)?.id === 'string';
const bareId = (id: string): string => parseId(id)?.uuid ?? id;

/**
 * Makes `@authenticated` and `@requiresScopes` hold, by wrapping resolvers in place: @apollo/gateway does not enforce
 * them, and a subgraph may be reached without it. A directive on a type counts for each field of the type and for
 * each field that answers it. A member that is confined to events is held to them in the same place: what needs the
 * scopes of staff is refused unless all that it names is of its events. Every root field, `_entities` too, needs a viewer whether it says so or not.
 */
export function enforceAccess(schema: GraphQLSchema, viewerOf: ViewerOf, confinement?: Confinement): void {
  const mutation = schema.getMutationType();
  const roots = new Set([schema.getQueryType(), mutation, schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const requirements = [
        ...requirementsOf(type),
        ...requirementsOf(field),
        ...requirementsOf(getNamedType(field.type)),
      ];
      if (requirements.length === 0 && !roots.has(type)) continue;
      // Open to whoever is signed in, which one who came by an order's link is not.
      const forAccounts = type === mutation && requirements.every(({ anyOf }) => anyOf.length === 0);
      const guarded = (resolve: GraphQLFieldResolver<unknown, unknown>) =>
        guard(resolve, requirements, viewerOf, confinement, forAccounts);
      field.resolve = guarded(field.resolve ?? defaultFieldResolver);
      if (field.subscribe) field.subscribe = guarded(field.subscribe);
    }
  }
}
