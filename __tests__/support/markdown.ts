import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** A text as GitHub's Markdown reads it. */
export const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

type Root = ReturnType<typeof fromMarkdown>;
type Nodes = Root | Root['children'][number];

/** All of a document but what stands in code: its tree, every text, link and piece of HTML. */
export function treeOf(markdown: string): unknown {
  return skeleton(parse(markdown));
}

function skeleton(node: Nodes): unknown {
  if (node.type === 'inlineCode' || node.type === 'code') return node.type;
  const { type, children, position: _, ...own } = { children: [], ...node };
  return [type, own, children.map((child) => skeleton(child as Nodes))];
}
