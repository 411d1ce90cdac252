import type { Draft } from './draft.ts';
import { draftFeature } from './feature.ts';
import { NewError, type Names } from './names.ts';
import { renderTemplate } from './templates.ts';

/** A service that runs, with a first feature: a graph needs at least one field. */
export function draftService(draft: Draft, root: string, names: Names, nowMs: number): void {
  const folder = `apps/${names.service}`;
  if (draft.has(`${folder}/package.json`)) throw new NewError(`${folder} is there already.`);
  for (const { path, content } of renderTemplate('service', names))
    draft.create(`${folder}/${path}`, content);
  draftFeature(draft, root, names, nowMs);
}
