import { encodeId, idPrefixes, isUuid, parseId, type EntityType } from '@marquee/kernel';

/** Streams that are not named for the graph's own word. */
const otherNames: Readonly<Record<string, EntityType>> = {
  block: 'PlaceBlock',
  booking: 'SpaceBooking',
  series: 'EventSeries',
  session: 'SignInSession',
};

const typeOf = new Map<string, EntityType>([
  ...(Object.keys(idPrefixes) as EntityType[]).map((type): [string, EntityType] => [
    type.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase(),
    type,
  ]),
  ...Object.entries(otherNames),
]);

/** The id by which the graph knows what a stream is about; null where it is no thing of the graph. */
export function subjectIdOf(stream: string): string | null {
  const type = typeOf.get(stream.slice(0, -37));
  const uuid = stream.slice(-36);
  return type && isUuid(uuid) ? encodeId(type, uuid) : null;
}

/** The streams that may be about a thing of the graph; null for what is no id. */
export function streamsAbout(subjectId: string): string[] | null {
  const parsed = parseId(subjectId);
  if (!parsed) return null;
  const names = [...typeOf].filter(([, type]) => type === parsed.type).map(([name]) => name);
  return names.map((name) => `${name}-${parsed.uuid}`);
}
