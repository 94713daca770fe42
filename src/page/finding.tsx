import type { PageDetails, PageFinding, PageRow } from '../report/page/model.ts';
import { Bytes } from './bytes.tsx';
import { Code } from './code.tsx';
import { standingWords } from './words.ts';

interface FindingProps {
  readonly finding: PageFinding;
  readonly isOpen: boolean;
  readonly toggle: (id: string) => void;
}

/** One finding: a line to recognise it by, and its details when it is open. */
export function Finding({ finding, isOpen, toggle }: FindingProps) {
  const { id, kind, title, severity, sightings, details } = finding;
  const standing = standingWords(finding);
  return (
    <article class="finding" id={id}>
      <h3>
        <button type="button" aria-expanded={isOpen} onClick={() => toggle(id)}>
          <span class={`severity ${severity}`}>{severity}</span>
          <span class="title">{title}</span>
          <span class="quiet about">
            {standing && <span class={`standing ${finding.standing}`}>{standing}</span>}
            {kind === 'bug' && sightings > 0 && <span>{sightings} ×</span>}
            <span class="id">{id}</span>
          </span>
        </button>
      </h3>
      {isOpen &&
        (details ? (
          <Details finding={finding} details={details} />
        ) : (
          <p>Its details have no room here; they stand in the record.</p>
        ))}
    </article>
  );
}

function Details({ finding, details }: { readonly finding: PageFinding; readonly details: PageDetails }) {
  const { severityWords, explanation, rows, bytes, traits, type } = details;
  return (
    <div class="details">
      <p>
        {explanation} <b>{finding.severity}</b>: {severityWords}.
      </p>
      <Difference rows={rows} expected={details.expectedLabel} />
      {bytes && <Bytes bytes={bytes} />}
      {traits.length > 0 && (
        <p>
          Shows only with:{' '}
          {traits.map((trait) => (
            <code key={trait}>{trait}</code>
          ))}
        </p>
      )}
      <Notes details={details} />
      <Jury jury={details.jury} />
      <Reproducer details={details} />
      <p class="quiet">
        type <code>{type}</code>
        {finding.kind === 'bug' ? ' · fingerprint ' : ' · '}
        <code>{finding.id}</code> · in the report directory: <code>{details.folder}</code>
      </p>
    </div>
  );
}

function Difference({ rows, expected }: { readonly rows: readonly PageRow[]; readonly expected: string }) {
  return (
    <table class="difference">
      <caption class="unseen">What each side did</caption>
      <thead>
        <tr>
          <th scope="col">what</th>
          <th scope="col">{expected}</th>
          <th scope="col">got (subject)</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, reference, subject }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="expected" data-side="expected">
              {reference}
            </td>
            <td class="got" data-side="got">
              {subject}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Notes({ details: { notes, issue } }: { readonly details: PageDetails }) {
  return (
    <ul>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      {issue && (
        <li>
          <a href={issue.url} rel="noreferrer noopener">
            issue #{issue.number}
          </a>
        </li>
      )}
    </ul>
  );
}

function Jury({ jury }: Pick<PageDetails, 'jury'>) {
  if (jury.length === 0) return null;
  return (
    <>
      <h4>The jury on its smallest case</h4>
      <ul>
        {jury.map(({ juror, says }) => (
          <li key={juror}>
            {juror}: <b>{says}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function Reproducer({
  details: { script, runsScript, scriptNote, replay, folder },
}: {
  readonly details: PageDetails;
}) {
  return (
    <>
      {script !== undefined && <Code title="The script that shows it" text={script} />}
      {runsScript !== undefined && (
        <Code title="Run the script, once it is saved as repro.sh in the directory of the subject" text={runsScript} />
      )}
      {scriptNote && (
        <p class="quiet">
          The script {folder}/repro.sh: {scriptNote}
        </p>
      )}
      <Code title="Run the whole case again, in a clone of disk-image-differential-fuzz" text={replay} />
    </>
  );
}
