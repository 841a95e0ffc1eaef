// Takes over how the centre wants products issued: one fact from which on lots leave by the new rule, so that a rebuild takes the same ones.
import { issueSet } from '#schema/facts/issue-set';
import { type IssueMethod, usualIssueMethod } from '#schema/rules/stock-issue';
import { ok } from '#schema/values/result';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Journal } from '../journal/commit.ts';

/** Called at start and when products change; what stands already is not told again. */
export type FollowIssueRules = (productIds: readonly string[] | 'all') => Promise<void>;

interface Changed {
  productId: string;
  method: IssueMethod;
}

const changed = (which: string) => `
  SELECT p.id AS productId, p.issue_method AS method FROM products p LEFT JOIN issue_rules i ON i.product_id = p.id
  WHERE p.issue_method <> coalesce(i.method, '${usualIssueMethod}') AND ${which} ORDER BY p.id`;

export function issueRuleFollower(sqlite: Sqlite, journal: Journal): FollowIssueRules {
  const readAll = rowsOf<Changed>(sqlite, changed('1'));
  const readSome = rowsOf<Changed>(sqlite, changed('p.id IN (SELECT value FROM json_each(?))'));
  const read = (productIds: readonly string[] | 'all') =>
    productIds === 'all' ? readAll() : readSome(JSON.stringify(productIds));
  return async (productIds) => {
    if (read(productIds).length === 0) return;
    await journal.write((commit) => {
      const products = read(productIds);
      if (products.length > 0) commit.append(issueSet, { products });
      return ok(null);
    });
  };
}
