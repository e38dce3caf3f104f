/** Where many rules come from, in the words of their pages. */
export const sources = {
  documentation:
    'The documentation of the policy; where it and Microsoft’s schemas differ, what either allows is at most a warning.',
  shape: 'The documentation of policy documents.',
  observed: 'The documentation, and messages of the service on save.',
  comparison: 'The comparison of the documentation, Microsoft’s schemas and the policy toolkit.',
} as const
