import type { OutputChunk } from 'rolldown';

export function bundle(directory: string): Promise<OutputChunk[]>;
export function packageFolder(id: string): string | undefined;
