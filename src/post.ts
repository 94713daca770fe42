import { cleanUp } from './action/clean-up.ts';

await cleanUp();
