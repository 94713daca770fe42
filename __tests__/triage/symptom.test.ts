import { describe, expect, it } from 'vitest';
import { crashOf } from '../../src/oracles/ending.ts';
import type { TranscriptEntry } from '../../src/sandbox/transcript.ts';
import { symptomOf } from '../../src/triage/symptom.ts';
import type { Finding } from '../../src/verdict/finding.ts';
import { ended } from '../support/ended.ts';

const ADVICE = 'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n';

/** The symptom of a panic with these words, while something was asked for with a mistake or none. */
function symptomOfPanic(words: string, code = 101, mistake: { mistake?: string } = {}): string {
  const judgement = crashOf(ended(code, '', `${words}\n${ADVICE}`));
  if (judgement === undefined) throw new Error('that is no crash');
  return symptomOf({ ...judgement, operation: 'convert', step: 1, ...mistake }, []);
}

/** The symptom of a refusal with this message. */
function symptomOfRefusal(message: string, mistake: { mistake?: string } = {}): string {
  const ends = { subject: { kind: 'exited', code: 1 }, reference: { kind: 'exited', code: 0 } } as const;
  const finding: Finding = { kind: 'exit', type: 'exit_code_divergence', operation: 'x', step: 1, message, ...ends };
  return symptomOf({ ...finding, ...mistake }, []);
}

describe('the symptom of a panic', () => {
  const inFile = (file: string, line: number, what: string) => `thread 'main' panicked at ${file}:${line}:5:\n${what}`;

  it('tells panics of different files, and of different kinds, apart', () => {
    const overflow = symptomOfPanic(inFile('src/qcow2.rs', 10, 'attempt to add with overflow'));
    expect(symptomOfPanic(inFile('src/vhdx.rs', 10, 'attempt to add with overflow'))).not.toBe(overflow);
    expect(symptomOfPanic(inFile('src/qcow2.rs', 10, 'called Option::unwrap() on a None value'))).not.toBe(overflow);
  });

  it('is the same from another line, thread and image', () => {
    const one = symptomOfPanic(inFile('src/qcow2.rs', 10, 'the len is 3 but the index is 7'));
    const other = "thread 'worker' (77) panicked at /build/src/qcow2.rs:12:9:\nthe len is 12 but the index is 90";
    expect(symptomOfPanic(other)).toBe(one);
  });

  it('is the same whether what was asked for was right or mistaken', () => {
    const words = inFile('src/qcow2.rs', 10, 'no');
    expect(symptomOfPanic(words, 101, { mistake: 'huge-size' })).toBe(symptomOfPanic(words));
  });

  it('is that of the panic whatever the process then ends with', () => {
    expect(symptomOfPanic(inFile('src/a.rs', 1, 'no'), 1)).toContain('panicked at a.rs');
    expect(symptomOfPanic("thread 'main' panicked at 'no', src/a.rs:1:2")).toContain('panicked at');
  });
});

describe('the symptom of a refusal', () => {
  it('tells what is quoted as a whole, without names and numbers', () => {
    const one = symptomOfRefusal('Error: "compressed clusters are not supported in step1.qcow2"');
    expect(one).toContain('compressed clusters are not supported');
    expect(symptomOfRefusal('Error: "compressed clusters are not supported in step3.qcow2"')).toBe(one);
    expect(symptomOfRefusal('Error: "the chain is too deep"')).not.toBe(one);
  });

  it('is told apart by the mistake that was made', () => {
    expect(symptomOfRefusal('no', { mistake: 'huge-size' })).not.toBe(symptomOfRefusal('no'));
    expect(symptomOfRefusal('no', { mistake: 'huge-size' })).not.toBe(symptomOfRefusal('no', { mistake: 'zero-size' }));
  });
});

describe('the symptom of another size', () => {
  it('is another one for a disk than for an internal snapshot, whatever that is called', () => {
    const finding: Finding = { kind: 'size', type: 'x', operation: 'x', step: 1, file: 'a', subject: 1, reference: 2 };
    const symptom = (snapshot?: string) => symptomOf({ ...finding, ...(snapshot && { snapshot }) }, []);
    expect(symptom()).toBe('["","size","smaller",""]');
    expect(symptom('one')).not.toBe(symptom());
    expect(symptom('one')).toBe(symptom('2'));
  });
});

describe('the command of a symptom', () => {
  const command = (purpose: TranscriptEntry['purpose'], directory: string, ...args: string[]): TranscriptEntry => ({
    step: 1,
    program: 'subject',
    side: 'subject',
    purpose,
    directory,
    args,
    exit: { kind: 'exited', code: 1 },
    milliseconds: 1,
    stdout: '',
    stderr: 'no',
  });
  const refusal = { kind: 'exit', type: 'x', operation: 'x', step: 1, message: 'no' } as const;
  const ends = { subject: { kind: 'exited', code: 1 }, reference: { kind: 'exited', code: 0 } } as const;

  it('is that which was refused, whatever the step was about', () => {
    const itself = symptomOf({ ...refusal, ...ends }, [command('test', 'step1/subject', 'convert', 'a', 'b')]);
    const reading = [
      command('test', 'step1/subject', 'create', 'a'),
      command('twin', 'twin/step1', 'convert', 'a', 'b'),
    ];
    expect(symptomOf({ ...refusal, ...ends }, reading)).toBe(itself);
    expect(symptomOf({ ...refusal, ...ends }, reading.slice(0, 1))).not.toBe(itself);
  });

  it('is that of the step where a file is judged that it should only have read', () => {
    const touched = { kind: 'input-modified', type: 'x', operation: 'x', step: 1, file: 'a' } as const;
    const asked = [command('test', 'step1/subject', 'check', 'a'), command('twin', 'twin/step1', 'info', 'a')];
    expect(symptomOf(touched, asked)).toContain('check');
  });
});

describe('the symptom of another report', () => {
  const symptomOfReport = (...pointers: string[]) => {
    const differences = pointers.map((pointer) => ({ pointer, subject: '1', reference: '2' }));
    const finding: Finding = {
      kind: 'json',
      type: 'info_json_divergence',
      operation: 'info',
      step: 1,
      what: 'the report',
      differences,
    };
    return symptomOf(finding, []);
  };

  it('is told by the member that is least nested, as others depend on the image', () => {
    const one = symptomOfReport('/backing-filename', '/full-backing-filename');
    expect(symptomOfReport('/backing-filename', '/backing-filename-format', '/full-backing-filename')).toBe(one);
    expect(symptomOfReport('/children/0/info/virtual-size', '/virtual-size')).toBe(symptomOfReport('/virtual-size'));
    expect(symptomOfReport('/virtual-size')).not.toBe(one);
  });
});
