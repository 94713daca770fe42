import type { Exit } from './exit.ts';

/** The side that a command or a file belongs to: the tool under test, or the one it is measured against. */
export type Side = 'subject' | 'reference';

/** Stands for a value that a JSON document lacks. */
export const ABSENT = 'absent';

/** What is compared where each tool described the same file; elsewhere it is a file that the reference described. */
export const OWN_REPORT = 'its own report';

/** Suffixes of finding types that refine what their kind says. */
export const TYPE_ENDS = {
  /** The two tools' own checks of one file, in place of the reference's check of two. */
  counts: '_counts_divergence',
  /** The subject's reading of what the reference wrote. */
  twinInfo: '_twin_info_divergence',
  twinCheck: '_twin_check_divergence',
  twinContent: '_twin_content_divergence',
  /** Unlike disks were called equal. */
  identity: '_identity_divergence',
  /** Data were read that cannot be, or written where there is no room. */
  unreadable: '_unreadable_divergence',
  unwritten: '_unwritten_divergence',
  /** What is printed of unlike disks, or of an image's internal snapshots. */
  output: '_output_divergence',
  list: '_list_divergence',
  /** The reference's reports of what both sides left. */
  bothInfo: '_info_divergence',
  /** An internal snapshot in what both sides left. */
  inSnapshot: '_snapshot_divergence',
  thirdReader: '_third_reader_divergence',
  fixture: 'fixture_divergence',
} as const;

/** One place where two JSON documents disagree; `ABSENT` stands for a missing value. */
export interface JsonDifference {
  readonly pointer: string;
  readonly subject: string;
  readonly reference: string;
}

/**
 * One unexplained difference, as data. `type` is the stable name that people and later runs know it by;
 * `kind` says which fields it carries. Texts in it come from the subject and are hostile.
 */
export type Finding = FindingBase & Difference;

interface FindingBase {
  readonly type: string;
  readonly operation: string;
  /** Position of the step in the plan, from 1. */
  readonly step: number;
  /** The mistake with which it was asked for on purpose, if that showed the difference. */
  readonly mistake?: string;
}

/** What differs, by kind. Files are paths relative to a side's directory. A `member` is one that the JSON had to have. */
export type Difference =
  | { readonly kind: 'exit'; readonly subject: Exit; readonly reference: Exit; readonly message: string }
  | { readonly kind: 'crash'; readonly subject: Exit; readonly message: string }
  | { readonly kind: 'input-modified'; readonly file: string }
  /** `as`: what was printed is no JSON, but lines by their index; or JSON that is a list of extents, however they are cut. */
  | {
      readonly kind: 'json';
      readonly what: string;
      readonly differences: readonly JsonDifference[];
      readonly as?: 'lines' | 'extents';
    }
  | { readonly kind: 'unparsable'; readonly what: string; readonly start: string; readonly member?: string }
  /** `broken`: the invariant, in words, that this breaks; `both`: the reference breaks it too; `twin`: the file is the reference's; `snapshot`, here and below: it is in this internal snapshot. */
  | {
      readonly kind: 'content';
      readonly file: string;
      readonly offset: number;
      readonly broken?: string;
      readonly both?: true;
      readonly twin?: true;
      readonly snapshot?: string;
    }
  /** `reader`, here and below: the third program that told the sizes, or cannot use the file, where it was not the reference. */
  | {
      readonly kind: 'size';
      readonly file: string;
      readonly subject: number;
      readonly reference: number;
      readonly reader?: string;
      readonly snapshot?: string;
    }
  | { readonly kind: 'unreadable'; readonly file: string; readonly message: string; readonly reader?: string }
  | {
      readonly kind: 'inconsistent';
      readonly file: string;
      readonly subject: CheckCounts;
      readonly reference: CheckCounts;
    }
  /** A converted file, of `side`, that is larger than what `member` of the measurement promised. */
  | {
      readonly kind: 'above-bound';
      readonly what: string;
      readonly value: number;
      readonly bound: number;
      readonly side: Side;
      readonly member: 'required' | 'fully-allocated';
    };

/** What `qemu-img check` counted on one image. */
export interface CheckCounts {
  readonly corruptions: number;
  readonly leaks: number;
  readonly errors: number;
}

/** A finding before it is known which step it belongs to: what an oracle returns. */
export type Judgement = { readonly type: string; readonly mistake?: string } & Difference;
