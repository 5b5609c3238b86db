export const lookup = {
  unknown: 'No label on this device has this code. Nothing was recorded.',
  empty: 'The scanner sent nothing that can be read.',
  too_long: 'Far too long for a label. Nothing was recorded.',
  failed: 'This device could not look the code up. Scan it again.',
} as const;
