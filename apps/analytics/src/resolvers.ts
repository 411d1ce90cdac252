import type { Resolvers } from './generated/schema.ts';
import { occurrencesResolvers } from './occurrences/occurrences.resolvers.ts';
import { salesResolvers } from './sales/sales.resolvers.ts';

export const resolvers: Resolvers = { ...occurrencesResolvers, ...salesResolvers };
