/** What a container engine's own command line needs of our environment; nothing else of it is passed on. */
const ENGINE_VARIABLES = [
  'PATH',
  'HOME',
  'XDG_RUNTIME_DIR',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'CONTAINER_HOST',
] as const;

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The environment of the engine's command line, by allow-list: no token of the runner is among it. */
export function engineEnvironment(from: NodeJS.ProcessEnv): Record<string, string> {
  const entries = ENGINE_VARIABLES.flatMap((name) => {
    const value = from[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { PATH: DEFAULT_PATH, ...Object.fromEntries(entries) };
}

/**
 * The environment of every command under test: an empty HOME, so that no configuration file of either tool applies, and
 * a fixed zone and language. In a container the search path is the fixed one, outside it the machine's own.
 */
export function commandEnvironment(home: string, path: string = DEFAULT_PATH): Record<string, string> {
  return { PATH: path, HOME: home, TMPDIR: home, TZ: 'UTC', LC_ALL: 'C' };
}
