import { runCommandLine } from './command-line/run.ts';

process.exit(await runCommandLine(process.argv.slice(2)));
