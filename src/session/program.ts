/** The program's version, as in package.json; a test holds the two together. */
export const VERSION = '0.1.0';

/** The program by name and version, as it stands in records. */
export const PROGRAM = `disk-image-differential-fuzz ${VERSION}`;
