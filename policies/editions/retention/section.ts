/** The section of every policy that says how long is kept; its heading is printed alike in all five. */
export const RETENTION = {
  id: 'retention',
  title: 'Policies & procedures relating to retention, access & use of the data',
} as const;
