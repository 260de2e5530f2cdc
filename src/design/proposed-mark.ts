/** The mark of a fact that was proposed and not accepted, as `heptad import` and `heptad new --data` write it: `users: 2M   # proposed, line 12`. */

export const PROPOSED_MARK = /#[ \t]*proposed(?![\p{L}\p{N}-])/gu;
