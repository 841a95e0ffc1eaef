// Writes the migrations of the central database from the tables beside it: `npm run migrate:generate`.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: './schema/tables/central/*.ts',
  out: './schema/tables/central/migrations',
});
