import { run } from './action/run.ts';

await run();
// Whatever a broken sandbox left open must not keep the step from ending.
process.exit();
