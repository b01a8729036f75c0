import type { Rule } from './rules.ts';

/** What a migration does all the same, and why nobody suffers from it. */
export interface Exception {
  migration: string;
  rules: Rule[];
  reason: string;
}

const before = (migration: string, ...rules: Rule[]): Exception => ({
  migration,
  rules,
  reason: 'landed before the first release: nobody runs the version before it, and its tables were small wherever it was applied',
});

/**
 * Nothing new belongs into the first group. A later migration is excepted for a reason of its own, such as a table that
 * stays small, or code that let go of a column a release ago.
 */
export const EXCEPTIONS: readonly Exception[] = [
  before('accounts/20261125-index-spent-tokens', 'blocks-writes'),
  before('accounts/20261126-own-pictures', 'changes-every-row'),
  before('accounts/20261127-note-skeletons', 'blocks-writes'),
  before('accounts/20261127-admin-acts', 'blocks-writes'),
  before('rooms/20261126-own-pictures', 'changes-every-row'),
  before('rooms/20261126-direct-rooms', 'scans-table', 'blocks-writes'),
  before('rooms/20261126-keep-order', 'scans-table', 'rewrites-table', 'changes-every-row'),
  before('rooms/20261127-admin-acts', 'blocks-writes'),
  before('messages/DateFiles20261122', 'changes-every-row'),
  before('messages/KeepCommitsWhole20261125', 'changes-every-row'),
  before('messages/FindNamesByName20261125', 'blocks-writes'),
  before('messages/ShareMembership20261126', 'changes-every-row'),
  before('messages/KeepDrafts20261126', 'blocks-writes'),
  before('messages/20261126-push-to-devices', 'blocks-writes'),
  before('files/20261125-drop-room-visibility', 'breaks-running-code'),
  before('files/20261125-remember-upload-keys', 'blocks-writes'),
  before('files/20261126-share-membership', 'breaks-running-code', 'changes-every-row'),
  before('files/20261126-answer-outcomes', 'scans-table', 'changes-every-row'),
  before('files/20261126-keep-drafts', 'blocks-writes'),
  before('files/20261126-search-files', 'blocks-writes'),
  before('files/20261127-find-own-files', 'blocks-writes'),
  before('bot/20261126-run-commands', 'rewrites-table', 'blocks-writes'),
  before('bot/20261128-keep-audit', 'blocks-writes', 'breaks-running-code'),
];
