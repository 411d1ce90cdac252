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
import { forbidden, unauthenticated } from './errors.ts';
import type { Viewer } from './viewer.ts';

/** What one directive asks for: to be signed in, and to hold all the scopes of at least one of the sets. */
type Requirement = { readonly anyOf: readonly (readonly string[])[] };

export type ViewerOf = (context: unknown) => Viewer | undefined;

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
): GraphQLFieldResolver<unknown, unknown> {
  return (source, args, context, info) => {
    judge(viewerOf(context), requirements);
    return resolve(source, args, context, info);
  };
}

/**
 * Makes `@authenticated` and `@requiresScopes` hold, by wrapping resolvers in place: @apollo/gateway does not enforce
 * them, and a subgraph may be reached without it. A directive on a type counts for each field of the type and for
 * each field that answers it. Every root field, `_entities` too, needs a viewer whether it says so or not.
 */
export function enforceAccess(schema: GraphQLSchema, viewerOf: ViewerOf): void {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const requirements = [
        ...requirementsOf(type),
        ...requirementsOf(field),
        ...requirementsOf(getNamedType(field.type)),
      ];
      if (requirements.length === 0 && !roots.has(type)) continue;
      field.resolve = guard(field.resolve ?? defaultFieldResolver, requirements, viewerOf);
      if (field.subscribe) field.subscribe = guard(field.subscribe, requirements, viewerOf);
    }
  }
}
