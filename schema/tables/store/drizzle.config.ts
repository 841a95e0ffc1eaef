// Writes the migrations of a store node's database from the tables beside it: `npm run migrate:generate`.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: './schema/tables/store/*.ts',
  out: './schema/tables/store/migrations',
});
