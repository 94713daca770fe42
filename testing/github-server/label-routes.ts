import { type Answer, errorAnswer, invalidField, Refusal, refuseLongText } from './answers.ts';
import { type Call, fieldsOf, writerOf } from './call.ts';
import { pageOf } from './paging.ts';
import { addressOf, renderLabel } from './render.ts';

interface LabelFields {
  readonly name: string;
  readonly color?: string;
  readonly description?: string;
}

/** A name that a label can have. */
export function checkedLabelName(name: string): string {
  const field = { resource: 'Label', field: 'name' } as const;
  if (name.trim() === '') throw new Refusal(invalidField({ ...field, code: 'missing_field' }));
  refuseLongText(field, name, 50);
  return name;
}

/** Lists the repository's labels. */
export function listLabels(call: Call): Answer {
  return pageOf(call.store.labels, call, (label) => renderLabel(label, call.place));
}

/** Shows the label of a name. */
export function getLabel({ store, place, params }: Call): Answer {
  const label = store.findLabel(params['name'] ?? '');
  if (label === undefined) throw new Refusal(errorAnswer(404, 'Not Found'));
  return { status: 200, body: renderLabel(label, place) };
}

/** Makes a label. Who may not push is told that there is nothing here. */
export function createLabel(call: Call): Answer {
  if (!writerOf(call).push) throw new Refusal(errorAnswer(404, 'Not Found'));
  const { name, color = 'ededed', description = null } = fieldsOf<LabelFields>(call);
  const refused = (field: string, code: 'already_exists' | 'invalid') =>
    new Refusal(invalidField({ resource: 'Label', field, code }));
  checkedLabelName(name);
  if (call.store.findLabel(name) !== undefined) throw refused('name', 'already_exists');
  if (!/^[\da-f]{6}$/i.test(color)) throw refused('color', 'invalid');
  refuseLongText({ resource: 'Label', field: 'description' }, description ?? '', 100);
  const label = call.store.labelFor(name, { color, description });
  const headers = { location: addressOf(call.place, `/labels/${encodeURIComponent(name)}`) };
  return { status: 201, headers, body: renderLabel(label, call.place) };
}
