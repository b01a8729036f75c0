/** Comes with the first language that is not English. */
export { tellFileReason } from '@atrium/contracts/file-reasons';
