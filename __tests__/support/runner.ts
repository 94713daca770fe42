/** The runner's own rules for what a command is in a line of a log: src/Runner.Common/ActionCommand.cs of https://github.com/actions/runner */
export const isCommand = (line: string) => line.trimStart().startsWith('::') || line.includes('##[');
