import { notLessConsistent } from './consistency.ts';
import { sameContent } from './content.ts';
import type { Oracle } from './observation.ts';
import { sameSnapshots } from './snapshots.ts';
import { sameToThirdReader } from './third-reader.ts';

/** What is asked about each image that both sides left, beside how the reference describes it: all that a guest may read comes first. */
export const sameImage: readonly Oracle[] = [sameContent, sameSnapshots, notLessConsistent, sameToThirdReader];
