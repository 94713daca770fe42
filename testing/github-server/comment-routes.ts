import { type Answer, invalidField, Refusal, refuseLongText } from './answers.ts';
import { type Call, fieldsOf, isSince, issueOf, writerOf } from './call.ts';
import { pageOf } from './paging.ts';
import { addressOf, renderComment } from './render.ts';

/** Lists an issue's comments, oldest first. */
export function listComments(call: Call): Answer {
  const comments = call.store
    .commentsOn(issueOf(call).number)
    .filter(({ createdAt }) => isSince(createdAt, call.query));
  return pageOf(comments, call, (comment) => renderComment(comment, call.place));
}

/** Comments on an issue, open or closed. */
export function createComment(call: Call): Answer {
  const { number } = issueOf(call);
  const user = writerOf(call);
  const { body } = fieldsOf<{ readonly body: string }>(call);
  const field = { resource: 'IssueComment', field: 'body' } as const;
  if (body.trim() === '') throw new Refusal(invalidField({ ...field, code: 'missing_field' }));
  refuseLongText(field, body, 65_536);
  const comment = call.store.addComment(number, body, user);
  const headers = { location: addressOf(call.place, `/issues/comments/${comment.id}`) };
  return { status: 201, headers, body: renderComment(comment, call.place) };
}
