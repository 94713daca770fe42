import { useRef, useState } from 'preact/hooks';
import { Scrolls } from './scrolls.tsx';

interface CodeProps {
  readonly title: string;
  readonly text: string;
}

/** Commands to be read and copied. */
export function Code({ title, text }: CodeProps) {
  const [said, say] = useState('Copy');
  const code = useRef<HTMLPreElement>(null);
  return (
    <figure class="code">
      <figcaption>
        <span>{title}</span>
        <button
          type="button"
          aria-label={`${said}: ${title}`}
          onClick={async () => say(await copied(text, code.current))}
        >
          {said}
        </button>
      </figcaption>
      <Scrolls name={title}>
        <pre ref={code}>{text}</pre>
      </Scrolls>
    </figure>
  );
}

/** Where the clipboard is closed to us, the text is selected instead. */
async function copied(text: string, element: HTMLElement | null): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    if (element) getSelection()?.selectAllChildren(element);
    return 'Selected: press Ctrl+C';
  }
}
