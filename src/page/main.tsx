/** The page's program: it reads the run's data from the page itself and shows them. It sets text and nothing else, and asks nobody. */
import { render } from 'preact';
import type { PageData } from '../report/page/model.ts';
import { Page } from './page.tsx';

const root = document.getElementById('page');
const text = document.getElementById('data')?.textContent;
if (root && text) {
  root.replaceChildren();
  render(<Page data={JSON.parse(text) as PageData} />, root);
}
