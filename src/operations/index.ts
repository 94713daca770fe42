import type { Operation } from './operation.ts';
import * as registry from './registry.ts';

/** All operations by name, in an order that does not depend on how the registry was loaded: plans are drawn from it. */
export const OPERATIONS: readonly Operation[] = Object.values(registry).toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** The names of all operations. */
export const OPERATION_NAMES: readonly string[] = OPERATIONS.map(({ name }) => name);

/** The names of those that a run draws from unless it says otherwise. */
export const USUAL_NAMES: readonly string[] = OPERATIONS.filter(({ onRequest }) => !onRequest).map(({ name }) => name);

/** The operations with these names, in the registry's order whatever the order of the names. */
export function operationsNamed(names: readonly string[]): readonly Operation[] {
  return OPERATIONS.filter(({ name }) => names.includes(name));
}
