/** The start and the end of a script, of so many characters together: whole lines where they are short enough, and how much is missing between them. */
export function cutInTheMiddle(text: string, characters: number): string {
  if (text.length <= characters || characters === 0) return text.slice(0, characters);
  const half = Math.floor(characters / 2);
  const start = text.slice(0, half).replace(/\n[^\n]*$/, '');
  const end = text.slice(-half).replace(/^[^\n]*\n/, '');
  return `${start}\n# … ${text.length - start.length - end.length} characters are left out here …\n${end}`;
}
