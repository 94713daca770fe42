import type { ComponentChildren } from 'preact';

/** A named part that may be wider than the page: it scrolls by itself, also by the keyboard. */
export function Scrolls({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark, of which each may be there once; a field set is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div class="scrolls" role="group" tabIndex={0} aria-label={name}>
      {children}
    </div>
  );
}
