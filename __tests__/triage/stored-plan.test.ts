import { describe, expect, it } from 'vitest';
import { OPERATIONS, USUAL_NAMES } from '../../src/operations/index.ts';
import { plansOf } from '../../src/session/plans.ts';
import { BadPlan, parsePlan } from '../../src/triage/stored-plan.ts';

const plan = JSON.parse(JSON.stringify(plansOf('stored', USUAL_NAMES)(0)));
const options = { target: 'raw' };
const step = { kind: 'run', position: 1, operation: 'convert', options, twin: 'none' };
const write = { kind: 'data', offset: 0, length: 512, byte: 1 };
const endless = { kind: 'data', offset: 0, length: 2 ** 50, byte: 0 };

describe('a stored plan', () => {
  it.each([
    ['no object', 'text'],
    ['of another version', { ...plan, version: 99 }],
    ['with a member that no plan has', { ...plan, command: 'rm' }],
    ['with a size that is never drawn', { ...plan, source: { ...plan.source, size: 3 } }],
    ['with an endless write', { ...plan, source: { ...plan.source, writes: [endless] } }],
    ['with data of no kind', { ...plan, source: { ...plan.source, writes: [{ ...write, content: '../../etc' }] } }],
    ['with a mistake that nobody makes', { ...plan, steps: [{ ...step, mistakes: ['rm -rf'] }] }],
    ['with a feature that there is not', { ...plan, swarm: ['shell'] }],
    ['without steps', { ...plan, steps: [] }],
    ['with too many steps', { ...plan, steps: Array(100).fill(step) }],
    ['with two steps in one place', { ...plan, steps: [step, step] }],
    ['of an unknown operation', { ...plan, steps: [{ ...step, operation: 'format' }] }],
    ['with an option that is never drawn', { ...plan, steps: [{ ...step, options: { target: '/etc/passwd' } }] }],
    ['with an option too many', { ...plan, steps: [{ ...step, options: { ...options, shell: 'x' } }] }],
    ['with an index that is no number', { ...plan, index: '../../etc' }],
  ])('%s is refused', (_what, json) => {
    expect(() => parsePlan(json, OPERATIONS, 'plan.json')).toThrow(BadPlan);
  });

  it('of before there was noise is accepted', () => {
    const source = { ...plan.source, writes: [write, { ...write, content: 'incompressible' }] };
    expect(parsePlan({ ...plan, source }, OPERATIONS, 'plan.json').source).toEqual(source);
  });

  it('with nothing wrong is accepted', () => {
    expect(parsePlan({ ...plan, steps: [step] }, OPERATIONS, 'plan.json').steps).toEqual([step]);
  });
});
